import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ShopServer {
  /** Without a trailing slash; host name as given. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface ShopPage {
  html: string;
  headers?: Record<string, string>;
}

/** A shop that is not our server: one page per path, with the headers the shop's own server would send. */
export async function startShop(pages: Record<string, ShopPage>, host = 'localhost'): Promise<ShopServer> {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    const page = pages[pathname];
    if (!page) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
