import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { CounterClient, digest } from '../support/counter-client.ts';
import { openDesks } from '../support/desks.ts';
import { startServer } from '../support/server-process.ts';

const SIZE = 400_000;
const SENT = 150_000;

describe('a server that is stopped while bytes are on their way', () => {
  for (const [what, checksum, kept] of [
    ['keeps what arrived of a body', undefined, SENT],
    ['discards a chunk with a checksum that is not whole', `sha256 ${digest(Buffer.alloc(SIZE, 65))}`, 0],
  ] as const) {
    it(`${what}, says when to come back, and ends within ten seconds`, { timeout: 60_000 }, async () => {
      const dataDir = await mkdtemp(path.join(tmpdir(), 'storefront-upload-'));
      let server = await startServer({ config: openDesks(), dataDir });
      try {
        const client = new CounterClient(server.url, 'open');
        const url = client.at(await client.create(SIZE, { filename: 'a.txt' }));
        const socket = net.connect(server.port, '127.0.0.1');
        let answer = '';
        socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
        const head = {
          Host: `localhost:${server.port}`,
          'Tus-Resumable': '1.0.0',
          Authorization: `Bearer ${client.secret}`,
          'Content-Type': 'application/offset+octet-stream',
          'Content-Length': SIZE,
          'Upload-Offset': 0,
          Expect: '100-continue',
          ...(checksum ? { 'Upload-Checksum': checksum } : {}),
        };
        const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
        socket.write(`PATCH ${new URL(url).pathname} HTTP/1.1\r\n${lines.join('')}\r\n`);
        while (!answer.includes('100 Continue')) await once(socket, 'data');
        socket.write(Buffer.alloc(SENT, 65));
        const began = performance.now();
        const gone = server.kill('SIGTERM');
        await once(socket, 'close');
        await gone;
        assert.ok(performance.now() - began < 10_000);
        assert.equal(server.child.exitCode, 0);
        assert.match(answer, /HTTP\/1\.1 503 Service Unavailable/);
        assert.match(answer, /retry-after: [1-9]/i);
        assert.match(answer, /connection: close/i);
        assert.match(answer, /"code":"unavailable"/);

        server = await startServer({ config: openDesks(), dataDir });
        const again = new CounterClient(server.url, 'open', client.secret);
        assert.equal(await again.offset(`${again.uploads}/${url.split('/').at(-1)}`), kept);
      } finally {
        await server.stop();
        await rm(dataDir, { recursive: true, force: true });
      }
    });
  }
});
