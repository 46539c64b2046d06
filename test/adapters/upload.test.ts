import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpAdapter } from '@storefront-support/adapters/http';
import { problem, startScripted } from './scripted-server.ts';
import { CHUNK, ID, file, secret, startTus } from './scripted-tus.ts';

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
