import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = path.join(root, 'packages/server/dist');

/** One line of the built server put in the place of another. */
export interface PlantedPatch {
  /** What is wrong then. */
  name: string;
  /** Below the build. */
  file: string;
  /** Stands there exactly once. */
  text: string;
  replacement: string;
}

/** The parts of one build of the server that tests put together themselves. */
export type ServerBuild = Awaited<ReturnType<typeof loadServer>>;

/** @param folder of a build; the real one otherwise. */
export async function loadServer(folder = dist) {
  const part = async <T>(file: string): Promise<T> => (await import(pathToFileURL(path.join(folder, file)).href)) as T;
  const [
    app,
    blobs,
    hub,
    proxies,
    origins,
    sqlite,
    connection,
    postgres,
    deskFile,
    sessions,
    keys,
    agentSessions,
    agents,
    received,
    rows,
    prune,
    threads,
    secrets,
    headers,
    manifests,
  ] = await Promise.all([
    part<typeof import('../../packages/server/dist/app.js')>('app.js'),
    part<typeof import('../../packages/server/dist/files/disk-blob-store.js')>('files/disk-blob-store.js'),
    part<typeof import('../../packages/server/dist/events/event-hub.js')>('events/event-hub.js'),
    part<typeof import('../../packages/server/dist/middleware/client-address.js')>('middleware/client-address.js'),
    part<typeof import('../../packages/server/dist/middleware/origins.js')>('middleware/origins.js'),
    part<typeof import('../../packages/server/dist/store/sql-store.js')>('store/sql-store.js'),
    part<typeof import('../../packages/server/dist/store/sqlite-connection.js')>('store/sqlite-connection.js'),
    part<typeof import('../../packages/server/dist/store/postgres-store.js')>('store/postgres-store.js'),
    part<typeof import('../../packages/server/dist/config/read-desk-file.js')>('config/read-desk-file.js'),
    part<typeof import('../../packages/server/dist/store/sessions.js')>('store/sessions.js'),
    part<typeof import('../../packages/server/dist/store/agent-keys.js')>('store/agent-keys.js'),
    part<typeof import('../../packages/server/dist/store/agent-sessions.js')>('store/agent-sessions.js'),
    part<typeof import('../../packages/server/dist/store/agents.js')>('store/agents.js'),
    part<typeof import('../../packages/server/dist/files/receive-upload.js')>('files/receive-upload.js'),
    part<typeof import('../../packages/server/dist/files/upload-rows.js')>('files/upload-rows.js'),
    part<typeof import('../../packages/server/dist/store/prune-expired.js')>('store/prune-expired.js'),
    part<typeof import('../../packages/server/dist/store/threads.js')>('store/threads.js'),
    part<typeof import('../../packages/server/dist/ticket-secret.js')>('ticket-secret.js'),
    part<typeof import('../../packages/server/dist/access/header-store.js')>('access/header-store.js'),
    part<typeof import('../../packages/server/dist/access/manifest-files.js')>('access/manifest-files.js'),
  ]);
  return {
    ...app,
    ...blobs,
    ...hub,
    ...proxies,
    ...origins,
    ...sqlite,
    ...connection,
    ...postgres,
    ...deskFile,
    ...sessions,
    ...keys,
    ...agentSessions,
    ...agents,
    ...received,
    ...rows,
    ...prune,
    ...threads,
    ...secrets,
    ...headers,
    ...manifests,
  };
}

/** The build with one line of it replaced, in a folder of its own until `remove`. Rejects where the line is not there just once. */
export async function loadPatchedServer({ name, file, text, replacement }: PlantedPatch) {
  const folder = await mkdtemp(path.join(tmpdir(), 'storefront-patched-'));
  const copy = path.join(folder, 'packages/server/dist');
  await mkdir(path.dirname(copy), { recursive: true });
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  await cp(path.join(root, 'packages/server/package.json'), path.join(folder, 'packages/server/package.json'));
  await cp(dist, copy, { recursive: true, filter: (from) => !/\.(map|d\.ts|tsbuildinfo)$|dist\/bundle/.test(from) });
  const source = await readFile(path.join(copy, file), 'utf8');
  if (source.split(text).length !== 2) throw new Error(`"${name}": ${file} does not hold the line once: ${text}`);
  await writeFile(
    path.join(copy, file),
    source.replace(text, () => replacement),
  );
  return { server: await loadServer(copy), remove: () => rm(folder, { recursive: true }) };
}
