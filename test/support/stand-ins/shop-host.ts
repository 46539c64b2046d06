import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import type { ConformanceFault } from '@storefront-support/contract/conformance';
import type { ShopPage, ShopServer } from '../shop-server.ts';

/** A request as a shop's own code sees it. */
export interface HostRequest {
  method: string;
  url: URL;
  headers: http.IncomingHttpHeaders;
  /** As they stand in the header, undecoded. */
  cookies: Map<string, string>;
  body: Buffer;
  /** Fields and files of an urlencoded or multipart body, in order. */
  form(): Promise<FormData>;
}

export interface HostAnswer {
  /** 200 otherwise. */
  status?: number;
  /** An HTML page otherwise. */
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
}

/** The platform's own addresses; undefined: not one of them. */
export type Platform = (request: HostRequest) => Promise<HostAnswer | undefined> | HostAnswer | undefined;

/** What a platform throws at a request that its documented contract does not have. */
export class Undocumented extends Error {}

/** One origin: a platform's own addresses, pages that a test puts there, and built files below a path. */
export interface ShopHost extends ShopServer {
  /** Pages of a test by path, as the theme prints them. */
  readonly pages: Record<string, ShopPage>;
  /** Folders of files by path, which ends with a slash; for example the built embed files. */
  readonly folders: Record<string, string>;
  /** What was asked that the documented contract does not have; each was answered 500. */
  readonly violations: string[];
  /** What every POST meets from now on. */
  fault: ConformanceFault | undefined;
  /** Method and path of every request to the platform, with the query. */
  readonly seen: string[];
}

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.html': 'text/html' };
const PAGE = { 'content-type': 'text/html; charset=utf-8' };

/** Takes connections that become something else than HTTP. */
export type Upgrade = (incoming: http.IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Starts the origin on a free port of the loopback. */
export async function startShopHost(platform: Platform, host = 'localhost', upgrade?: Upgrade): Promise<ShopHost> {
  const server = http.createServer((incoming, response) => void answer(incoming, response));
  if (upgrade) server.on('upgrade', upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const shop: ShopHost = {
    url: `http://${host}:${port}`,
    port,
    pages: {},
    folders: {},
    violations: [],
    fault: undefined,
    seen: [],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(incoming: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const request = await readRequest(incoming, shop.url);
    const { fault } = shop;
    const broken = request.method === 'POST' ? fault : undefined;
    if (broken === 'stall') return;
    if (broken && broken !== 'drop-answer') {
      const status = { 'status-500': 500, 'no-content': 204 }[broken as string] ?? 200;
      return void response.writeHead(status, PAGE).end(broken === 'html-answer' ? '<!doctype html><title>Proxy</title>' : undefined);
    }
    const { status = 200, headers, body = '' } = await made(request);
    // a browser sends again by itself what was lost on a connection that had served before
    response.setHeader('connection', 'close');
    if (broken === 'drop-answer') return void incoming.socket.destroy();
    response.writeHead(status, { ...PAGE, ...headers }).end(body);
  }

  async function made(request: HostRequest): Promise<HostAnswer> {
    const { pathname, search } = request.url;
    if (pathname === '/favicon.ico') return { status: 204 };
    const page = request.method === 'GET' ? shop.pages[pathname] : undefined;
    if (page) return { headers: page.headers ?? {}, body: page.html };
    const file = await fileAt(pathname, shop.folders);
    if (file) return file;
    shop.seen.push(`${request.method} ${pathname}${search}`);
    try {
      return (await platform(request)) ?? { status: 404, body: '<!doctype html><title>404</title>' };
    } catch (error) {
      shop.violations.push(error instanceof Undocumented ? error.message : String((error as Error).stack));
      return { status: 500, body: '<!doctype html><title>500</title>' };
    }
  }
  return shop;
}

async function readRequest(incoming: http.IncomingMessage, origin: string): Promise<HostRequest> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces);
  const { method = 'GET', headers, url = '/' } = incoming;
  const pairs = (headers.cookie ?? '').split(/; */).filter(Boolean);
  return {
    method,
    url: new URL(url, origin),
    headers,
    cookies: new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
    body,
    form: () => new Response(body, { headers: { 'content-type': headers['content-type'] ?? '' } }).formData(),
  };
}

/** The file that a path leads to in folders by path; undefined: none. */
export async function fileAt(pathname: string, folders: Record<string, string>): Promise<HostAnswer | undefined> {
  const place = Object.keys(folders).find((prefix) => pathname.startsWith(prefix));
  if (!place || pathname.includes('..')) return undefined;
  const body = await readFile(path.join(folders[place]!, decodeURIComponent(pathname.slice(place.length)))).catch(() => undefined);
  return body && { headers: { 'content-type': TYPES[path.extname(pathname)] ?? 'application/octet-stream' }, body };
}

/** Throws at the first name that is none of the documented ones. */
export function refuseOthers(names: Iterable<string>, documented: (string | RegExp)[], where: string): void {
  for (const name of names)
    if (!documented.some((known) => (typeof known === 'string' ? known === name : known.test(name))))
      throw new Undocumented(`${where}: "${name}" is not documented`);
}

/** PHP sessions: the one of a request by its cookie, or a new one with the header that sets it. */
export class HostSessions<T> {
  readonly #sessions = new Map<string, T>();
  readonly #cookie: string;
  readonly #make: () => T;

  constructor(cookie: string, make: () => T) {
    this.#cookie = cookie;
    this.#make = make;
  }

  open({ cookies }: HostRequest): { session: T; setCookie: string[] } {
    const known = this.#sessions.get(cookies.get(this.#cookie) ?? '');
    if (known) return { session: known, setCookie: [] };
    const [id, session] = [randomUUID(), this.#make()];
    this.#sessions.set(id, session);
    return { session, setCookie: [`${this.#cookie}=${id}; Path=/; HttpOnly; SameSite=Lax`] };
  }
}

/** Text as HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
