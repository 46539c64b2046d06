import path from 'node:path';
import { diskHeaderStore } from '../access/header-store.js';
import { diskBlobStore } from '../files/disk-blob-store.js';
import { readInstallSecret } from '../install-secret.js';
import type { Log, LogFacts } from '../ports.js';
import { applyErasures } from '../privacy/erase-person.js';
import { installationId, sharedInstallSecret } from './installation.js';
import { openPostgresStore } from './postgres-store.js';
import { lockFolder } from './process-lock.js';
import { refuseHalfRestored } from './restoring.js';
import { bindFolder, refuseBoundFolder } from './shared-folder.js';
import { openSqlStore } from './sql-store.js';
import type { Store } from './unit-of-work.js';

export interface OpenStoreOptions {
  /** Exists. */
  dataDir: string;
  /** Postgres; undefined: SQLite in the data folder. */
  databaseUrl: string | undefined;
  /** Of the headers of sealed records; `headers` in the data folder otherwise. */
  headerDir?: string | undefined;
}

export interface OpenedStore {
  store: Store;
  installSecret: Uint8Array;
  /** True where no other process can be at work on the same rows. */
  alone: boolean;
  /** For the log: how durable the engine says it is. */
  facts: LogFacts;
  /** Closes the store and lets go of the folder. */
  close(): Promise<void>;
}

/** Opens the store that the environment asks for. Rejects, holding nothing, with an error that an operator can act on. */
export async function openStore(
  { dataDir, databaseUrl, headerDir = path.join(dataDir, 'headers') }: OpenStoreOptions,
  log: Log,
): Promise<OpenedStore> {
  refuseHalfRestored(dataDir);
  await using undo = new AsyncDisposableStack();
  if (databaseUrl === undefined) {
    refuseBoundFolder(dataDir);
    const lock = lockFolder(dataDir);
    undo.defer(() => lock.release());
    const store = await openSqlStore(dataDir);
    undo.defer(() => store.close());
    const installSecret = await readInstallSecret(dataDir);
    await forgetErased({ dataDir, headerDir }, store, installSecret, log);
    const held = undo.move();
    return { store, installSecret, alone: true, facts: { ...store.pragmas }, close: () => held.disposeAsync() };
  }
  const store = await openPostgresStore(databaseUrl, (error) => log.warn('database-connection-lost', { error: error.name }));
  undo.defer(() => store.close());
  const installSecret = await sharedInstallSecret(store, Date.now());
  await bindFolder(dataDir, installationId(installSecret));
  await forgetErased({ dataDir, headerDir }, store, installSecret, log);
  const held = undo.move();
  return { store, installSecret, alone: false, facts: { ...store.facts }, close: () => held.disposeAsync() };
}

/** A database that was put back from a backup may know people whom it should not. */
async function forgetErased(
  { dataDir, headerDir }: { dataDir: string; headerDir: string },
  store: Store,
  installSecret: Uint8Array,
  log: Log,
): Promise<void> {
  const blobs = diskBlobStore(path.join(dataDir, 'uploads'));
  const count = await applyErasures({ store, blobs, headers: diskHeaderStore(headerDir), dataDir, installSecret }, Date.now());
  if (count > 0) log.info('erased-again', { count });
}
