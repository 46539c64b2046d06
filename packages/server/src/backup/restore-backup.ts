import { copyFile, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { syncPath } from '../files/replace-file.js';
import type { Log } from '../ports.js';
import { ERASURES, ErasureList, erasuresIn } from '../privacy/erasure-list.js';
import { openStore } from '../store/open-store.js';
import { lockFolder } from '../store/process-lock.js';
import { RESTORING } from '../store/restoring.js';
import { readManifest, type Manifest } from './manifest.js';
import { loadPostgres } from './postgres-tools.js';
import { openSnapshot, type DatabasePlace } from './snapshot.js';
import { factsOf, within } from './stored-files.js';

/** What a restore has brought back. */
export interface Restored {
  madeAt: string;
  files: number;
  /** People, and tickets of nobody else, who were erased since the backup and now are again. */
  erasedAgain: number;
}

/**
 * Puts a backup into an empty data folder, and erases who was erased since. The folder may hold a list of erasures, and nothing else:
 * it counts together with the one of the backup.
 *
 * @param lists more lists of erasures.
 * @throws {Error} in plain words. Before anything is written, where the folder is not empty or the backup is damaged.
 */
export async function restoreBackup(place: DatabasePlace, folder: string, lists: readonly string[] = []): Promise<Restored> {
  const { dataDir, databaseUrl } = place;
  const manifest = await readManifest(folder);
  if ((manifest.engine === 'postgres') !== (databaseUrl !== undefined))
    throw new Error(
      databaseUrl === undefined
        ? 'This is the backup of a Postgres database: say with DATABASE_URL where an empty one is.'
        : 'This is the backup of an SQLite database: unset DATABASE_URL.',
    );
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await refuseUsed(dataDir);
  if (databaseUrl !== undefined) await refuseFilled(place);
  await verify(folder, manifest);
  const known = (await Promise.all(lists.map((file) => readFile(file, 'utf8')))).flatMap(erasuresIn);

  const restoring = path.join(dataDir, RESTORING);
  await writeFile(restoring, '', { flag: 'wx', mode: 0o600, flush: true });
  for (const file of manifest.files) if (file.path !== ERASURES && file.path !== 'database.dump') await copy(folder, dataDir, file.path);
  const backedUp = manifest.files.some(({ path: name }) => name === ERASURES) ? await readFile(path.join(folder, ERASURES), 'utf8') : '';
  await new ErasureList(dataDir).merge([...erasuresIn(backedUp), ...known]);
  if (databaseUrl !== undefined) await loadPostgres(databaseUrl, path.join(folder, 'database.dump'));
  await syncPath(dataDir);
  await rm(restoring);
  await syncPath(dataDir);

  let erasedAgain = 0;
  const log: Log = {
    info: (event, facts) => {
      if (event === 'erased-again') erasedAgain = Number(facts?.['count']);
    },
    warn: () => undefined,
    error: () => undefined,
  };
  // what opens a store erases whom the list names, before anybody can ask
  await (await openStore(place, log)).close();
  return { madeAt: manifest.madeAt, files: manifest.files.length, erasedAgain };
}

async function refuseUsed(dataDir: string): Promise<void> {
  const names = (await readdir(dataDir)).filter((name) => name !== ERASURES);
  if (names.length === 0) return;
  if (names.includes('process.lock')) lockFolder(dataDir).release();
  throw new Error(
    `${dataDir} is not empty, and a restore replaces nothing. Move its content away; its file "${ERASURES}" stays, so that who was erased since the backup is erased again.`,
  );
}

async function refuseFilled(place: DatabasePlace): Promise<void> {
  const snapshot = await openSnapshot(place);
  try {
    const tables = await snapshot.all('select table_name from information_schema.tables where table_schema = current_schema()');
    if (tables.length > 0) throw new Error('The database of DATABASE_URL is not empty, and a restore replaces nothing: make a new one.');
  } finally {
    await snapshot.close();
  }
}

async function verify(folder: string, { files }: Manifest): Promise<void> {
  for (const file of files) {
    const facts = await factsOf(within(folder, file.path));
    if (!facts) throw new Error(`The backup lacks ${file.path}: nothing was restored.`);
    if (facts.size !== file.size || facts.sha256 !== file.sha256)
      throw new Error(`${file.path} of the backup is damaged: nothing was restored.`);
  }
}

/** Never a link: the backup must not change with what is restored from it. */
async function copy(from: string, to: string, name: string): Promise<void> {
  const target = within(to, name);
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  await copyFile(within(from, name), target);
  const handle = await open(target, 'r+');
  try {
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncPath(path.dirname(target));
}
