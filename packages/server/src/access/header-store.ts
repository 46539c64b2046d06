import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, opendir, readFile, readdir, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile, syncPath } from '../files/replace-file.js';

/** Where the headers of sealed records lie, apart from everything else: a record without its header is noise, for everybody. */
export interface HeaderStore {
  /** On disk when it resolves. */
  write(deskId: string, name: string, bytes: Uint8Array): Promise<void>;
  /** Null: it is not there, or not any more. */
  read(deskId: string, name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  has(deskId: string, name: string): Promise<boolean>;
  /** Overwrites it before its name goes, and has the disk do both. Gone already is fine. */
  shred(deskId: string, name: string): Promise<void>;
  /** Every name of a desk, half-written ones included, and when it was written (milliseconds since 1970). */
  names(deskId: string): AsyncIterable<{ name: string; writtenAt: number }>;
  /** Every desk of which there is, or was, a header: also those that have left the configuration. */
  desks(): Promise<string[]>;
}

const NAME = /^[\w-]{22}\.[0-9a-f]{16}$/;
const DRAFT = /^[\w-]{22}\.[0-9a-f]{16}\.new$/;
const DESK = /^[\w.-]{1,64}$/;

/**
 * What a header that is sent now is filed as. The same sent twice has two names: what becomes of the one is nothing to the other.
 */
export function newHeaderName(recordId: string): string {
  return `${recordId}.${randomBytes(8).toString('hex')}`;
}

/** Id of the record that a header was sent for. */
export function recordIdIn(headerName: string): string {
  return headerName.slice(0, headerName.indexOf('.'));
}

/** One file for each: `folder/<desk>/<name>`. */
export function diskHeaderStore(folder: string): HeaderStore {
  const folderOf = (deskId: string) => {
    if (!isDesk(deskId)) throw new Error('A desk id that cannot name a folder.');
    return path.join(folder, deskId);
  };
  const fileOf = (deskId: string, name: string) => {
    if (!NAME.test(name) && !DRAFT.test(name)) throw new Error('A name that is no header’s.');
    return path.join(folderOf(deskId), name);
  };
  return {
    async write(deskId, name, bytes) {
      const file = fileOf(deskId, name);
      const made = await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      if (made !== undefined) await syncPath(path.dirname(made));
      await replaceFile(file, bytes);
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
      await syncPath(path.dirname(file)).catch(absent);
    },

    async *names(deskId) {
      const entries = await opendir(folderOf(deskId)).catch(absent);
      for await (const { name } of entries ?? []) {
        if (!NAME.test(name) && !DRAFT.test(name)) continue;
        const found = await stat(path.join(folderOf(deskId), name)).catch(absent);
        if (found) yield { name, writtenAt: found.mtimeMs };
      }
    },

    async desks() {
      const entries = await readdir(folder, { withFileTypes: true }).catch(absent);
      return (entries ?? []).filter((entry) => entry.isDirectory() && isDesk(entry.name)).map(({ name }) => name);
    },
  };
}

function isDesk(id: string): boolean {
  return DESK.test(id) && !/^\.+$/.test(id);
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
