import { after, describe, it } from 'node:test';
import { conformanceCases, type ConformanceFault } from '@storefront-support/contract/conformance';
import { PigeonholeAdapter } from './pigeonhole-adapter.ts';
import { startPigeonhole } from './pigeonhole-backend.ts';

const backend = await startPigeonhole();
after(() => backend.close());

/** What the network does to everything that is sent, until it is undefined again. */
let fault: ConformanceFault | undefined;

/** A network between adapter and backend that can be broken. */
const brokenFetch: typeof fetch = async (input, init) => {
  if (!fault || init?.method !== 'PUT') return fetch(input, init);
  switch (fault) {
    case 'status-500':
      return new Response('<h1>Internal Server Error</h1>', { status: 500 });
    case 'html-answer':
      return new Response('<title>Hotel Wi-Fi</title>', { headers: { 'content-type': 'text/html' } });
    case 'empty-answer':
      return new Response('');
    case 'no-content':
      return new Response(null, { status: 204 });
    case 'drop-answer':
      await fetch(input, init);
      throw new TypeError('the connection was cut');
    default:
      return new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(new TypeError('given up'))));
  }
};

describe('the adapter of a Pigeonhole', { concurrency: 1 }, async () => {
  const cases = await conformanceCases({
    adapter: () => new PigeonholeAdapter({ url: backend.url, fetch: brokenFetch }),
    countTickets: () => backend.letters.size,
    faults: ['status-500', 'drop-answer', 'html-answer', 'empty-answer', 'no-content', 'stall'],
    fail: (wanted) => void (fault = wanted),
    lift: () => void (fault = undefined),
  });
  for (const { name, run } of cases) it(name, run);
});
