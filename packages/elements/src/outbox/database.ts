import { bare } from '../base/bare.js';
import { DATABASE, isThere } from './kept.js';

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
/** How many transactions of this page are writing: a database that one of them is making is not listed yet. */
let writing = 0;

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
  const writes = mode === 'readwrite' ? 1 : 0;
  writing += writes;
  return new Promise<T>((resolve, reject) => {
    let request: IDBOpenDBRequest | undefined;
    const isLong = names.includes('contents' as N) || (mode === 'readonly' && shape === OUTBOX);
    const end = (cause?: Error | null, result?: IDBRequest<T>) => {
      clearTimeout(timer);
      if (cause === SILENT) silent.add(shape.name);
      else silent.delete(shape.name);
      if (request?.readyState === 'done' && !request.error) request.result.close();
      if (cause === undefined) resolve(result?.result as T);
      else reject(cause ?? SILENT);
    };
    const timer = setTimeout(end, isLong ? LONG_PATIENCE_MS : silent.has(shape.name) ? SILENT_PATIENCE_MS : PATIENCE_MS, SILENT);
    const open = () => {
      const opening = (request = indexedDB.open(shape.name, VERSION));
      opening.onupgradeneeded = () => {
        if (mode === 'readonly') return opening.transaction?.abort();
        shape.make(opening.result);
      };
      opening.onerror = () => end(opening.error);
      opening.onsuccess = () => {
        try {
          const transaction = opening.result.transaction(names, mode, bare({ durability }));
          const asked = work((name) => transaction.objectStore(name));
          transaction.oncomplete = () => end(undefined, asked);
          // closed where its data is cleared meanwhile
          opening.result.onclose = transaction.onabort = () => end(transaction.error);
        } catch (cause) {
          end(cause as Error);
        }
      };
    };
    if (writing) open();
    // opening what is not there leaves an empty shell behind in WebKit, also where its making is aborted
    else
      void isThere(shape.name)
        .then((there) => (there === false ? end(new DOMException('', 'AbortError')) : open()))
        .catch(end);
  }).finally(() => (writing -= writes));
}

/** Removes a database. Never rejects. */
export function drop(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = () => resolve();
  });
}
