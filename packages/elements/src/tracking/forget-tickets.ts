import { removeIfEmpty } from './kept-access.js';
import { alone, run, tell } from './kept-tickets.js';

/** Forgets one ticket or, without a number, all of a scope, and what opens them. Rejects where nothing can be removed. */
export async function forgetTickets(scope: string, number = ''): Promise<void> {
  await alone(async () => {
    await run('readwrite', (store) => {
      const from = `${scope} ${number}`;
      store('tickets').delete(number ? from : IDBKeyRange.bound(from, `${from}\uffff`));
      store('sessions').delete(`${scope} device`);
      return undefined;
    });
    await removeIfEmpty();
  });
  tell();
}
