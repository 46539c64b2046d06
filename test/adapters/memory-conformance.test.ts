import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SupportAdapter } from '@storefront-support/contract';
import { conformanceCases, type ConformanceFault, type ConformanceHarness } from '@storefront-support/contract/conformance';
import { MemoryAdapter, MemoryBackend, demoDesk, type MemoryFault } from '@storefront-support/adapters/memory';
import { brokenAdapters, type BrokenAdapterName } from '@storefront-support/adapters/memory/broken';

import { ageBytes } from '../support/age-bytes.ts';
import { metaFor, newRecordId } from '../support/lent-access.ts';

const FAULTS: Record<ConformanceFault, MemoryFault> = {
  'status-500': 'internal',
  'drop-answer': 'drop-answer',
  stall: 'stall',
  'html-answer': 'not-a-receipt',
  'empty-answer': 'not-a-receipt',
  'no-content': 'not-a-receipt',
  'cut-upload': 'cut-upload',
};

const desk = { ...demoDesk, limits: { ...demoDesk.limits, files: { ...demoDesk.limits.files!, bytesPerFile: 2_000_000 } } };

function harnessOf(adapterOn: (backend: MemoryBackend) => SupportAdapter): ConformanceHarness {
  const backend = new MemoryBackend(desk);
  backend.access.offers = true;
  return {
    adapter: () => adapterOn(backend),
    countTickets: () => backend.ticketCount,
    faults: Object.keys(FAULTS) as ConformanceFault[],
    fail: (fault) => void (backend.fault = FAULTS[fault]),
    lift: () => void (backend.fault = undefined),
    answer: (number, text, { internal }) => backend.answer(number, text, { agent: 'Ann', internal }),
    setStatus: (number, status) => backend.setStatus(number, status, { agent: 'Ann' }),
    askAccess: (number, kinds, reason) => backend.access.ask(number, { agent: { id: 'ann', name: 'Ann' }, kinds, reason }),
    mailedLink: (email) => backend.mails.findLast(({ to }) => to === email)?.linkToken,
    identityToken: (requester) => backend.signIdentity(requester),
    sealRecord: async ({ token }, requestId) => {
      const id = newRecordId();
      await backend.access.receive(token, id, metaFor(requestId), new Uint8Array(ageBytes()));
      return id;
    },
    patience: 500,
  };
}

describe('the memory adapter', async () => {
  for (const { name, run } of await conformanceCases(harnessOf((backend) => new MemoryAdapter({ backend })))) it(name, run);
});

/** The cases that must notice, and are enough to name what is wrong. */
const NOTICED_BY: Record<BrokenAdapterName, string[]> = {
  'loses-a-ticket': ['keeps each ticket while others are filed'],
  'doubles-a-ticket': ['gives a receipt and reads the same ticket back', 'answers the same keys and draft with the same ticket'],
  'says-sent-on-a-500': ['takes a failing server for a failure and makes one ticket when sent again'],
  'ignores-the-idempotency-key': [
    'answers the same keys and draft with the same ticket',
    'makes one ticket of 20 sends at the same time',
    'refuses the same keys with another draft',
    'takes a lost answer for a failure and makes one ticket when sent again',
  ],
  'swallows-an-abort': [
    'rejects at once when the signal is aborted already',
    'rejects promptly when aborted during a send, and leaves no half ticket',
  ],
  'drops-a-file': ['takes files and shows them on the ticket, in order, as they were'],
  'mixes-files': [
    'begins anew with another file of the same name and size',
    'never puts the rest of one file behind the beginning of another',
  ],
  'reports-a-wrong-due-time': ['promises the due time of its calendar'],
  'leaks-another-ticket': [
    'answers a wrong secret and an unknown number alike',
    "never answers another secret with the first one's ticket",
  ],
  'doubles-a-reply': [
    'adds one message for the same keys, however often it is sent at the same time',
    'gives every reply a number of its own, also when many come at the same time',
  ],
  'leaks-another-thread': [
    'opens a session for the tickets of a device, and for no other',
    'answers every token that does not open a ticket as if there were none',
    'mails a link that opens one session with all tickets of the address',
  ],
  'confirms-for-another-browser': ['asks another browser to confirm, and keeps the link until it does'],
};

/** Defects whose cases must be the only ones to fail: the others hold all promises but one. */
const NOTHING_ELSE: BrokenAdapterName[] = [
  'says-sent-on-a-500',
  'ignores-the-idempotency-key',
  'swallows-an-abort',
  'drops-a-file',
  'mixes-files',
  'reports-a-wrong-due-time',
  'leaks-another-ticket',
  'leaks-another-thread',
  'confirms-for-another-browser',
];

describe('conformance', () => {
  for (const [name, adapterOn] of Object.entries(brokenAdapters) as [BrokenAdapterName, (typeof brokenAdapters)[BrokenAdapterName]][]) {
    it(`notices an adapter that ${name.replaceAll('-', ' ')}`, async () => {
      const failed: string[] = [];
      for (const { name: title, run } of await conformanceCases(harnessOf(adapterOn))) {
        await run().catch(() => failed.push(title));
      }
      for (const title of NOTICED_BY[name]) assert.ok(failed.includes(title), `"${title}" passed; failed: ${failed.join(' | ')}`);
      if (NOTHING_ELSE.includes(name)) assert.deepEqual(failed.toSorted(), NOTICED_BY[name].toSorted());
    });
  }

  it('ships twelve broken adapters', () => {
    assert.equal(Object.keys(brokenAdapters).length, 12);
  });

  it('has no file cases for an adapter that takes no files', async () => {
    const without = (backend: MemoryBackend): SupportAdapter => {
      const inner = new MemoryAdapter({ backend });
      return {
        name: inner.name,
        delivery: 'unknown',
        scope: inner.scope,
        getDesk: (options) => inner.getDesk(options),
        createTicket: (draft, options) => inner.createTicket(draft, options),
        getTicket: (number, options) => inner.getTicket(number, options),
      };
    };
    const titles = (await conformanceCases(harnessOf(without))).map(({ name }) => name);
    assert.ok(titles.length > 0 && !titles.some((title) => /upload|a file|takes files/.test(title)), titles.join(' | '));
    assert.ok(!titles.some((title) => title.includes('same keys') || title.includes('sent again')), titles.join(' | '));
  });
});
