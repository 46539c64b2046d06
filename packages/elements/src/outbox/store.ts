import type { Entry, Sendable } from './entry.js';
import { transact, type StoreName } from './database.js';
import { lockFor } from './locks.js';
import { DATABASE } from './kept.js';

/** What is only written, and not sent, is kept this long after the last change. */
const DRAFT_LIFE_MS = 7 * 24 * 3_600_000;
/** Locked exclusively by whoever removes the database, shared by everybody who writes. */
export const WRITING = 'writing';

/** Contents on this device, by file, every copy that was read: they are written once, whatever else changes about a file. */
export const written = new Map<IDBValidKey, WeakSet<File>>();

/**
 * Writes an entry. Rejects where this device keeps nothing.
 *
 * @param known rejects, too, where the entry is not there any more: it has been deleted.
 */
export async function saveEntry(entry: Entry<Sendable>, known = false): Promise<void> {
  entry.savedAt = Date.now();
  const put = (store: (name: StoreName) => IDBObjectStore) => {
    const entries = store('entries');
    if (!known) return void entries.put(entry);
    const key = entries.getKey(entry.id);
    key.onsuccess = () => {
      if (key.result) entries.put(entry);
      else entries.transaction.abort();
    };
  };
  await write(['entries'], put, entry.draft ? 'strict' : 'relaxed');
  // nobody else shows what is only being written
  if (entry.draft || entry.code) announce();
}

/** Removes an entry and its files. */
export async function removeEntry(id: string): Promise<void> {
  await write(['entries', 'files', 'contents'], (store) => {
    store('entries').delete(id);
    const keys = store('files').index('entry').getAllKeys(id);
    keys.onsuccess = () => {
      for (const key of keys.result) {
        for (const name of ['files', 'contents'] as const) store(name).delete(key);
        written.delete(key);
      }
    };
  });
  announce();
}

/** An entry as it is now; undefined once it is gone. */
export function readEntry(id: string): Promise<Entry | undefined> {
  return transact(['entries'], 'readonly', (store) => store('entries').get(id) as IDBRequest<Entry | undefined>);
}

/** Everything that waits for one backend, the oldest first. Drafts whose time is up are removed. Rejects where it cannot be read. */
export async function entriesOf(scope: string): Promise<Entry[]> {
  const all = await transact(['entries'], 'readonly', (store) => store('entries').getAll() as IDBRequest<Entry[]>).catch((cause: Error) => {
    // there is no database yet, and reading has not made one
    if (cause.name === 'AbortError') return [];
    throw cause;
  });
  const over = ({ draft, receipt, triedAt, savedAt }: Entry) => !draft && !receipt && !triedAt && Date.now() - savedAt > DRAFT_LIFE_MS;
  for (const entry of all) if (over(entry)) void removeEntry(entry.id).catch(() => undefined);
  return all.filter((entry) => entry.scope === scope && !over(entry)).sort((a, b) => a.savedAt - b.savedAt);
}

export async function write(
  names: StoreName[],
  work: (store: (name: StoreName) => IDBObjectStore) => undefined,
  durability?: IDBTransactionDurability,
): Promise<void> {
  const run = () => transact(names, 'readwrite', work, durability);
  // without locks nobody removes the database either
  await ('locks' in navigator ? lockFor(WRITING, 'shared', false, run) : run());
}

const watchers = new Set<() => void>();
let channel: BroadcastChannel | undefined;

/** Calls `changed` after every change that is made on this device, in whatever tab, until what it returns is called. */
export function watch(changed: () => void): () => void {
  watchers.add(changed);
  channel ??= channelTo(DATABASE, tell);
  return () => {
    watchers.delete(changed);
    if (watchers.size) return;
    channel?.close();
    channel = undefined;
  };
}

/** Calls `told` whenever another tab speaks; undefined where the browser lets none speak. */
export function channelTo(name: string, told: (message: MessageEvent) => void): BroadcastChannel | undefined {
  try {
    const opened = new BroadcastChannel(name);
    opened.onmessage = told;
    return opened;
  } catch {
    return undefined;
  }
}

/** Tells everybody who watches. */
export function announce(): void {
  channel?.postMessage(0);
  tell();
}

function tell(): void {
  for (const changed of watchers) changed();
}
