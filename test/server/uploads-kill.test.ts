import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { CounterClient, newSecret } from '../support/counter-client.ts';
import { openDesks } from '../support/desks.ts';
import { startServer } from '../support/server-process.ts';
import { hashesOnDisk, sha256 } from '../support/stored-files.ts';

const MEGABYTE = 1_000_000;

it('resumes 40 MB after the server was killed in the middle, and stores the same bytes', { timeout: 120_000 }, async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'storefront-upload-'));
  const config = openDesks();
  let process = await startServer({ config, dataDir });
  try {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(40 * MEGABYTE)]);
    const secret = newSecret();
    let own = new CounterClient(process.url, 'open', secret);
    const id = own
      .at(await own.create(bytes.length, { filename: 'large.pdf', sha256: sha256(bytes) }))
      .split('/')
      .at(-1);
    const sending = own.patch(`${own.uploads}/${id}`, 0, bytes).catch(() => null);
    while ((await own.offset(`${own.uploads}/${id}`)) < 12 * MEGABYTE);
    await process.kill('SIGKILL');
    assert.equal(await sending, null);

    process = await startServer({ config, dataDir });
    own = new CounterClient(process.url, 'open', secret);
    const url = `${own.uploads}/${id}`;
    const offset = await own.offset(url);
    assert.ok(offset >= 12 * MEGABYTE && offset < bytes.length, `offset ${offset}`);
    const rest = await own.patch(url, offset, bytes.subarray(offset));
    assert.equal(rest.status, 204);
    assert.equal(rest.headers.get('upload-offset'), String(bytes.length));
    assert.deepEqual(hashesOnDisk(path.join(dataDir, 'uploads')), [sha256(bytes)]);
  } finally {
    await process.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});

it('keeps every byte that had arrived when the server was stopped in the middle', { timeout: 60_000 }, async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'storefront-upload-'));
  const config = openDesks();
  let server = await startServer({ config, dataDir });
  try {
    const own = new CounterClient(server.url, 'open');
    const url = own.at(await own.create(MEGABYTE, { filename: 'a.txt' }));
    const request = http.request(url, {
      method: 'PATCH',
      headers: {
        'Tus-Resumable': '1.0.0',
        Authorization: `Bearer ${own.secret}`,
        'Content-Type': 'application/offset+octet-stream',
        'Upload-Offset': '0',
        'Content-Length': String(MEGABYTE),
        Expect: '100-continue',
      },
    });
    request.on('error', () => undefined);
    request.flushHeaders();
    await once(request, 'continue');
    const gone = once(server.child, 'exit');
    server.child.kill('SIGTERM');
    while (
      await fetch(`${server.url}/healthz`).then(
        (answer) => answer.ok,
        () => false,
      )
    );
    await new Promise((resolve) => request.write(Buffer.alloc(300_000, 65), resolve));
    request.socket?.end();
    assert.deepEqual(await gone, [0, null]);
    server = await startServer({ config, dataDir });
    const again = new CounterClient(server.url, 'open', own.secret);
    assert.equal(await again.offset(`${again.uploads}/${url.split('/').at(-1)}`), 300_000);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
