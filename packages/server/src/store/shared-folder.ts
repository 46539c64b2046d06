import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const MARK = 'installation';

/**
 * Binds a data folder to one database, for all processes that share both: files without a row are deleted, so two databases on
 * one folder would delete each other's.
 *
 * @param id of the installation, from its database.
 * @throws {Error} naming the folder, when it belongs to another.
 */
export async function bindFolder(folder: string, id: string): Promise<void> {
  if (existsSync(path.join(folder, 'support.sqlite')))
    throw new Error(`The data folder ${folder} belongs to an SQLite database. Give DATA_DIR a folder of its own, or unset DATABASE_URL.`);
  const mark = path.join(folder, MARK);
  const mine = `${mark}.${randomUUID()}`;
  await writeFile(mine, `${id}\n`, { flag: 'wx', mode: 0o600, flush: true });
  try {
    // unlike a rename it fails where another process was faster
    await link(mine, mark).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(mine, { force: true });
  }
  if ((await readFile(mark, 'utf8')).trim() !== id)
    throw new Error(`The data folder ${folder} belongs to another database than DATABASE_URL names. Give each a folder of its own.`);
}

/** @throws {Error} naming the folder, when its files belong to a Postgres database. */
export function refuseBoundFolder(folder: string): void {
  if (existsSync(path.join(folder, MARK)))
    throw new Error(`The data folder ${folder} belongs to a Postgres database. Set DATABASE_URL, or give DATA_DIR a folder of its own.`);
}
