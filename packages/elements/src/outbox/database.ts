import { bare } from '../base/bare.js';
import { DATABASE } from './kept.js';

const VERSION = 1;
/** A broken profile may never answer. */
const PATIENCE_MS = 3_000;

/** True after one that did not: who comes next does not wait again. */
let silent = false;

/** `contents` are the bytes of `files`, written once. */
export type StoreName = 'entries' | 'files' | 'contents';

/**
 * Runs one transaction over the named stores and resolves once it is committed. Rejects where storage is blocked, full, or was
 * written by a newer version of this code; reading also where there is no database, which it does not make. The connection
 * lasts no longer, so that the database can be removed whenever nobody writes.
 *
 * @param durability `strict`: on the disk, not only handed to the system.
 */
export function transact<T = undefined>(
  names: StoreName[],
  mode: 'readonly' | 'readwrite',
  work: (store: (name: StoreName) => IDBObjectStore) => IDBRequest<T> | undefined,
  durability: IDBTransactionDurability = 'strict',
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, VERSION);
    const timer = setTimeout(
      () => {
        silent = true;
        reject();
      },
      silent ? 0 : PATIENCE_MS,
    );
    request.onupgradeneeded = () => {
      if (mode === 'readonly') return request.transaction?.abort();
      const byId = bare({ keyPath: 'id', autoIncrement: false });
      request.result.createObjectStore('entries', byId);
      request.result.createObjectStore('files', byId).createIndex('entry', 'entry', bare({ unique: false, multiEntry: false }));
      request.result.createObjectStore('contents');
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      clearTimeout(timer);
      silent = false;
      const database = request.result;
      const end = (settle: () => void) => {
        database.close();
        settle();
      };
      try {
        const transaction = database.transaction(names, mode, bare({ durability }));
        const asked = work((name) => transaction.objectStore(name));
        transaction.oncomplete = () => end(() => resolve(asked?.result as T));
        // closed where its data is cleared meanwhile
        database.onclose = transaction.onabort = () => end(() => reject(transaction.error));
      } catch (cause) {
        end(() => reject(cause));
      }
    };
  });
}
