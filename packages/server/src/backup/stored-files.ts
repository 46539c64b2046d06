import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { REMOVED } from '../files/upload-rows.js';
import type { Snapshot } from './snapshot.js';

/** A file that the database says is there. */
export interface StoredFile {
  deskId: string;
  id: string;
  /** Below the data folder, with `/`. */
  path: string;
  /** How many bytes are acknowledged; more may lie there while it is on its way. */
  bytes: number;
  /** Null while it is on its way. */
  sha256: string | null;
}

/** Every file whose bytes have to be there. */
export async function filesIn(snapshot: Pick<Snapshot, 'all'>): Promise<StoredFile[]> {
  const rows = await snapshot.all(`
    select desk_id, id, "offset" as bytes, sha256 from upload
    where "offset" > 0 and ((ticket_id is null and expires_at > ${REMOVED}) or (ticket_id is not null and sha256 is not null))`);
  return rows.map((row) => {
    const [deskId, id] = [String(row['desk_id']), String(row['id'])];
    const sha256 = row['sha256'] as string | null;
    return { deskId, id, path: ['uploads', deskId, id.slice(0, 2), id].join('/'), bytes: Number(row['bytes']), sha256 };
  });
}

/** What lies on disk of a file. */
export interface FileFacts {
  size: number;
  sha256: string;
}

/** @param length how many bytes to read; all of them otherwise. @returns null: there is no such file. */
export async function factsOf(file: string, length = Infinity): Promise<FileFacts | null> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!found) return null;
  const hash = createHash('sha256');
  if (length > 0)
    for await (const chunk of createReadStream(file, { end: length - 1, highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return { size: found.size, sha256: hash.digest('hex') };
}

/** Where a path with `/` lies in a folder. @throws {Error} for one that leads out of it. */
export function within(folder: string, name: string): string {
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\\0]/.test(part)))
    throw new Error(`${JSON.stringify(name)} is no name of a file in a backup.`);
  return path.join(folder, ...parts);
}
