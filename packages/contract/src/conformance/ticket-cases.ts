import type { ConformanceCase } from '../conformance.js';
import { isSupportError, type SupportErrorCode } from '../errors.js';
import { ticketDetailSchema } from '../schemas.js';
import { anyDeskSchema, anyReceiptSchema } from '../conformance-schemas.js';
import { dueAt } from '../sla.js';
import type { TicketDraft, TicketReceipt } from '../ticket.js';
import { newKeys, randomToken, type Bench } from './bench.js';
import { expect, expectEqual, expectRejection, rejection } from './expect.js';

const PRE_SALE = 'files a pre-sale ticket';
const HOSTILE = 'takes hostile text as text';
const UNCOUNTABLE = 'gives numbers that cannot be counted';
/** Cases about what only a backend can have that reads tickets back to their owners. */
const READING = ['answers a wrong secret and an unknown number alike', 'promises the due time of its calendar', UNCOUNTABLE];

/** Filing and reading. */
export function ticketCases(bench: Bench): ConformanceCase[] {
  const { harness, desk, adapter } = bench;
  const left: string[] = [];
  if (!adapter.getTicket) left.push(...READING);
  if (harness.countable) left.push(UNCOUNTABLE);
  if (desk.without?.includes('kind')) left.push(PRE_SALE);
  if (desk.without?.includes('message')) left.push(HOSTILE);
  return allCases(bench).filter(({ name }) => !left.includes(name));
}

function allCases(bench: Bench): ConformanceCase[] {
  const { harness, desk } = bench;
  return [
    {
      name: 'describes its desk by the schema',
      async run() {
        const adapter = await harness.adapter();
        const early = await adapter.getDesk();
        const answer = (await adapter.prepare?.()) ?? early;
        const parsed = anyDeskSchema.safeParse(answer);
        expect(parsed.success, `the desk is not of the schema's shape: ${parsed.error?.message}`);
        const ids = answer.contacts.map(({ id }) => id);
        expectEqual(new Set(ids).size, ids.length, 'contacts with an id of their own');
      },
    },
    {
      name: 'gives a receipt and reads the same ticket back',
      async run() {
        const adapter = await harness.adapter();
        const [draft, keys] = [bench.draft(), newKeys()];
        await adapter.prepare?.();
        const receipt = await bench.adding(1, () => adapter.createTicket(draft, { keys }));
        const parsed = anyReceiptSchema.safeParse(receipt);
        expect(parsed.success, `the receipt is not of the schema's shape: ${parsed.error?.message}`);
        expectEqual(receipt.ticket?.status ?? 'open', 'open', 'status of a new ticket');
        await bench.expectKept(adapter, receipt, draft, keys);
        if (!receipt.ticket || !bench.adapter.getTicket) return;
        const detail = ticketDetailSchema.safeParse(await bench.read(adapter, receipt.ticket.number, { secret: keys.secret }));
        expect(detail.success, `the ticket is not of the schema's shape: ${detail.error?.message}`);
        // nothing has to be kept in the browser but the keys
        await bench.expectKept(await harness.adapter(), receipt, draft, keys);
      },
    },
    {
      name: PRE_SALE,
      async run() {
        const adapter = await harness.adapter();
        const [draft, keys] = [bench.draft({ kind: 'pre-sale', orderReference: undefined }), newKeys()];
        const receipt = await bench.adding(1, () => adapter.createTicket(draft, { keys }));
        expectEqual(receipt.ticket?.kind ?? 'pre-sale', 'pre-sale', 'kind');
        await bench.expectKept(adapter, receipt, draft, keys);
      },
    },
    {
      name: 'files a ticket for every contact',
      async run() {
        const adapter = await harness.adapter();
        for (const { id } of desk.contacts) {
          const keys = newKeys();
          const draft = bench.draft({ contactId: id });
          await bench.expectKept(adapter, await adapter.createTicket(draft, { keys }), draft, keys);
        }
      },
    },
    {
      name: 'keeps each ticket while others are filed',
      async run() {
        const filed = await bench.adding(5, () =>
          Promise.all(
            Array.from({ length: 5 }, async () => {
              const adapter = await harness.adapter();
              const [draft, keys] = [bench.draft(), newKeys()];
              return { adapter, draft, keys, receipt: await adapter.createTicket(draft, { keys }) };
            }),
          ),
        );
        for (const { adapter, draft, keys, receipt } of filed) await bench.expectKept(adapter, receipt, draft, keys);
      },
    },
    {
      name: 'answers a wrong secret and an unknown number alike',
      async run() {
        const [owner, stranger] = [await harness.adapter(), await harness.adapter()];
        const keys = newKeys();
        const { ticket } = await bench.file(owner, bench.draft(), { keys });
        const foreign = await rejection(bench.read(stranger, ticket.number, { secret: newKeys().secret }), 'reading with a wrong secret');
        expectEqual(foreign.code, 'not-found', 'code for a wrong secret');
        const unknown = await rejection(bench.read(stranger, '2222-2222', { secret: newKeys().secret }), 'reading an unknown number');
        expectEqual(unknown.code, 'not-found', 'code for an unknown number');
      },
    },
    {
      name: 'names the broken fields',
      async run() {
        const adapter = await harness.adapter();
        for (const [field, changes] of brokenDrafts(bench)) {
          const draft = bench.draft(changes);
          await bench.adding(0, async () => {
            const { code, error } = await rejection(adapter.createTicket(draft, { keys: newKeys() }), `a draft with a broken ${field}`);
            expectEqual(code, 'invalid-fields', `code for a broken ${field}`);
            expectEqual(Object.keys(error.fields ?? {}), [field], 'broken fields');
          });
        }
      },
    },
    {
      name: 'promises the due time of its calendar',
      async run() {
        const adapter = await harness.adapter();
        for (const contact of desk.contacts) {
          const { ticket } = await bench.file(adapter, bench.draft({ contactId: contact.id }), { keys: newKeys() });
          const promise = contact.promise ?? desk.promise;
          const due = promise && dueAt(ticket.createdAt, promise, contact.hours ?? desk.hours);
          expectEqual(millisOf(ticket.firstResponseDueAt), millisOf(due), `due time of ${contact.id}, created at ${ticket.createdAt}`);
        }
      },
    },
    {
      name: UNCOUNTABLE,
      async run() {
        const adapter = await harness.adapter();
        const numbers: string[] = [];
        while (numbers.length < 4) numbers.push((await bench.file(adapter, bench.draft(), { keys: newKeys() })).ticket.number);
        for (const [n, number] of numbers.entries()) {
          expect(number.replace(/[^\p{L}\p{N}]/gu, '').length >= 6, `"${number}" is short enough to be guessed`);
          for (const other of numbers.slice(n + 1)) {
            const different = [...number].filter((character, at) => character !== other[at]).length;
            expect(different >= 3, `"${number}" and "${other}" differ in ${different} places only`);
          }
        }
      },
    },
    {
      name: HOSTILE,
      async run() {
        const adapter = await harness.adapter();
        const keys = newKeys();
        const subject = `'; drop table ticket; -- <script>alert(1)</script> {{7*7}} ${randomToken(4)}`;
        const message = `\u202egnp.exe\r\nBcc: everybody@example.com ${randomToken(12)}`;
        const draft = bench.draft({ message, ...(!desk.without?.includes('subject') && { subject }) });
        const before = await harness.countTickets?.();
        const receipt = await adapter.createTicket(draft, { keys }).catch((error: unknown) => error);
        if (!isSupportError(receipt)) return bench.expectKept(adapter, receipt as TicketReceipt, draft, keys);
        // a backend may refuse what it would not keep, if it says so
        const problems = Object.values(receipt.fields ?? {});
        expect(problems.length > 0 && problems.every(({ code }) => code === 'refused-text'), `hostile text: refused with ${receipt.code}`);
        expectEqual(await harness.countTickets?.(), before, 'tickets, after a refusal');
      },
    },
    {
      name: 'rejects at once when the signal is aborted already',
      async run() {
        const adapter = await harness.adapter();
        const keys = newKeys();
        const signal = AbortSignal.abort();
        const gone = ['aborted'] as const satisfies SupportErrorCode[];
        await bench.adding(0, async () => {
          await expectRejection(bench.promptly(adapter.getDesk({ signal }), 'reading the desk'), gone, 'reading the desk');
          await expectRejection(bench.promptly(adapter.createTicket(bench.draft(), { keys, signal }), 'sending'), gone, 'sending');
          if (!bench.adapter.getTicket) return;
          const reading = bench.promptly(bench.read(adapter, '2222-2222', { secret: keys.secret, signal }), 'reading a ticket');
          await expectRejection(reading, gone, 'reading a ticket');
        });
      },
    },
  ];
}

function brokenDrafts({ desk, adapter }: Bench): [field: string, changes: Partial<TicketDraft>][] {
  const { without = [], limits } = desk;
  const left: string[] = [...without];
  if (without.includes('kind')) left.push('orderReference');
  if (!adapter.attachments || !limits.files) left.push('attachmentIds.0');
  const requester = { name: 'Zoë', email: 'zoe@example.com' };
  const broken: [string, Partial<TicketDraft>][] = [
    ['contactId', { contactId: 'no-such-contact' }],
    ['requester.name', { requester: { ...requester, name: '   ' } }],
    ['requester.email', { requester: { ...requester, email: 'zoe at example' } }],
    ['subject', { subject: '' }],
    ['subject', { subject: 'x'.repeat(limits.subjectLength + 1) }],
    ['message', { message: ' \n ' }],
    ['message', { message: 'x'.repeat(limits.messageLength + 1) }],
    ['orderReference', { kind: 'pre-sale', orderReference: 'ORD-1' }],
    ['locale', { locale: 'not a language' }],
    ['attachmentIds.0', { attachmentIds: [randomToken(43)] }],
  ];
  return broken.filter(([field]) => !left.includes(field));
}

function millisOf(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant);
}
