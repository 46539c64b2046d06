import { bare } from '../base/bare.js';
import { DATABASE } from './kept.js';

const VERSION = 1;
/** A broken profile may never answer. */
const PATIENCE_MS = 3_000;

/** `contents` are the bytes of `files`, written once. */
export type StoreName = 'entries' | 'files' | 'contents';

let opening: Promise<IDBDatabase> | undefined;

/**
 * Runs one transaction over the named stores and resolves once it is committed. Rejects where storage is blocked, full, or was
 * written by a newer version of this code.
 *
 * @param durability `strict`: on the disk, not only handed to the system.
 */
export async function transact<T = undefined>(
  names: StoreName[],
  mode: 'readonly' | 'readwrite',
  work: (store: (name: StoreName) => IDBObjectStore) => IDBRequest<T> | undefined,
  durability: IDBTransactionDurability = 'strict',
): Promise<T> {
  const database = await connect();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, mode, bare({ durability }));
    const request = work((name) => transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request?.result as T);
    transaction.onabort = () => reject(transaction.error);
  });
}

function connect(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    setTimeout(reject, PATIENCE_MS);
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      const { result } = request;
      const byId = bare({ keyPath: 'id', autoIncrement: false });
      result.createObjectStore('entries', byId);
      result.createObjectStore('files', byId).createIndex('entry', 'entry', bare({ unique: false, multiEntry: false }));
      result.createObjectStore('contents');
    };
    request.onsuccess = () => {
      const { result } = request;
      // its data was cleared, or another tab wants it gone
      result.onclose = result.onversionchange = () => {
        result.close();
        opening = undefined;
      };
      resolve(result);
    };
    request.onerror = () => reject(request.error);
  }).catch((cause: unknown) => {
    opening = undefined;
    throw cause;
  });
  return opening;
}
