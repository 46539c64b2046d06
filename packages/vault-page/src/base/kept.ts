const DATABASE = 'storefront-support-vault';
const STORE = 'kept';

/** What this origin keeps on the device, by name; undefined: nothing, or it may keep nothing. */
export async function recall<T>(name: string): Promise<T | undefined> {
  return (await withStore('readonly', (store) => store.get(name)).catch(() => undefined)) as T | undefined;
}

/** Keeps something that can be cloned. Rejects where the browser keeps nothing. */
export async function keep(name: string, value: unknown): Promise<void> {
  await withStore('readwrite', (store) => store.put(value, name));
}

/** Forgets it. */
export async function forget(name: string): Promise<void> {
  await withStore('readwrite', (store) => store.delete(name));
}

async function withStore(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = (await settled(opening)) as IDBDatabase;
  try {
    return await settled(work(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function settled(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed.'));
    if ('onblocked' in request) request.onblocked = () => reject(new Error('IndexedDB is blocked.'));
  });
}
