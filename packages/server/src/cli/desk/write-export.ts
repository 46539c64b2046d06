import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Zip, ZipPassThrough } from 'fflate/browser';
import { CannotBeDone } from './verb.js';

/** Beyond it an archive of this kind cannot point into itself. */
const ZIP_MOST_BYTES = 0xffff_ffff - 1_000_000;

/** Where an export goes. */
export interface ExportTarget {
  /** @param name with `/`. */
  add(name: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void>;
  /** Resolves once everything is written. */
  close(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** @throws {CannotBeDone} where there is something already. */
export async function openExportFolder(folder: string): Promise<ExportTarget> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new CannotBeDone(`${folder} is not empty. Name another place with --out.`);
  return {
    async add(name, content) {
      const file = path.join(folder, ...name.split('/'));
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, content, { mode: 0o600, flag: 'wx' });
    },
    close: () => Promise.resolve(),
    discard: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A ZIP archive of uncompressed files. @throws {CannotBeDone} where there is something already. */
export async function openExportZip(file: string): Promise<ExportTarget> {
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new CannotBeDone(`${file} is there already. Name another place with --out.`) : error;
  });
  const stream = createWriteStream(file, { fd: handle });
  const failed = once(stream, 'error').then(([error]) => Promise.reject(error as Error));
  failed.catch(() => undefined);
  let bytes = 0;
  const zip = new Zip((error, chunk) => {
    if (error) stream.destroy(error);
    else stream.write(chunk);
  });
  return {
    async add(name, content) {
      const entry = new ZipPassThrough(name);
      zip.add(entry);
      for await (const chunk of content) {
        bytes += chunk.length;
        if (bytes > ZIP_MOST_BYTES) throw new CannotBeDone('This is more than a ZIP archive holds: name a folder with --out instead.');
        entry.push(chunk);
        if (stream.writableNeedDrain) await Promise.race([once(stream, 'drain'), failed]);
      }
      entry.push(new Uint8Array(), true);
    },
    async close() {
      zip.end();
      const finished = once(stream, 'close');
      stream.end();
      await Promise.race([finished, failed]);
    },
    async discard() {
      stream.destroy();
      await rm(file, { force: true });
    },
  };
}
