import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { diskHeaderStore } from '../../packages/server/dist/access/header-store.js';
import { manifestFiles } from '../../packages/server/dist/access/manifest-files.js';
import { readDeskFile } from '../../packages/server/dist/config/read-desk-file.js';
import { LocalEventHub } from '../../packages/server/dist/events/event-hub.js';
import { diskBlobStore } from '../../packages/server/dist/files/disk-blob-store.js';
import type { Ports } from '../../packages/server/dist/ports.js';
import { openPostgresStore } from '../../packages/server/dist/store/postgres-store.js';
import { openSqlStore } from '../../packages/server/dist/store/sql-store.js';
import type { Store } from '../../packages/server/dist/store/unit-of-work.js';
import { writeFile } from 'node:fs/promises';

export interface CounterRoom {
  ports: Ports;
  folder: string;
  /** Lines that went to the log. */
  logged: string[];
  /** Moves the clock. */
  pass(ms: number): void;
  close(): Promise<void>;
}

/** SQLite in the folder or, with `DATABASE=postgres` in the environment, a new database. */
async function openStoreIn(folder: string): Promise<Store> {
  if (process.env['DATABASE'] !== 'postgres') return openSqlStore(folder);
  const { newDatabase } = await import('./postgres.ts');
  return openPostgresStore(await newDatabase());
}

/** The server's real parts on a real database, in this process, under a clock of the test's own. */
export async function openCounterRoom(config: unknown): Promise<CounterRoom> {
  const folder = await mkdtemp(path.join(tmpdir(), 'storefront-room-'));
  const deskFile = path.join(folder, 'desks.yaml');
  await writeFile(deskFile, JSON.stringify(config));
  const desks = new Map((await readDeskFile(deskFile)).map((desk) => [desk.desk.id, desk]));
  const store = await openStoreIn(folder);
  const logged: string[] = [];
  const line = (level: string) => (event: string, facts?: object) => void logged.push(JSON.stringify({ level, event, ...facts }));
  let now = Date.parse('2026-06-01T08:00:00Z');
  const log = { info: line('info'), warn: line('warn'), error: line('error') };
  const blobs = diskBlobStore(path.join(folder, 'uploads'));
  return {
    ports: {
      store,
      desks,
      blobs,
      headers: diskHeaderStore(path.join(folder, 'headers')),
      manifests: manifestFiles(path.join(folder, 'vault')),
      events: new LocalEventHub(),
      log,
      now: () => now,
      installSecret: Buffer.alloc(32, 7),
      mailWaiting: () => undefined,
    },
    folder,
    logged,
    pass: (ms) => void (now += ms),
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
