import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Upload } from 'tus-js-client';
import { base64, CounterClient, digest, newSecret } from '../support/counter-client.ts';
import { openDesks } from '../support/desks.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { hashesOnDisk, sha256 } from '../support/stored-files.ts';

const MEGABYTE = 1_000_000;
const PIECE = 512 * 1024;
const pdf = (size: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(Math.max(0, size - 9))]);
const CHUNK = { 'Content-Type': 'application/offset+octet-stream' };

let server: ServerProcess;
let client: CounterClient;
const stored = () => hashesOnDisk(path.join(server.dataDir, 'uploads'));

before(async () => {
  server = await startServer({ config: openDesks() });
});
after(() => server.stop());

describe('uploads', () => {
  before(() => {
    client = new CounterClient(server.url, 'open');
  });

  it('says what it can do', async () => {
    const answer = await client.send('OPTIONS', client.uploads, { 'Tus-Resumable': undefined });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get('tus-version'), '1.0.0');
    assert.equal(answer.headers.get('tus-extension'), 'creation,termination,expiration,checksum');
    assert.equal(answer.headers.get('tus-checksum-algorithm'), 'sha1,sha256');
    assert.equal(answer.headers.get('tus-max-size'), '50000000');
  });

  it('stores what was sent, byte for byte, and reports offset, length and expiry', async () => {
    const bytes = pdf(1_300_000);
    const created = await client.create(bytes.length, { filename: 'invoice.pdf', sha256: sha256(bytes) });
    assert.equal(created.status, 201);
    assert.match(created.headers.get('location') ?? '', /^uploads\/[\w-]{43}$/);
    const url = client.at(created);
    for (let offset = 0; offset < bytes.length; offset += PIECE) {
      const chunk = bytes.subarray(offset, offset + PIECE);
      const algorithm = offset === 0 ? 'sha1' : 'sha256';
      const answer = await client.patch(url, offset, chunk, { 'Upload-Checksum': `${algorithm} ${digest(chunk, algorithm)}` });
      assert.equal(answer.status, 204);
      assert.equal(answer.headers.get('upload-offset'), String(offset + chunk.length));
      assert.ok(Date.parse(answer.headers.get('upload-expires') ?? '') > Date.now() + 23 * 3_600_000);
    }
    const head = await client.send('HEAD', url);
    assert.equal(head.status, 200);
    assert.equal(head.headers.get('upload-offset'), String(bytes.length));
    assert.equal(head.headers.get('upload-length'), String(bytes.length));
    assert.equal(head.headers.get('cache-control'), 'no-store');
    assert.equal(head.headers.get('tus-resumable'), '1.0.0');
    assert.ok(stored().includes(sha256(bytes)));
  });

  it('never gives a file back', async () => {
    const { url } = await client.upload('a.pdf', pdf(5_000));
    const answer = await client.send('GET', url);
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.get('allow'), 'HEAD, PATCH, DELETE, OPTIONS');
    assert.equal(answer.json.code, 'method-not-allowed');
  });

  it('does not exist for the holder of another secret', async () => {
    const { url } = await client.upload('a.pdf', pdf(5_000));
    for (const Authorization of [`Bearer ${newSecret()}`, undefined, 'Basic abc', 'Bearer short']) {
      assert.equal((await client.send('HEAD', url, { Authorization })).status, 404);
      const patched = await client.patch(url, 5_000, Buffer.from(''), { Authorization });
      assert.deepEqual([patched.status, patched.json.code], [404, 'not-found']);
      assert.equal((await client.send('DELETE', url, { Authorization })).status, 404);
    }
    const foreign = new CounterClient(server.url, 'open');
    const ticket = await foreign.ticket({ attachmentIds: [url.split('/').at(-1)] });
    assert.equal(ticket.status, 422);
    assert.equal(ticket.json.fields?.['attachmentIds.0']?.code, 'unknown');
    assert.equal(await client.offset(url), 5_000);
  });

  it('frees the disk when an upload is taken back', async () => {
    const bytes = pdf(9_000);
    const { url } = await client.upload('a.pdf', bytes);
    assert.ok(stored().includes(sha256(bytes)));
    assert.equal((await client.send('DELETE', url)).status, 204);
    assert.ok(!stored().includes(sha256(bytes)));
    assert.equal((await client.send('HEAD', url)).status, 410);
    assert.equal((await client.patch(url, 9_000, Buffer.from(''))).status, 410);
    assert.equal((await client.send('DELETE', url)).status, 410);
  });

  it('discards a chunk that is not what its checksum says', async () => {
    const bytes = pdf(8_000);
    const url = client.at(await client.create(bytes.length, { filename: 'a.pdf' }));
    const wrong = await client.patch(url, 0, bytes, { 'Upload-Checksum': `sha256 ${digest(Buffer.from('else'))}` });
    assert.deepEqual([wrong.status, wrong.json.code], [460, 'checksum-mismatch']);
    assert.equal(await client.offset(url), 0);
    assert.equal((await client.patch(url, 0, bytes, { 'Upload-Checksum': `sha256 ${digest(bytes)}` })).status, 204);
    assert.ok(stored().includes(sha256(bytes)));
  });

  it('discards a chunk with a checksum that was cut, and keeps one without as far as it came', async () => {
    const bytes = pdf(400_000);
    for (const checksum of [`sha256 ${digest(bytes)}`, undefined]) {
      const url = client.at(await client.create(bytes.length, { filename: 'a.pdf' }));
      await cutPatch(url, bytes, 200_000, checksum);
      let offset = await client.offset(url);
      // the server hears of the cut when it hears of it; the chunk without a checksum is written then
      while (!checksum && offset === 0) offset = await client.offset(url);
      if (checksum) assert.equal(offset, 0);
      else assert.ok(offset > 0 && offset <= 200_000, `offset ${offset}`);
      const rest = await patchWhenFree(url, bytes);
      assert.equal(rest.status, 204);
      assert.ok(stored().includes(sha256(bytes)));
      await client.send('DELETE', url);
    }
  });

  it('refuses a file that is another than announced, and removes it', async () => {
    const bytes = pdf(6_000);
    const { answer, url } = await client.upload('a.pdf', bytes, { sha256: sha256(Buffer.from('else')) });
    assert.deepEqual([answer.status, answer.json.code], [460, 'checksum-mismatch']);
    assert.equal((await client.send('HEAD', url)).status, 410);
    assert.ok(!stored().includes(sha256(bytes)));
  });

  it('refuses a program that calls itself a picture, and says so', async () => {
    const elf = readFileSync(process.execPath).subarray(0, 3 * MEGABYTE);
    const { answer, url } = await client.upload('holiday.png', elf, { type: 'image/png' });
    assert.deepEqual([answer.status, answer.json.code], [415, 'type-not-allowed']);
    assert.match(answer.json.detail ?? '', /executable program \(application\/x-elf\).*Accepted: image\/png/);
    assert.equal((await client.send('HEAD', url)).status, 410);
  });

  it('refuses a file over the limit before a byte of it is sent', async () => {
    const answer = await client.create(50_000_001, { filename: 'large.pdf' });
    assert.deepEqual([answer.status, answer.json.code], [413, 'too-large']);
    assert.match(answer.json.detail ?? '', /50000000 bytes/);
  });

  it('takes no more than was announced', async () => {
    const url = client.at(await client.create(10, { filename: 'a.txt' }));
    const answer = await client.patch(url, 0, Buffer.from('more than ten'));
    assert.deepEqual([answer.status, answer.json.code], [413, 'too-large']);
    assert.equal(await client.offset(url), 0);
  });

  it('says so before a body without end has filled its memory', async () => {
    const url = client.at(await client.create(10, { filename: 'a.txt' }));
    const headers = { 'Tus-Resumable': '1.0.0', Authorization: `Bearer ${client.secret}`, 'Upload-Offset': '0', ...CHUNK };
    const request = http.request(url, { method: 'PATCH', headers });
    request.on('error', () => undefined);
    request.write(Buffer.alloc(1_000, 65));
    const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
    assert.equal(answer.statusCode, 413);
    request.destroy();
    assert.equal(await client.offset(url), 0);
  });

  it('gives a file to one of several tickets that ask for it at once', async () => {
    const { id } = await client.upload('a.pdf', pdf(100));
    const answers = await Promise.all(Array.from({ length: 6 }, () => client.ticket({ attachmentIds: [id] })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 422, 422, 422, 422, 422]);
  });

  it('lets one of two writers win', async () => {
    const bytes = pdf(2_000_000);
    const url = client.at(await client.create(bytes.length, { filename: 'a.pdf' }));
    const answers = await Promise.all(Array.from({ length: 6 }, () => client.patch(url, 0, bytes)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 409, 409, 409, 409, 409]);
    assert.ok(stored().includes(sha256(bytes)));
  });

  it('refuses other versions, media types, offsets and deferred lengths in so many words', async () => {
    const url = client.at(await client.create(5_000, { filename: 'a.pdf' }));
    const version = await client.send('HEAD', url, { 'Tus-Resumable': '0.2.2' });
    assert.deepEqual([version.status, version.headers.get('tus-version')], [412, '1.0.0']);
    assert.equal((await client.send('POST', client.uploads, { 'Tus-Resumable': undefined, 'Upload-Length': '1' })).status, 412);
    assert.equal((await client.patch(url, 0, pdf(10), { 'Content-Type': 'application/octet-stream' })).status, 415);
    assert.equal((await client.patch(url, 4, pdf(10))).status, 409);
    assert.equal((await client.patch(url, 0, pdf(10), { 'Upload-Offset': undefined })).status, 400);
    assert.equal((await client.patch(url, 0, pdf(10), { 'Upload-Checksum': 'md5 abcd' })).status, 400);
    const deferred = await client.create(0, {}, { 'Upload-Length': undefined, 'Upload-Defer-Length': '1' });
    assert.deepEqual([deferred.status, deferred.json.code], [400, 'invalid-request']);
    assert.match(deferred.json.detail ?? '', /Upload-Defer-Length is not supported/);
  });

  it('refuses a checked chunk that is longer than memory allows', async () => {
    const bytes = pdf(PIECE + 1);
    const url = client.at(await client.create(bytes.length, { filename: 'a.pdf' }));
    assert.equal((await client.patch(url, 0, bytes, { 'Upload-Checksum': `sha256 ${digest(bytes)}` })).status, 413);
  });

  it('hands files to a ticket in their order and keeps them from another', async () => {
    const own = new CounterClient(server.url, 'open');
    const names = ['b.txt', 'a.txt', 'c.txt'];
    const ids: string[] = [];
    for (const name of names) ids.push((await own.upload(name, Buffer.from(`${name}\n`))).id);
    const ticket = await own.ticket({ attachmentIds: ids });
    assert.equal(ticket.status, 201);
    const number = (ticket.json['ticket'] as { number: string }).number;
    const detail = await own.send('GET', `${own.tickets}/${number}`);
    const files = (detail.json['ticket'] as { attachments: { name: string; type: string; sha256: string }[] }).attachments;
    assert.deepEqual(
      files.map(({ name, type, sha256 }) => [name, type, sha256]),
      names.map((name) => [name, 'text/plain', sha256(Buffer.from(`${name}\n`))]),
    );
    assert.equal((await own.send('DELETE', `${own.uploads}/${ids[0]}`)).status, 404);
    assert.equal((await own.ticket({ attachmentIds: ids })).json.fields?.['attachmentIds.0']?.code, 'unknown');
  });

  it('refuses a ticket whose files are unfinished, repeated or too many', async () => {
    const own = new CounterClient(server.url, 'open');
    const unfinished = own
      .at(await own.create(100, { filename: 'a.txt' }))
      .split('/')
      .at(-1);
    const { id } = await own.upload('b.txt', Buffer.from('b'));
    const answer = await own.ticket({ attachmentIds: [id, unfinished, id] });
    assert.equal(answer.status, 422);
    assert.equal(answer.json.fields?.['attachmentIds.1']?.code, 'not-finished');
    assert.equal(answer.json.fields?.['attachmentIds.2']?.code, 'invalid');
    assert.equal(answer.json.fields?.['attachmentIds.0'], undefined);
    const many = await own.ticket({ attachmentIds: Array.from({ length: 11 }, () => newSecret()) });
    assert.deepEqual([many.json.fields?.['attachmentIds']?.code, many.json.fields?.['attachmentIds']?.limit], ['too-many', 10]);
  });

  it('takes an empty file as a text', async () => {
    const { id, answer } = await client.upload('empty.txt', Buffer.alloc(0));
    assert.equal(answer.status, 201);
    assert.equal((await client.ticket({ attachmentIds: [id] })).status, 201);
  });

  it('works with another maker’s client, resuming included', async () => {
    const bytes = pdf(3 * MEGABYTE);
    const headers = { Authorization: `Bearer ${newSecret()}` };
    const options = {
      endpoint: client.uploads,
      headers,
      chunkSize: 700_000,
      metadata: { filename: 'tüs.pdf', filetype: 'application/pdf' },
    };
    let url = '';
    await new Promise<void>((resolve, reject) => {
      const upload = new Upload(bytes, {
        ...options,
        onError: reject,
        onChunkComplete: () => {
          url = upload.url ?? '';
          void upload.abort().then(resolve);
        },
      });
      upload.start();
    });
    await new Promise<void>((resolve, reject) => {
      new Upload(bytes, { ...options, uploadUrl: url, onError: reject, onSuccess: () => resolve() }).start();
    });
    assert.ok(stored().includes(sha256(bytes)));
    await Upload.terminate(url, { headers });
    assert.ok(!stored().includes(sha256(bytes)));
  });
});

/** Sends the beginning of a chunk and hangs up. */
function cutPatch(url: string, bytes: Buffer, at: number, checksum: string | undefined): Promise<void> {
  return new Promise((resolve) => {
    const headers = {
      ...CHUNK,
      'Tus-Resumable': '1.0.0',
      Authorization: `Bearer ${client.secret}`,
      'Upload-Offset': '0',
      'Content-Length': String(bytes.length),
      ...(checksum === undefined ? {} : { 'Upload-Checksum': checksum }),
    };
    const request = http.request(url, { method: 'PATCH', agent: false, headers });
    request.on('error', () => resolve());
    request.write(bytes.subarray(0, at), () => request.destroy());
    request.on('close', () => resolve());
  });
}

/** Goes on where the upload stands; the cut connection may hold it for a moment longer. */
async function patchWhenFree(url: string, bytes: Buffer) {
  for (;;) {
    const offset = await client.offset(url);
    const answer = await client.patch(url, offset, bytes.subarray(offset), { 'Upload-Metadata': base64('ignored') });
    if (answer.status !== 409) return answer;
  }
}
