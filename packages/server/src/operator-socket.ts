import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import path from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AppEnv } from './ports.js';

/** What systems hold of such an address, the final zero included, is 104 bytes at least. */
const ADDRESS_MAX = 103;

/** Where the command line finds a running server; null where the system has no such place: the server has to be stopped first then. */
export function socketPath(dataDir: string): string | null {
  const file = path.join(dataDir, 'desk.sock');
  return process.platform === 'win32' || Buffer.byteLength(file) > ADDRESS_MAX ? null : file;
}

/**
 * Serves `app` to this user's processes alone, through a socket in the data folder. To be called by the one process that holds the
 * folder: a socket that is there already belongs to one that died.
 */
export async function serveOperator(dataDir: string, app: Hono<AppEnv>): Promise<{ close(): Promise<void> }> {
  const file = socketPath(dataDir);
  if (file === null) return { close: () => Promise.resolve() };
  await rm(file, { force: true });
  const listener = getRequestListener((request, env) => app.fetch(request, env), { overrideGlobalObjects: false, hostname: 'localhost' });
  const server = createServer((request, response) => void listener(request, response));
  // nobody else can enter the folder; nor connect, in the moment before chmod, where the folder is open to others
  const before = process.umask(0o177);
  try {
    server.listen(file);
  } finally {
    process.umask(before);
  }
  await once(server, 'listening');
  await chmod(file, 0o600);
  return {
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
      await rm(file, { force: true });
    },
  };
}
