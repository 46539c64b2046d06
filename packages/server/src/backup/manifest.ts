import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '../files/replace-file.js';

const FORMAT = 'storefront-support/backup';
const VERSION = 1;
/** Written last: a folder without it is no backup. */
export const MANIFEST = 'manifest.json';

/** What a backup consists of. */
export interface Manifest {
  format: typeof FORMAT;
  version: typeof VERSION;
  /** ISO 8601 instant: what was acknowledged before it is in the backup. */
  madeAt: string;
  engine: 'sqlite' | 'postgres';
  files: BackedUpFile[];
}

/** A file of a backup. */
export interface BackedUpFile {
  /** Below the backup's folder, with `/`. */
  path: string;
  size: number;
  sha256: string;
}

export async function writeManifest(folder: string, content: Omit<Manifest, 'format' | 'version'>): Promise<void> {
  await replaceFile(path.join(folder, MANIFEST), `${JSON.stringify({ format: FORMAT, version: VERSION, ...content }, null, 1)}\n`);
}

/** @throws {Error} in plain words, where there is no backup that this version can read. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(path.join(folder, MANIFEST), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
      throw new Error(`${folder} is no backup, or one that was never finished: it has no ${MANIFEST}.`);
    throw error;
  });
  let manifest: Partial<Manifest>;
  try {
    manifest = JSON.parse(text) as Partial<Manifest>;
  } catch (cause) {
    throw new Error(`${path.join(folder, MANIFEST)} is damaged.`, { cause });
  }
  if (manifest.format !== FORMAT || manifest.version !== VERSION || !Array.isArray(manifest.files))
    throw new Error(`${folder} is no backup that this version can read.`);
  return manifest as Manifest;
}
