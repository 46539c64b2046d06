import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyOf, type Exchange } from './releases.ts';

/** Headers that mean something to either side; the rest is the platform's. */
const KEPT =
  /^(origin|authorization|allow|content-type|cache-control|idempotency-key|support-.*|location|retry-after|access-control-.*|tus-.*|upload-.*)$/;

export interface RecordingProxy {
  readonly url: string;
  readonly port: number;
  readonly exchanges: Exchange[];
  /** Says what the next requests are made for. */
  about(text: string): void;
  close(): Promise<void>;
}

/** Passes requests on to the server and writes both ways down. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const { hostname, port: targetPort, host } = new URL(target);
  const exchanges: Exchange[] = [];
  let about = '';
  const server = http.createServer((request, response) => {
    const exchange: Exchange = {
      about,
      request: { method: request.method ?? '', path: request.url ?? '', headers: kept(request.headers), body: null },
      answer: { status: 0, headers: {}, body: null },
    };
    exchanges.push(exchange);
    void (async () => {
      const sent = await bytesIn(request);
      exchange.request.body = bodyOf(sent, request.headers['content-type']);
      const out = http.request({
        host: hostname,
        port: targetPort,
        method: request.method,
        path: request.url,
        // kept readable, whatever the asker could unpack
        headers: { ...request.headers, host, 'accept-encoding': 'identity' },
        agent: false,
      });
      out.on('response', (answer) => {
        void (async () => {
          const received = await bytesIn(answer);
          exchange.answer = {
            status: answer.statusCode ?? 0,
            headers: kept(answer.headers),
            body: bodyOf(received, answer.headers['content-type']),
          };
          response.writeHead(exchange.answer.status, answer.rawHeaders).end(received);
        })();
      });
      out.on('error', () => request.socket.destroy());
      out.end(sent);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    exchanges,
    about: (text) => void (about = text),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function kept(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (KEPT.test(name) ? [[name, String(value)]] : [])));
}

async function bytesIn(stream: http.IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
