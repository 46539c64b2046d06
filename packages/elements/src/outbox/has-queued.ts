import { transact } from './database.js';
import type { Entry } from './entry.js';

/** True where a message waits for no more than a connection. */
export async function hasQueued(): Promise<boolean> {
  const all = await transact(['entries'], 'readonly', (store) => store('entries').getAll() as IDBRequest<Entry[]>).catch(() => []);
  return all.some(({ draft, receipt }) => draft && !receipt);
}
