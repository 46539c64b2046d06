import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const HEADERS_MS = 20_000;
const KEEP_ALIVE_MS = 20_000;
/** A silent connection is given up; an upload that keeps moving may take as long as it needs. */
const SILENCE_MS = 60_000;
const PORT_TRIES = 5;
const ABSENT_FAMILY = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/** Resolves when nothing of the request is left to do, its connection gone or not. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;

/** Sockets of one server, all on one port. */
export interface Listening {
  readonly port: number;
  /**
   * Takes no new connection, lets running requests finish, and cuts what is left after `graceMs`. Resolves when the last of them
   * has put away what had arrived.
   */
  close(graceMs: number): Promise<void>;
}

/**
 * Listens on every address. With port 0 the first address chooses it and the others follow.
 *
 * @param addresses families that this machine lacks are left out; none left rejects.
 */
export async function listen(handle: Handle, port: number, addresses: readonly string[]): Promise<Listening> {
  for (let tries = 1; ; tries++) {
    try {
      return await listenOnce(handle, port, addresses);
    } catch (error) {
      // the free port of one family can be taken in the other
      if (port === 0 && (error as NodeJS.ErrnoException).code === 'EADDRINUSE' && tries < PORT_TRIES) continue;
      throw error;
    }
  }
}

async function listenOnce(handle: Handle, wanted: number, addresses: readonly string[]): Promise<Listening> {
  const servers: Server[] = [];
  const running = new Set<Promise<unknown>>();
  let port = wanted;
  let stopping = false;
  const listener: RequestListener = (request, response) => {
    if (stopping) response.setHeader('Connection', 'close');
    // persistent is what HTTP/1.1 means anyway; two headers fewer on every answer
    else if (request.httpVersion === '1.1') response.removeHeader('Connection');
    response.once('close', () => {
      if (stopping) setImmediate(() => servers.forEach((server) => server.closeIdleConnections()));
    });
    const handled = handle(request, response).finally(() => running.delete(handled));
    running.add(handled);
  };
  try {
    let absent: unknown;
    for (const host of addresses) {
      const server = createServer({ headersTimeout: HEADERS_MS, keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, listener);
      server.setTimeout(SILENCE_MS);
      server.listen({ port, host, exclusive: true });
      try {
        await once(server, 'listening');
      } catch (error) {
        if (!ABSENT_FAMILY.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
        absent = error;
        continue;
      }
      port = (server.address() as AddressInfo).port;
      servers.push(server);
    }
    if (servers.length === 0) throw absent;
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
  return {
    port,
    async close(graceMs) {
      stopping = true;
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      const cut = setTimeout(() => {
        for (const server of servers) server.closeAllConnections();
      }, graceMs);
      await Promise.all(closed);
      clearTimeout(cut);
      await Promise.allSettled(running);
    },
  };
}
