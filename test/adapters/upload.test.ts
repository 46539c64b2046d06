import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type http from 'node:http';
import { describe, it } from 'node:test';
import { HttpAdapter } from '@storefront-support/adapters/http';
import type { UploadOptions } from '@storefront-support/contract';
import { problem, startScripted, type Received } from './scripted-server.ts';

const CHUNK = 327_680;
const ID = 'u'.repeat(43);
const secret = 's'.repeat(43);
const file = new File(['abcdefgh'.repeat(150_000)], 'ünï 📎.txt', { type: 'text/plain' });

/** Answers one request instead of the server: true when it has. */
type Meddle = (request: Received & { nth: number }, response: http.ServerResponse) => boolean;

/** A tus server of a few lines, and an adapter for it. */
async function startTus(meddle: Meddle = () => false) {
  let stored = '';
  let length = -1;
  const counts = new Map<string, number>();
  const server = await startScripted((request, response) => {
    const { method, headers, body } = request;
    const nth = (counts.get(method) ?? 0) + 1;
    counts.set(method, nth);
    if (meddle({ ...request, nth }, response)) return;
    if (method === 'POST') {
      length = Number(headers['upload-length']);
      stored = '';
      return void response.writeHead(201, { Location: `uploads/${ID}` }).end();
    }
    if (length < 0) return void response.writeHead(404).end();
    if (method === 'HEAD') return void response.writeHead(200, { 'Upload-Offset': stored.length, 'Upload-Length': length }).end();
    if (method === 'DELETE') {
      length = -1;
      return void response.writeHead(204).end();
    }
    if (Number(headers['upload-offset']) !== stored.length) return void response.writeHead(409).end(problem(409, 'conflict'));
    const checksum = headers['upload-checksum'];
    if (checksum && checksum !== `sha256 ${createHash('sha256').update(body).digest('base64')}`) {
      return void response.writeHead(460).end(problem(460, 'checksum-mismatch'));
    }
    stored += body;
    response.writeHead(204, { 'Upload-Offset': stored.length }).end();
  });
  const adapter = new HttpAdapter({ endpoint: server.url, desk: 'demo', timeout: 2_000 });
  const upload = (options: Partial<UploadOptions> = {}) => adapter.attachments.upload(file, { secret, ...options });
  const asked = (method: string) => counts.get(method) ?? 0;
  return { ...server, adapter, upload, asked, stored: () => stored };
}

describe('an upload', () => {
  it('is sent in chunks with a checksum each and says how far it is', async () => {
    const tus = await startTus();
    try {
      const progress: number[] = [];
      const resumes: string[] = [];
      const found = await tus.upload({ contactId: 'service', onProgress: (n) => progress.push(n), onResume: (text) => resumes.push(text) });
      assert.deepEqual(found, { id: ID, name: file.name, size: file.size, type: 'text/plain', sha256: null });
      assert.deepEqual(progress, [0, CHUNK, 2 * CHUNK, 3 * CHUNK, file.size]);
      assert.equal(resumes.length, 1);
      assert.equal(tus.stored(), await file.text());
      const [create, ...chunks] = tus.received;
      const base64 = (text: string) => Buffer.from(text).toString('base64');
      assert.equal(
        create?.headers['upload-metadata'],
        `filename ${base64(file.name)},type ${base64('text/plain')},contact ${base64('service')}`,
      );
      for (const { headers } of tus.received) {
        assert.equal(headers['tus-resumable'], '1.0.0');
        assert.equal(headers['authorization'], `Bearer ${secret}`);
      }
      assert.equal(chunks.length, 4);
      for (const { headers } of chunks) assert.match(String(headers['upload-checksum']), /^sha256 [\w+/]{43}=$/);
    } finally {
      await tus.close();
    }
  });

  it('goes without checksums where there is no crypto.subtle', async (t) => {
    const tus = await startTus();
    try {
      t.mock.getter(globalThis.crypto, 'subtle', () => undefined);
      await tus.upload();
      assert.ok(tus.received.every(({ headers }) => headers['upload-checksum'] === undefined));
      assert.equal(tus.stored(), await file.text());
    } finally {
      await tus.close();
    }
  });

  for (const [name, status, code] of [
    ['damaged on its way', 460, 'checksum-mismatch'],
    ['that crosses another', 409, 'conflict'],
    ['that meets a failing server', 500, 'internal'],
    ['that meets a restarting server', 503, 'unavailable'],
  ] as const) {
    it(`sends a chunk again ${name}`, async () => {
      const tus = await startTus(({ method, nth }, response) => {
        if (method !== 'PATCH' || nth !== 2) return false;
        response.writeHead(status).end(problem(status, code));
        return true;
      });
      try {
        const progress: number[] = [];
        await tus.upload({ onProgress: (n) => progress.push(n) });
        assert.deepEqual(progress, [0, CHUNK, 2 * CHUNK, 3 * CHUNK, file.size]);
        assert.equal(tus.stored(), await file.text());
        assert.deepEqual([tus.asked('POST'), tus.asked('HEAD'), tus.asked('PATCH')], [1, 1, 5]);
      } finally {
        await tus.close();
      }
    });
  }

  it('does not send a chunk twice whose answer alone was lost', async () => {
    const tus = await startTus();
    let cut = false;
    const lossy = new HttpAdapter({
      endpoint: tus.url,
      desk: 'demo',
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (init?.method !== 'PATCH' || cut) return response;
        cut = true;
        throw new TypeError('connection reset');
      },
    });
    try {
      await lossy.attachments.upload(file, { secret });
      assert.equal(tus.stored(), await file.text());
      assert.deepEqual([tus.asked('HEAD'), tus.asked('PATCH')], [1, 4]);
    } finally {
      await tus.close();
    }
  });

  it('gives up after four tries without progress, and goes on from there when asked again', async () => {
    let broken = true;
    const tus = await startTus(({ method, nth }, response) => {
      if (method !== 'PATCH' || nth < 2 || !broken) return false;
      response.socket?.resetAndDestroy();
      return true;
    });
    try {
      let resume = '';
      await assert.rejects(tus.upload({ onResume: (text) => (resume = text) }), { code: 'network' });
      assert.equal(tus.asked('PATCH'), 5);
      broken = false;
      const progress: number[] = [];
      await tus.upload({ resume, onProgress: (n) => progress.push(n) });
      assert.equal(progress[0], CHUNK);
      assert.equal(tus.stored(), await file.text());
      assert.equal(tus.asked('POST'), 1);
    } finally {
      await tus.close();
    }
  });

  it('does not wait for a server that asks for a long rest', async () => {
    const tus = await startTus(({ method }, response) => {
      if (method !== 'PATCH') return false;
      response.writeHead(503, { 'Retry-After': '60' }).end(problem(503, 'unavailable'));
      return true;
    });
    try {
      await assert.rejects(tus.upload(), { code: 'unavailable', retryAfter: 60_000 });
      assert.equal(tus.asked('PATCH'), 1);
    } finally {
      await tus.close();
    }
  });

  for (const [status, code] of [
    [413, 'too-large'],
    [415, 'type-not-allowed'],
    [429, 'rate-limited'],
    [403, 'origin-not-allowed'],
  ] as const) {
    it(`is given up at once on ${code}`, async () => {
      const tus = await startTus(({ method }, response) => {
        if (method !== 'PATCH') return false;
        response.writeHead(status).end(problem(status, code));
        return true;
      });
      try {
        await assert.rejects(tus.upload(), { code });
        assert.equal(tus.asked('PATCH'), 1);
      } finally {
        await tus.close();
      }
    });
  }

  it('begins again where the server has forgotten it', async () => {
    const tus = await startTus();
    try {
      let resume = '';
      const onResume = (text: string) => (resume = text);
      await tus.upload({ onResume });
      await tus.adapter.attachments.remove(resume, { secret });
      const known = resume;
      await tus.upload({ resume, onResume });
      assert.equal(tus.stored(), await file.text());
      assert.equal(resume, known);
      assert.deepEqual([tus.asked('POST'), tus.asked('HEAD')], [2, 1]);
    } finally {
      await tus.close();
    }
  });

  const text = 'abcdefgh'.repeat(400_000);
  const kept = new File([text], 'video.txt', { lastModified: 1, type: 'text/plain' });
  for (const [what, changed] of [
    ['first MiB', `x${text.slice(1)}`],
    ['last MiB', `${text.slice(0, -1)}x`],
    ['size', `${text}x`],
  ] as const) {
    it(`begins again, without asking, where the file has another ${what}, and knows it beforehand`, async () => {
      const tus = await startTus();
      const port = tus.adapter.attachments;
      try {
        let resume = '';
        await port.upload(kept, { secret, onResume: (next) => (resume = next) });
        const renamed = new File([text], 'copy.txt', { lastModified: 2 });
        assert.equal(await port.matches(renamed, resume), true);
        const other = new File([changed], kept.name, { lastModified: 1, type: 'text/plain' });
        assert.equal(await port.matches(other, resume), false);
        await port.upload(other, { secret, resume });
        assert.equal(tus.stored(), changed);
        assert.deepEqual([tus.asked('POST'), tus.asked('HEAD')], [2, 0]);
      } finally {
        await tus.close();
      }
    });
  }

  it('begins again after a resume string without a fingerprint, and takes such an upload back', async () => {
    const tus = await startTus();
    try {
      await tus.upload();
      assert.equal(await tus.adapter.attachments.matches(file, ID), false);
      await tus.upload({ resume: ID });
      assert.equal(tus.asked('POST'), 2);
      await tus.adapter.attachments.remove(ID, { secret });
      assert.equal(tus.received.at(-1)?.path, `/v1/desks/demo/uploads/${ID}`);
    } finally {
      await tus.close();
    }
  });

  it('is not believed with an offset beyond what was sent', async () => {
    const tus = await startTus(({ method }, response) => {
      if (method !== 'PATCH') return false;
      response.writeHead(204, { 'Upload-Offset': 999_999_999 }).end();
      return true;
    });
    try {
      await assert.rejects(tus.upload(), { code: 'not-a-receipt' });
    } finally {
      await tus.close();
    }
  });

  it('never carries the secret to an address that an answer names', async () => {
    const stranger = await startScripted((_, response) => void response.writeHead(204, { 'Upload-Offset': 1 }).end());
    const tus = await startTus(({ method }, response) => {
      if (method !== 'POST') return false;
      response.writeHead(201, { Location: `${stranger.url}/${ID}` }).end();
      return true;
    });
    try {
      await tus.upload().catch(() => undefined);
      assert.equal(stranger.received.length, 0);
    } finally {
      await Promise.all([tus.close(), stranger.close()]);
    }
  });

  it('stops at once when its caller leaves, and can be taken back', async () => {
    const stop = new AbortController();
    const tus = await startTus(({ method, nth }) => {
      if (method !== 'PATCH' || nth < 2) return false;
      stop.abort();
      return true;
    });
    try {
      let resume = '';
      await assert.rejects(tus.upload({ signal: stop.signal, onResume: (text) => (resume = text) }), { code: 'aborted' });
      await tus.adapter.attachments.remove(resume, { secret });
      assert.equal(tus.asked('DELETE'), 1);
    } finally {
      await tus.close();
    }
  });
});
