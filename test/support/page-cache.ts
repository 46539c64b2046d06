import http from 'node:http';
import type { AddressInfo } from 'node:net';

const THIRTY_DAYS_S = 30 * 24 * 3_600;

export interface KeptAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

export interface PageCache {
  /** Without a trailing slash. */
  readonly url: string;
  /** The first answer to every GET that a cache may keep, by path. */
  readonly kept: Map<string, KeptAnswer>;
  /** How often a kept page went out, by path. */
  readonly hits: Map<string, number>;
  close(): Promise<void>;
}

/**
 * A full-page cache in front of a whole site, as shops have it: whatever its origin does not forbid to store is kept, and pages go
 * out to everybody as they were the first time, dated thirty days back. All else is passed on.
 */
export async function startPageCache(target: string): Promise<PageCache> {
  const { hostname, port, host } = new URL(target);
  const kept = new Map<string, KeptAnswer>();
  const hits = new Map<string, number>();
  const server = http.createServer((request, response) => {
    const path = request.url ?? '/';
    const page = request.method === 'GET' ? kept.get(path) : undefined;
    if (page && /^text\/html/.test(page.headers['content-type'] ?? '')) {
      hits.set(path, (hits.get(path) ?? 0) + 1);
      return void response.writeHead(page.status, aged(page.headers)).end(page.body);
    }
    const out = http.request(
      {
        hostname,
        port,
        path,
        method: request.method,
        // kept readable, whatever the browser could unpack
        headers: { ...request.headers, host, 'accept-encoding': 'identity' },
        agent: false,
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const body = Buffer.concat(parts);
          const mayKeep = request.method === 'GET' && !/no-store|private/.test(answer.headers['cache-control'] ?? '');
          const fresh = { status: answer.statusCode ?? 502, headers: answer.headers, body };
          if (mayKeep && !kept.has(path)) kept.set(path, fresh);
          const isPage = mayKeep && /^text\/html/.test(answer.headers['content-type'] ?? '');
          response.writeHead(fresh.status, isPage ? aged(answer.headers) : answer.headers).end(body);
        });
      },
    );
    out.on('error', () => request.socket.destroy());
    request.pipe(out);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    kept,
    hits,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function aged(headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders {
  const date = new Date(Date.now() - THIRTY_DAYS_S * 1_000).toUTCString();
  return { ...headers, date, age: String(THIRTY_DAYS_S), 'cache-control': 'public, max-age=31536000' };
}
