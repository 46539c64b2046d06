import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, opendir, readFile, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';

/** Where the headers of sealed records lie, apart from everything else: a record without its header is noise, for everybody. */
export interface HeaderStore {
  /** On disk when it resolves; the same name again replaces it. */
  write(deskId: string, name: string, bytes: Uint8Array): Promise<void>;
  /** Null: it is not there, or not any more. */
  read(deskId: string, name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  has(deskId: string, name: string): Promise<boolean>;
  /** Overwrites it before its name goes, and has the disk do both. Gone already is fine. */
  shred(deskId: string, name: string): Promise<void>;
  /** Every name of a desk, half-written ones included, and when it was written (milliseconds since 1970). */
  names(deskId: string): AsyncIterable<{ name: string; writtenAt: number }>;
}

const NAME = /^[\w-]{22}\.[0-9a-f]{16}$/;
const DRAFT = /^[\w-]{22}\.[0-9a-f]{16}\.[0-9a-f]{8}$/;
const DESK = /^[\w.-]{1,64}$/;

/**
 * What the header of a record is filed as.
 *
 * @param receipt of the bytes that it belongs to: who sends other bytes under the same id must not replace it.
 */
export function headerName(recordId: string, receipt: string): string {
  return `${recordId}.${receipt.slice(0, 16)}`;
}

/** One file for each: `folder/<desk>/<name>`. */
export function diskHeaderStore(folder: string): HeaderStore {
  const folderOf = (deskId: string) => {
    if (!DESK.test(deskId) || /^\.+$/.test(deskId)) throw new Error('A desk id that cannot name a folder.');
    return path.join(folder, deskId);
  };
  const fileOf = (deskId: string, name: string) => {
    if (!NAME.test(name) && !DRAFT.test(name)) throw new Error('A name that is no header’s.');
    return path.join(folderOf(deskId), name);
  };
  return {
    async write(deskId, name, bytes) {
      const file = fileOf(deskId, name);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      // of its own: the same may be sent twice at once
      const written = `${file}.${randomBytes(4).toString('hex')}`;
      const draft = await open(written, 'wx', 0o600);
      try {
        await draft.writeFile(bytes);
        await draft.sync();
      } finally {
        await draft.close();
      }
      await rename(written, file);
      await syncFolder(path.dirname(file));
    },

    async read(deskId, name) {
      return readFile(fileOf(deskId, name)).then((bytes) => new Uint8Array(bytes), absent);
    },

    async has(deskId, name) {
      return (await stat(fileOf(deskId, name)).catch(absent)) !== null;
    },

    async shred(deskId, name) {
      const file = fileOf(deskId, name);
      const handle = await open(file, constants.O_WRONLY).catch(absent);
      if (handle) {
        try {
          const { size } = await handle.stat();
          await handle.write(new Uint8Array(size), 0, size, 0);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await unlink(file).catch(absent);
      }
      await syncFolder(path.dirname(file)).catch(absent);
    },

    async *names(deskId) {
      const entries = await opendir(folderOf(deskId)).catch(absent);
      for await (const { name } of entries ?? []) {
        if (!NAME.test(name) && !DRAFT.test(name)) continue;
        const found = await stat(path.join(folderOf(deskId), name)).catch(absent);
        if (found) yield { name, writtenAt: found.mtimeMs };
      }
    },
  };
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** A name that came or went survives a power cut only once its folder is on disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
