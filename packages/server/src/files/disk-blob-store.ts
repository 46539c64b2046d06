import { constants } from 'node:fs';
import { mkdir, open, opendir, rm, rmdir, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BytesMissingError, type BlobStore } from './blob-store.js';
import { syncPath } from './replace-file.js';

const READ_BYTES = 256 * 1024;
const NAME = /^[\w-]{22,64}$/;
const DESK = /^[\w.-]{1,64}$/;

/** Blobs as files: `folder/<desk>/<first two characters of the id>/<id>`. */
export function diskBlobStore(folder: string): BlobStore {
  const deskFolder = (deskId: string) => {
    if (!DESK.test(deskId) || /^\.+$/.test(deskId)) throw new Error('A desk id that cannot name a folder.');
    return join(folder, deskId);
  };
  const pathOf = (deskId: string, id: string) => {
    if (!NAME.test(id)) throw new Error('An id that cannot name a file.');
    return join(deskFolder(deskId), id.slice(0, 2), id);
  };
  return {
    async write(deskId, id, offset, bytes) {
      const path = pathOf(deskId, id);
      const file = offset === 0 ? await create(path) : await openOrNull(path, 'r+');
      if (!file) throw new BytesMissingError();
      try {
        const { size } = await file.stat();
        if (size < offset) throw new BytesMissingError();
        await writeAll(file, bytes, offset);
        await file.datasync();
      } finally {
        await file.close();
      }
      // a name survives a power cut only once its folder is on disk
      if (offset === 0) await syncPath(dirname(path));
    },

    async head(deskId, id, length) {
      const file = await openOrNull(pathOf(deskId, id), 'r');
      if (!file) return new Uint8Array();
      try {
        const { size } = await file.stat();
        const bytes = new Uint8Array(Math.min(size, length));
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      } finally {
        await file.close();
      }
    },

    async *read(deskId, id) {
      const file = await open(pathOf(deskId, id), 'r');
      try {
        for (;;) {
          const { bytesRead, buffer } = await file.read(new Uint8Array(READ_BYTES), 0, READ_BYTES, null);
          if (bytesRead === 0) return;
          yield buffer.subarray(0, bytesRead);
        }
      } finally {
        await file.close();
      }
    },

    async delete(deskId, id) {
      const path = pathOf(deskId, id);
      await rm(path, { force: true });
      // fails while others are in it
      await rmdir(dirname(path)).catch(() => undefined);
    },

    async *ids(deskId) {
      for await (const shard of entriesOf(deskFolder(deskId))) {
        for await (const name of entriesOf(join(deskFolder(deskId), shard))) if (NAME.test(name)) yield name;
      }
    },
  };
}

async function create(path: string): Promise<FileHandle> {
  for (;;) {
    await makeFolder(path);
    const file = await openOrNull(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    // the last file that was deleted may have taken the folder along
    if (file) return file;
  }
}

async function makeFolder(path: string): Promise<void> {
  const made = await mkdir(dirname(path), { recursive: true });
  if (made !== undefined)
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      await syncPath(dirname(folder));
      if (folder === made) break;
    }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, offset + written);
    written += bytesWritten;
  }
}

async function openOrNull(path: string, flags: string | number, mode?: number): Promise<FileHandle | null> {
  return open(path, flags, mode).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

async function* entriesOf(folder: string): AsyncIterable<string> {
  try {
    for await (const entry of await opendir(folder)) yield entry.name;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
