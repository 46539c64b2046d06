import { transact } from './database.js';
import type { Entry } from './entry.js';

/** True where a message waits for no more than a connection. */
export async function hasQueued(): Promise<boolean> {
  let queued = false;
  await transact(['entries'], 'readonly', (store) => {
    const request = store('entries').openCursor();
    request.onsuccess = () => {
      const { draft, receipt } = (request.result?.value ?? {}) as Partial<Entry>;
      queued = !!draft && !receipt;
      // the first one says enough
      if (!queued) request.result?.continue();
    };
    return undefined;
  }).catch(() => undefined);
  return queued;
}
