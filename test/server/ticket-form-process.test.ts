import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openDesks } from '../support/desks.ts';
import { formFields, multipart, postForm } from '../support/posted-form.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { hashesOnDisk, sha256 } from '../support/stored-files.ts';
import { storedRows } from '../support/stored-rows.ts';

interface Answer {
  status: number;
  text: string;
  headers: http.IncomingHttpHeaders;
}

describe('a form without a script, over a wire', { timeout: 60_000 }, () => {
  let dataDir: string;
  let server: ServerProcess;
  const start = () => startServer({ config: openDesks(), dataDir });

  before(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'storefront-form-'));
    server = await start();
  });
  after(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** A post whose body is written by hand. */
  const begin = (headers: Record<string, string | number>) => {
    const request = http.request(`${server.url}/v1/desks/open/tickets/form`, { method: 'POST', headers, agent: false });
    const answered = new Promise<Answer>((resolve, reject) => {
      request.on('error', reject);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString(), headers: response.headers }),
        );
      });
    });
    answered.catch(() => undefined);
    return { request, answered };
  };
  const uploads = () => storedRows(server, 'select id from upload where expires_at > 0');
  const held = () => storedRows(server, `select id from held_ticket where state = 'held'`);
  /** Asks the server something between two looks, so that both have their turn. */
  const until = async (is: () => Promise<boolean>) => {
    while (!(await is())) await fetch(`${server.url}/healthz`);
  };
  const disk = () => hashesOnDisk(path.join(dataDir, 'uploads'));

  it('is the same message after a crash', async () => {
    const fields = formFields();
    const bytes = Buffer.alloc(1_500_000, 'lamp ');
    const files = [{ name: 'a.txt', bytes }];
    assert.equal((await postForm(server.url, fields, files)).status, 202);
    await server.kill('SIGKILL');
    server = await start();
    assert.equal((await postForm(server.url, fields, files)).status, 202);
    assert.equal((await held()).length, 1);
    assert.deepEqual(disk(), [sha256(bytes)]);
    assert.equal((await storedRows(server, `select id from outbox where kind = 'held'`)).length, 1);
  });

  it('leaves nothing behind where its sender is cut off in the middle of a file', async () => {
    const before = (await uploads()).length;
    const { type, body } = multipart(formFields(), [{ name: 'a.txt', bytes: Buffer.alloc(3_000_000, 'x') }]);
    const { request } = begin({ 'Content-Type': type, 'Content-Length': body.length });
    request.write(body.subarray(0, 2_000_000));
    await until(async () => (await uploads()).length > before);
    request.destroy();
    await until(async () => (await uploads()).length === before && disk().length === 1);
    assert.equal((await held()).length, 1);
  });

  it('is read to its end where it is too large, so that its sender sees the page', async () => {
    const size = 60_000_000;
    const { type, body } = multipart(formFields({ subject: 'Kept' }), [{ name: 'large.txt', bytes: Buffer.alloc(0) }]);
    const at = body.lastIndexOf('\r\n--');
    const { request, answered } = begin({ 'Content-Type': type, 'Content-Length': body.length + size });
    request.write(body.subarray(0, at));
    const piece = Buffer.alloc(1_000_000, 'x');
    for (let sent = 0; sent < size; sent += piece.length) if (!request.write(piece)) await once(request, 'drain');
    request.end(body.subarray(at));
    const answer = await answered;
    assert.equal(answer.status, 422);
    assert.match(answer.text, /large\.txt[^<]*larger than 50.MB/);
    assert.ok(answer.text.includes('value="Kept"'));
    assert.equal(disk().length, 1);
  });

  it('is answered with what was read of it where the server stops', async () => {
    const { type, body } = multipart(formFields({ subject: 'Kept' }), [{ name: 'a.txt', bytes: Buffer.alloc(3_000_000, 'x') }]);
    const { request, answered } = begin({ 'Content-Type': type, 'Content-Length': body.length });
    request.write(body.subarray(0, 2_000_000));
    await until(async () => (await uploads()).length > 1);
    const stopped = server.kill('SIGTERM');
    const answer = await answered;
    assert.equal(answer.status, 503);
    assert.equal(answer.headers['retry-after'], '5');
    assert.equal(answer.headers.connection, 'close');
    assert.match(String(answer.headers['content-type']), /^text\/html/);
    assert.ok(answer.text.includes('value="Kept"') && answer.text.includes('Browsers do not keep chosen files'));
    await stopped;
    server = await start();
    assert.equal(disk().length, 1);
  });
});
