import type { SupportAdapter } from '../adapter.js';
import type { ConformanceCase, ConformanceFault } from '../conformance.js';
import { newKeys, type Bench } from './bench.js';
import { expect, expectEqual, expectRejection, rejection } from './expect.js';

/** After these, what has become of the ticket is known or does not matter: sending again with the same keys settles it. */
const SEND_FAULTS: [fault: ConformanceFault, name: string][] = [
  ['status-500', 'a failing server'],
  ['drop-answer', 'a lost answer'],
  ['html-answer', 'a page with status 200'],
  ['empty-answer', 'an empty answer'],
  ['no-content', 'a 204'],
];
const PARALLEL = 20;

/** One ticket, once. What needs sending again is left out for adapters whose `delivery` is `unknown`. */
export function deliveryCases(bench: Bench): ConformanceCase[] {
  const { harness } = bench;
  const cases: ConformanceCase[] = [];
  const once = bench.adapter.delivery === 'exactly-once';

  for (const [fault, name] of SEND_FAULTS) {
    if (!bench.can(fault)) continue;
    cases.push({
      name: `takes ${name} for a failure${once ? ' and makes one ticket when sent again' : ''}`,
      async run() {
        const adapter = await harness.adapter();
        const [draft, keys] = [bench.draft(), newKeys()];
        const work = async () => {
          const sending = bench.during(fault, () => adapter.createTicket(draft, { keys }));
          const { error } = await rejection(sending, `sending into ${name}`);
          expect((error as { retryable?: boolean }).retryable, `${name}: the error says that sending again is no use`);
          if (once) await bench.expectKept(adapter, await adapter.createTicket(draft, { keys }), draft, keys);
        };
        await (once ? bench.adding(1, work) : work());
      },
    });
  }

  if (bench.can('stall')) {
    cases.push({
      name: 'rejects promptly when aborted during a send, and leaves no half ticket',
      async run() {
        const adapter = await harness.adapter();
        const [draft, keys] = [bench.draft(), newKeys()];
        // what is loaded or computed before the first send is no part of it
        await adapter.prepare?.();
        await bench.adding(once ? 1 : 0, async () => {
          await bench.during('stall', async () => {
            const stop = new AbortController();
            const sending = adapter.createTicket(draft, { keys, signal: stop.signal });
            setTimeout(() => stop.abort(), 50);
            await expectRejection(bench.promptly(sending, 'an aborted send'), ['aborted'], 'an aborted send');
          });
          if (once) await bench.expectKept(adapter, await adapter.createTicket(draft, { keys }), draft, keys);
        });
      },
    });
  }

  return once && bench.adapter.getTicket ? [...cases, ...idempotencyCases(bench)] : cases;
}

function idempotencyCases(bench: Bench): ConformanceCase[] {
  const { harness } = bench;
  return [
    {
      name: 'answers the same keys and draft with the same ticket',
      async run() {
        const [draft, keys] = [bench.draft(), newKeys()];
        await bench.adding(1, async () => {
          const first = await (await harness.adapter()).createTicket(draft, { keys });
          const again = await (await harness.adapter()).createTicket(structuredClone(draft), { keys: { ...keys } });
          expectEqual(again.ticket, first.ticket, 'the second answer');
        });
      },
    },
    {
      name: `makes one ticket of ${PARALLEL} sends at the same time`,
      async run() {
        const adapters: SupportAdapter[] = [];
        while (adapters.length < PARALLEL) adapters.push(await harness.adapter());
        const [draft, keys] = [bench.draft(), newKeys()];
        const receipts = await bench.adding(1, () => Promise.all(adapters.map((adapter) => adapter.createTicket(draft, { keys }))));
        expectEqual([...new Set(receipts.map(({ ticket }) => ticket?.number))].length, 1, 'different numbers');
      },
    },
    {
      name: 'refuses the same keys with another draft',
      async run() {
        const adapter = await harness.adapter();
        const [draft, keys] = [bench.draft(), newKeys()];
        const receipt = await bench.adding(1, async () => {
          const first = await adapter.createTicket(draft, { keys });
          const other = adapter.createTicket({ ...draft, message: 'Something else.' }, { keys });
          await expectRejection(other, ['idempotency-mismatch'], 'another draft with the same keys');
          return first;
        });
        await bench.expectKept(adapter, receipt, draft, keys);
      },
    },
    {
      name: "never answers another secret with the first one's ticket",
      async run() {
        const [first, second] = [await harness.adapter(), await harness.adapter()];
        const [draft, keys] = [bench.draft(), newKeys()];
        const strange = { ...newKeys(), idempotencyKey: keys.idempotencyKey };
        const [mine, theirs] = await bench.adding(2, async () => [
          await bench.file(first, draft, { keys }),
          await bench.file(second, draft, { keys: strange }),
        ]);
        expect(
          mine && theirs && mine.ticket.number !== theirs.ticket.number && mine.ticket.id !== theirs.ticket.id,
          'the same ticket for two secrets',
        );
        await expectRejection(
          bench.read(second, mine.ticket.number, { secret: strange.secret }),
          ['not-found'],
          "reading the other one's ticket",
        );
        await bench.expectKept(first, mine, draft, keys);
      },
    },
  ];
}
