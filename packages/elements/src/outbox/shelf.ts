import { transact } from './database.js';
import type { FileShelf, KeptFile } from './entry.js';
import { write, written } from './store.js';

/** Bytes; the content of a larger file is not copied. */
const LARGEST = 50 * 1024 * 1024;

/** Keeps files of any entry that is on this device itself. */
export const shelf: FileShelf = {
  async keep(kept) {
    const { id, file, ...facts } = kept;
    const fits = file && file.size <= LARGEST;
    try {
      if (!fits || written.get(id)?.has(file)) await saveFacts({ id, ...facts });
      else await saveAll({ id, ...facts }, file);
      if (!fits) kept.file = null;
      else if (!written.get(id)?.has(file)) written.set(id, new WeakSet([file]));
    } catch {
      kept.file = null;
      await saveFacts({ id, ...facts }).catch(() => undefined);
    }
  },

  forget: (id) =>
    write(['files', 'contents'], (store) => {
      for (const name of ['files', 'contents'] as const) store(name).delete(id);
    }).catch(() => undefined),
};

type Facts = Omit<KeptFile, 'file'>;

function saveFacts(facts: Facts): Promise<void> {
  return write(['files'], (store) => void store('files').put(facts));
}

function saveAll(facts: Facts, file: File): Promise<void> {
  return write(['files', 'contents'], (store) => {
    store('files').put(facts);
    store('contents').put(file, facts.id);
  });
}

/** The files of an entry; empty where nothing can be read. */
export async function filesOf(entry: string): Promise<KeptFile[]> {
  const read = <T>(name: 'files' | 'contents', find: (store: IDBObjectStore) => IDBRequest<T>) =>
    transact([name], 'readonly', (store) => find(store(name)));
  try {
    const facts = await read('files', (store) => store.index('entry').getAll(entry) as IDBRequest<Facts[]>);
    return await Promise.all(
      facts.map(async (kept) => {
        const file = ((await read('contents', (store) => store.get(kept.id))) as File | undefined) ?? null;
        if (file) written.set(kept.id, (written.get(kept.id) ?? new WeakSet()).add(file));
        return { ...kept, file };
      }),
    );
  } catch {
    return [];
  }
}
