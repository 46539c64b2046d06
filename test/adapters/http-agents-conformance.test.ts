import { after, describe, it } from 'node:test';
import { conformanceCases, type ConformanceHarness } from '@storefront-support/contract/conformance';
import { HttpAdapter } from '@storefront-support/adapters/http';
import { openCounterApp } from '../support/counter-app.ts';
import { openDesks } from '../support/desks.ts';

describe('the http adapter, with agents at the other end', async () => {
  const counter = await openCounterApp(openDesks());
  after(() => counter.close());
  const customer: ConformanceHarness = {
    adapter: () =>
      new HttpAdapter({
        ...{ endpoint: 'http://localhost:8480', desk: 'open' },
        fetch: async (input, init) => counter.app.fetch(new Request(input, init)),
      }),
  };
  const { read } = counter.room.ports.store;
  const ticketOf = async (number: string) => {
    const { id } = await read.selectFrom('ticket').select('id').where('number', '=', number).executeTakeFirstOrThrow();
    return { id, number, keys: { idempotencyKey: '', secret: '' } };
  };
  const harness: ConformanceHarness = {
    ...customer,
    answer: async (number, text, { internal }) =>
      counter.answer(await ticketOf(number), text, { visibility: internal ? 'internal' : 'public' }),
    setStatus: async (number, status) => counter.status(await ticketOf(number), status),
  };
  // what needs no agent runs over the wire, in the other files
  const others = new Set((await conformanceCases(customer)).map(({ name }) => name));
  for (const { name, run } of await conformanceCases(harness)) if (!others.has(name)) it(name, run);
});
