import { bare } from '../base/bare.js';
import { transact } from './database.js';
import type { FileShelf, KeptFile } from './entry.js';
import { write, written } from './store.js';

/** Bytes; the content of a larger file is not copied. */
const LARGEST = 50 * 1024 * 1024;

/** Keeps files of any entry that is on this device itself. */
export const shelf: FileShelf = {
  async keep(kept) {
    const { id, file, ...facts } = kept;
    try {
      // the facts alone make a later visit ask for the file
      await write(['files'], (store) => void store('files').put({ id, ...facts }), 'relaxed');
      if (!file || file.size > LARGEST) kept.file = null;
      else if (!written.get(id)?.has(file)) {
        // handed to the system it outlives the browser; waiting for the disk would hold up what is typed meanwhile
        await write(['contents'], (store) => void store('contents').put(file, id), 'relaxed').catch(async (cause: Error) => {
          if (cause.name === 'QuotaExceededError') throw cause;
          // private windows of some browsers keep bytes, but no files
          const bytes = await file.arrayBuffer();
          await write(['contents'], (store) => void store('contents').put(bytes, id), 'relaxed');
        });
        written.set(id, new WeakSet([file]));
      }
    } catch {
      kept.file = null;
    }
  },

  forget: (id) =>
    write(['files', 'contents'], (store) => {
      for (const name of ['files', 'contents'] as const) store(name).delete(id);
    }).catch(() => undefined),
};

type Facts = Omit<KeptFile, 'file'>;

/** The files of an entry. Rejects where they cannot be read. */
export async function filesOf(entry: string): Promise<KeptFile[]> {
  const read = <T>(name: 'files' | 'contents', find: (store: IDBObjectStore) => IDBRequest<T>) =>
    transact([name], 'readonly', (store) => find(store(name)));
  const all = await read('files', (store) => store.index('entry').getAll(entry) as IDBRequest<Facts[]>);
  return Promise.all(
    all.map(async (facts) => {
      const { id, name, type } = facts;
      const content = (await read('contents', (store) => store.get(id))) as File | ArrayBuffer | undefined;
      const file = content instanceof ArrayBuffer ? new File([content], name, bare({ type })) : (content ?? null);
      if (file) written.set(id, (written.get(id) ?? new WeakSet()).add(file));
      return { ...facts, file };
    }),
  );
}
