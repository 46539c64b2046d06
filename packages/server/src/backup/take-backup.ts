import { copyFile, link, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { createReadStream } from 'node:fs';
import { syncPath } from '../files/replace-file.js';
import { ERASURES } from '../privacy/erasure-list.js';
import { writeManifest, type BackedUpFile } from './manifest.js';
import { dumpPostgres } from './postgres-tools.js';
import { openSnapshot, type DatabasePlace, type Snapshot } from './snapshot.js';
import { factsOf, filesIn, within, type StoredFile } from './stored-files.js';

const SNAPSHOTS = 6;
const ALL_PAGES = 0x7fff_ffff;
const DATABASE_FILES = { sqlite: 'support.sqlite', postgres: 'database.dump' } as const;

/** What a backup has become. */
export interface Backup {
  folder: string;
  madeAt: string;
  files: number;
  bytes: number;
  /** Uploads that the database knows and that are not there, or are not what they were: the backup lacks them too. */
  damaged: string[];
}

/**
 * Writes a backup while the server runs or not: the database as it was in one moment, every file it names, the secret of the
 * installation, the list of who was erased. Files are linked where the file system can, and else copied; each is read once and
 * compared with its hash.
 *
 * @param folder empty or not there; it is there once the backup is whole.
 * @throws {Error} in plain words; nothing is left then.
 */
export async function takeBackup(place: DatabasePlace, folder: string): Promise<Backup> {
  const { dataDir } = place;
  if (`${folder}${path.sep}`.startsWith(`${path.resolve(dataDir)}${path.sep}`))
    throw new Error('A backup in the data folder would be lost with it: name another place with --out.');
  if ((await readdir(folder).catch(() => [])).length > 0) throw new Error(`${folder} is not empty: name another place with --out.`);
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    const made = await fill(place, partial);
    await syncTree(partial);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    await syncPath(path.dirname(folder));
    return { folder, ...made };
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

async function fill(place: DatabasePlace, folder: string): Promise<Omit<Backup, 'folder'>> {
  const held = new Map<string, BackedUpFile>();
  for (let attempt = 1; ; attempt++) {
    const madeAt = new Date().toISOString();
    const { engine, files } = await copyDatabase(place, folder);
    const damaged: string[] = [];
    for (const file of files) {
      if (held.has(keyOf(file))) continue;
      const copied = await keep(place.dataDir, folder, file);
      if (copied) held.set(keyOf(file), copied);
      else damaged.push(file.path);
    }
    // deleted since the moment of the snapshot: a later one does not name them
    if (damaged.length > 0 && attempt < SNAPSHOTS) continue;
    const wanted = new Set(files.map(keyOf));
    for (const [key, { path: name }] of held)
      if (!wanted.has(key) && !files.some((file) => file.path === name)) await rm(within(folder, name));
    const all = [...held].filter(([key]) => wanted.has(key)).map(([, file]) => file);
    all.push(await copied(folder, DATABASE_FILES[engine]));
    // the list comes after the database: whoever is erased between the two is erased again by a restore
    for (const name of ['install-secret', 'installation', ERASURES]) {
      const there = await copyFile(path.join(place.dataDir, name), path.join(folder, name)).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return false;
          throw error;
        },
      );
      if (there) all.push(await copied(folder, name));
    }
    await writeManifest(folder, { madeAt, engine, files: all });
    return { madeAt, files: all.length, bytes: all.reduce((sum, { size }) => sum + size, 0), damaged };
  }
}

/** While it is on its way, another number of its bytes is another file. */
function keyOf({ path: name, bytes, sha256 }: StoredFile): string {
  return `${name} ${bytes} ${sha256 ?? ''}`;
}

async function copyDatabase(place: DatabasePlace, folder: string): Promise<{ engine: Snapshot['engine']; files: StoredFile[] }> {
  const snapshot = await openSnapshot(place);
  try {
    const { engine, sqlite, exported = '' } = snapshot;
    const file = path.join(folder, DATABASE_FILES[engine]);
    await rm(file, { force: true });
    const files = await filesIn(snapshot);
    if (sqlite) {
      await backup(sqlite, file, { rate: ALL_PAGES });
      soleFile(file);
    } else await dumpPostgres(place.databaseUrl ?? '', exported, file);
    return { engine, files };
  } finally {
    await snapshot.close();
  }
}

/** A copy has no log beside it. @throws {Error} where the copy is damaged. */
function soleFile(file: string): void {
  const database = new DatabaseSync(file);
  try {
    database.exec('pragma journal_mode = delete');
    const said = Object.values(database.prepare('pragma quick_check(1)').get() ?? {})[0];
    if (said !== 'ok') throw new Error(`The database is damaged (${String(said)}): run check, and keep the backups that you have.`);
  } finally {
    database.close();
  }
}

/** @returns null: it is not there, or not what it was. */
async function keep(dataDir: string, folder: string, file: StoredFile): Promise<BackedUpFile | null> {
  const [from, to] = [within(dataDir, file.path), within(folder, file.path)];
  await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
  await rm(to, { force: true });
  const there = await (file.sha256 === null ? copyStart(from, to, file.bytes) : linkOrCopy(from, to)).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  const facts = there ? await factsOf(to) : null;
  if (!facts || facts.size !== file.bytes || (file.sha256 !== null && facts.sha256 !== file.sha256)) {
    await rm(to, { force: true });
    return null;
  }
  return { path: file.path, ...facts };
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw error;
    return copyFile(from, to);
  });
}

/** A file that is on its way goes on changing: its acknowledged bytes are copied. */
async function copyStart(from: string, to: string, bytes: number): Promise<void> {
  const file = await open(to, 'wx', 0o600);
  await pipeline(createReadStream(from, { end: bytes - 1 }), file.createWriteStream());
}

async function copied(folder: string, name: string): Promise<BackedUpFile> {
  const facts = await factsOf(path.join(folder, name));
  if (!facts) throw new Error(`${name} could not be read back.`);
  return { path: name, ...facts };
}

async function syncTree(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) await syncPath(path.join(folder, name));
  await syncPath(folder);
}
