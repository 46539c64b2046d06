import { drop, transact } from './database.js';
import type { KeptFile } from './entry.js';
import { lockFor } from './locks.js';
import { DATABASE } from './kept.js';
import { WRITING } from './store.js';

/**
 * Removes files that no entry owns, and the database once nothing is in it, so that a page has nothing to look into. Nobody
 * can write meanwhile; where that cannot be had, nothing is removed.
 */
export async function sweep(): Promise<void> {
  await lockFor(WRITING, 'exclusive', true, async (lock) => {
    if (!lock) return;
    const entries = await transact(['entries'], 'readonly', (store) => store('entries').getAllKeys());
    if (!entries.length) return drop(DATABASE);
    const files = await transact(['files'], 'readonly', (store) => store('files').getAll() as IDBRequest<KeptFile[]>);
    const orphans = files.filter(({ entry }) => !entries.includes(entry));
    await transact(['files', 'contents'], 'readwrite', (store) => {
      for (const { id } of orphans) for (const name of ['files', 'contents'] as const) store(name).delete(id);
      return undefined;
    });
  }).catch(() => undefined);
}
