const NAME = 'storefront-inbox';
const STORES = ['drafts', 'seen', 'settings'] as const;
/** A database that is locked or broken may never answer: after this long the inbox goes on without it. */
const PATIENCE_MS = 3_000;

/** What this browser keeps: drafts of answers, what was read, settings. Without storage everything still works, unkept. */
export type KeptStore = (typeof STORES)[number];

let opening: Promise<IDBDatabase | null> | undefined;

function database(): Promise<IDBDatabase | null> {
  return (opening ??= new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS, null);
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name));
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
        // one that comes late serves from then on
        opening = Promise.resolve(request.result);
      };
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  }));
}

async function work<T>(store: KeptStore, mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  const db = await database();
  if (!db) return undefined;
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS, undefined);
    try {
      const transaction = db.transaction(store, mode);
      const request = ask(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => resolve(undefined);
    } catch {
      resolve(undefined);
    }
  });
}

/** What is kept under a key; undefined where there is nothing, or no storage. */
export async function kept<T>(store: KeptStore, key: string): Promise<T | undefined> {
  return (await work<unknown>(store, 'readonly', (all) => all.get(key))) as T | undefined;
}

export async function keep(store: KeptStore, key: string, value: unknown): Promise<void> {
  await work(store, 'readwrite', (all) => all.put(value, key));
}

export async function forget(store: KeptStore, key: string): Promise<void> {
  await work(store, 'readwrite', (all) => all.delete(key));
}

/** For whoever signs out: the next person at this browser finds nothing. */
export async function forgetEverything(): Promise<void> {
  for (const store of ['drafts', 'seen'] as const) await work(store, 'readwrite', (all) => all.clear());
}
