import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  LocalEventHub,
  OwnOrigins,
  TrustedProxies,
  createApp,
  diskBlobStore,
  diskHeaderStore,
  jsonLog,
  manifestFiles,
  openSqlStore,
  parseDeskFile,
  type SqlStore,
} from '@storefront-support/server';
import { openDesks } from './desks.ts';

/** The app as its package exports it, in this process, with nothing listening and nothing filed. */
export interface BareApp {
  app: ReturnType<typeof createApp>;
  store: SqlStore;
  /** Also where a test has closed the store itself. */
  close(): Promise<void>;
}

/** @param log takes each line; `publicUrl`: what the server is called from outside. */
export async function openBareApp({
  log = () => undefined,
  publicUrl,
}: { log?: (line: string) => void; publicUrl?: string } = {}): Promise<BareApp> {
  const folder = await mkdtemp(path.join(tmpdir(), 'storefront-app-'));
  const store = await openSqlStore(folder);
  const desks = new Map(parseDeskFile(JSON.stringify(openDesks()), 'desks.yaml').map((config) => [config.desk.id, config]));
  const own = new OwnOrigins();
  own.listen({ port: 8480, ...(publicUrl && { publicUrl }) });
  const app = createApp(
    {
      store,
      desks,
      blobs: diskBlobStore(folder),
      headers: diskHeaderStore(folder),
      manifests: manifestFiles(folder),
      events: new LocalEventHub(),
      log: jsonLog(log),
      now: Date.now,
      installSecret: randomBytes(32),
      mailWaiting: () => undefined,
    },
    { own, proxies: new TrustedProxies([]), isStopping: () => false, embedDir: folder },
  );
  return {
    app,
    store,
    async close() {
      await store.close().catch(() => undefined);
      await rm(folder, { recursive: true });
    },
  };
}
