import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { shopDesks } from '../desks.ts';
import { startServer, type ServerProcess } from '../server-process.ts';

/** One request as it came in. */
export interface Received {
  method: string;
  /** With the host. */
  url: string;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

export interface HostDocument {
  body: string | Buffer;
  headers?: Record<string, string>;
}

/**
 * Shops, each case's on an origin of its own so that nothing kept in a browser is shared, the real server, and a door in front of
 * that which writes down every byte that a form sends.
 */
export interface HostRoom {
  readonly server: ServerProcess;
  /** Where the built embed file is. */
  readonly embed: string;
  /** Origin of the door. */
  readonly api: string;
  /** Origin of a case's shop. */
  originOf(name: string): string;
  /** Endpoint of a case. */
  endpointOf(name: string): string;
  /** Puts a document into a case's shop. */
  put(name: string, path: string, document: HostDocument): void;
  /** Puts a file into every shop. */
  putForAll(path: string, document: HostDocument): void;
  /** What has come to the door for this case. */
  sent(name: string): Received[];
  /** What has been asked of this case's shop. */
  asked(name: string): Received[];
  close(): Promise<void>;
}

/** @param names of the cases. */
export async function openHostRoom(names: readonly string[]): Promise<HostRoom> {
  const documents = new Map<string, HostDocument>();
  const asked = new Map<string, Received[]>();
  const sent = new Map<string, Received[]>();
  const note = (notes: Map<string, Received[]>, name: string, received: Received) => {
    notes.set(name, [...(notes.get(name) ?? []), received]);
  };
  const shop = http.createServer((request, response) => {
    void buffer(request).then((body) => {
      const host = request.headers.host ?? '';
      const name = host.split('.')[0] as string;
      const { pathname } = new URL(request.url ?? '/', 'http://shop');
      if (pathname === '/favicon.ico') return void response.writeHead(204).end();
      note(asked, name, { method: request.method ?? '', url: host + (request.url ?? ''), headers: request.headers, body });
      const found = documents.get(name + pathname) ?? documents.get(pathname);
      if (!found) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...found.headers }).end(found.body);
    });
  });
  const door = http.createServer((request, response) => {
    void buffer(request).then((body) => {
      const [, name = '', path = ''] = /^\/~([\w-]+)(\/.*)$/.exec(request.url ?? '') ?? [];
      note(sent, name, { method: request.method ?? '', url: path, headers: request.headers, body });
      const { hostname, port, host } = new URL(server.url);
      const out = http.request({ hostname, port, path, method: request.method, headers: { ...request.headers, host } }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      });
      out.on('error', () => request.socket.destroy());
      out.end(body);
    });
  });
  const [shopPort, doorPort] = [await listen(shop), await listen(door)];
  const originOf = (name: string) => `http://${name}.localhost:${shopPort}`;
  const server = await startServer({ config: shopDesks(names.map(originOf), { proofOfWork: 10 }) });
  const api = `http://localhost:${doorPort}`;
  return {
    server,
    api,
    embed: `${server.url}/embed.js`,
    originOf,
    endpointOf: (name) => `${api}/~${name}`,
    put: (name, path, document) => void documents.set(name + path, document),
    putForAll: (path, document) => void documents.set(path, document),
    sent: (name) => sent.get(name) ?? [],
    asked: (name) => asked.get(name) ?? [],
    async close() {
      for (const one of [shop, door]) one.closeAllConnections();
      await Promise.all([shop, door].map((one) => new Promise((resolve) => one.close(resolve))));
      await server.stop();
    },
  };
}

async function listen(server: http.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A file of a dependency, as it is. */
export const fileOf = (path: string): Promise<string> => readFile(new URL(`../../../node_modules/${path}`, import.meta.url), 'utf8');
