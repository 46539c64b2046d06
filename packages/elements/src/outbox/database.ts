import { bare } from '../base/bare.js';
import { DATABASE } from './kept.js';

const VERSION = 1;
/** A broken profile may never answer, to this or at all. */
const PATIENCE_MS = 3_000;
/** Files take a while to be written, and what a form has left to the next one is worth waiting for while the disk is busy. */
const LONG_PATIENCE_MS = 30_000;
/** Whoever comes after one that was not answered waits no longer than this. */
const SILENT_PATIENCE_MS = 200;

const SILENT = new Error('The outbox does not answer.');
/** Databases that did not answer the last time. */
const silent = new Set<string>();

/** `contents` are the bytes of `files`, written once. */
export type StoreName = 'entries' | 'files' | 'contents';

/** A database on this device: its name, and what makes its stores. */
export interface Shape {
  name: string;
  make(database: IDBDatabase): void;
}

const OUTBOX: Shape = {
  name: DATABASE,
  make(database) {
    const byId = bare({ keyPath: 'id', autoIncrement: false });
    database.createObjectStore('entries', byId);
    database.createObjectStore('files', byId).createIndex('entry', 'entry', bare({ unique: false, multiEntry: false }));
    database.createObjectStore('contents');
  },
};

/**
 * Runs one transaction over the named stores and resolves once it is committed. Rejects where storage is blocked, full, or was
 * written by a newer version of this code; reading also where there is no database, which it does not make. The connection
 * lasts no longer, so that the database can be removed whenever nobody writes.
 *
 * @param durability `strict`: on the disk, not only handed to the system.
 */
export function transact<T = undefined, N extends string = StoreName>(
  names: N[],
  mode: 'readonly' | 'readwrite',
  work: (store: (name: N) => IDBObjectStore) => IDBRequest<T> | undefined,
  durability: IDBTransactionDurability = 'strict',
  shape = OUTBOX,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(shape.name, VERSION);
    const isLong = names.includes('contents' as N) || (mode === 'readonly' && shape === OUTBOX);
    const end = (cause?: Error | null, result?: IDBRequest<T>) => {
      clearTimeout(timer);
      if (cause === SILENT) silent.add(shape.name);
      else silent.delete(shape.name);
      if (request.readyState === 'done' && !request.error) request.result.close();
      if (cause === undefined) resolve(result?.result as T);
      else reject(cause ?? SILENT);
    };
    const timer = setTimeout(end, isLong ? LONG_PATIENCE_MS : silent.has(shape.name) ? SILENT_PATIENCE_MS : PATIENCE_MS, SILENT);
    request.onupgradeneeded = () => {
      if (mode === 'readonly') return request.transaction?.abort();
      shape.make(request.result);
    };
    request.onerror = () => end(request.error);
    request.onsuccess = () => {
      try {
        const transaction = request.result.transaction(names, mode, bare({ durability }));
        const asked = work((name) => transaction.objectStore(name));
        transaction.oncomplete = () => end(undefined, asked);
        // closed where its data is cleared meanwhile
        request.result.onclose = transaction.onabort = () => end(transaction.error);
      } catch (cause) {
        end(cause as Error);
      }
    };
  });
}

/** Removes a database. Never rejects. */
export function drop(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = () => resolve();
  });
}
