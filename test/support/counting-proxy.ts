import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CountingProxy {
  readonly url: string;
  /** Bytes that came in again after each point, in order; the last one is still counted. */
  resent(): readonly number[];
  close(): Promise<void>;
}

/** Where an upload is interrupted, in bytes of the file, and how. */
export interface Point {
  at: number;
  /** Runs when the first byte behind `at` comes in; `cut` resets the connection that it came on. */
  strike(cut: () => void): void;
}

/** A reverse proxy for one upload: counts the bytes of its chunks where they come in, and lets each point strike once. */
export async function startCountingProxy(target: { port: number }, points: readonly Point[]): Promise<CountingProxy> {
  const waiting = points.toSorted((a, b) => a.at - b.at);
  const resent = [0];
  let furthest = 0;

  const server = http.createServer((request, response) => {
    const cut = () => request.socket.resetAndDestroy();
    const { port } = target;
    const headers = { ...request.headers, host: `localhost:${port}` };
    const out = http.request({ host: '127.0.0.1', port, method: request.method, path: request.url, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.on('error', cut).pipe(response);
    });
    out.on('error', cut);
    response.on('close', () => out.destroy());
    let position = Number(request.headers['upload-offset'] ?? 0);
    request.on('data', (bytes: Buffer) => {
      const again = Math.min(bytes.length, Math.max(0, furthest - position));
      resent[resent.length - 1] = (resent.at(-1) as number) + again;
      position += bytes.length;
      furthest = Math.max(furthest, position);
      const point = waiting[0];
      if (!point || furthest <= point.at) return;
      waiting.shift();
      resent.push(0);
      point.strike(cut);
    });
    request.on('error', () => out.destroy());
    request.pipe(out);
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    resent: () => resent,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
