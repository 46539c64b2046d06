import type { Page } from 'playwright-core';

export interface KeptHere {
  /** Names of every database of the page's origin. */
  databases: string[];
  /** Every record in them, by store, as it is. Blobs are read: `{ blob: '<text>' }`. */
  stores: { [store: string]: unknown[] };
}

/** Everything that this device keeps for the origin of a page. Creates nothing. */
export function readKept(page: Page): Promise<KeptHere> {
  return page.evaluate(async () => {
    const databases: string[] = [];
    const stores: KeptHere['stores'] = {};
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase | undefined>((resolve, reject) => {
        const opening = indexedDB.open(name);
        // removed in between
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => (opening.error?.name === 'AbortError' ? resolve(undefined) : reject(opening.error as Error));
      });
      if (!database) continue;
      databases.push(name);
      database.onversionchange = () => database.close();
      const names = [...database.objectStoreNames];
      // at once: whoever removes the database has it closed, and lets what has begun come to its end
      const reading = names.length ? database.transaction(names) : undefined;
      const all = await Promise.all(
        names.map(
          (store) =>
            new Promise<unknown[]>((resolve, reject) => {
              const records = reading!.objectStore(store).getAll();
              records.onsuccess = () => resolve(records.result);
              records.onerror = () => reject(records.error as Error);
            }),
        ),
      );
      for (const [n, store] of names.entries())
        stores[store] = await Promise.all(
          all[n]!.map(async (record) => (record instanceof Blob ? { name: (record as File).name, blob: await record.text() } : record)),
        );
      database.close();
    }
    return { databases, stores };
  });
}

/** Removes the outbox, which keeps a receipt until somebody has seen it for a while. */
export function forgetOutbox(page: Page): Promise<unknown> {
  return page.evaluate(
    () => new Promise((resolve) => Object.assign(indexedDB.deleteDatabase('storefront-support-outbox'), { onsuccess: resolve })),
  );
}
