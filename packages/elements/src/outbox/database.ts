import { bare } from '../base/bare.js';
import { DATABASE } from './kept.js';

const VERSION = 1;
/** A broken profile may never answer. */
const PATIENCE_MS = 3_000;
/** Whoever comes after one that was not answered waits no longer than this. */
const SILENT_PATIENCE_MS = 200;

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
        reject(new Error('no answer'));
      },
      silent ? SILENT_PATIENCE_MS : PATIENCE_MS,
    );
    const answered = () => {
      clearTimeout(timer);
      silent = false;
    };
    request.onupgradeneeded = () => {
      if (mode === 'readonly') return request.transaction?.abort();
      const byId = bare({ keyPath: 'id', autoIncrement: false });
      request.result.createObjectStore('entries', byId);
      request.result.createObjectStore('files', byId).createIndex('entry', 'entry', bare({ unique: false, multiEntry: false }));
      request.result.createObjectStore('contents');
    };
    request.onerror = () => {
      answered();
      reject(request.error);
    };
    request.onsuccess = () => {
      answered();
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
