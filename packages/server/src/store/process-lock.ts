import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { notOpened, opened } from './sqlite-connection.js';

const SQLITE_BUSY = 5;

/** Held for the life of the process; the operating system frees it however the process ends. */
export interface ProcessLock {
  release(): void;
}

/**
 * Makes this process the only one that serves `folder`.
 *
 * @throws {Error} naming the folder, when another process holds it.
 */
export function lockFolder(folder: string): ProcessLock {
  const file = path.join(folder, 'process.lock');
  const database = opened(file, () => new DatabaseSync(file, { timeout: 0 }));
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw notOpened(file, error);
    throw new Error(
      `Another process already serves the data folder ${folder}. Stop it first, or give this one a folder of its own with DATA_DIR.`,
      { cause: error },
    );
  }
  return { release: () => database.close() };
}
