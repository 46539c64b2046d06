import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DetailedError, Upload, type UploadOptions } from 'tus-js-client';
import { CounterClient, newSecret } from '../support/counter-client.ts';
import { openDesks } from '../support/desks.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { hashesOnDisk, sha256 } from '../support/stored-files.ts';

const MIB = 1_048_576;
const CHUNK = 327_680;
const pdf = (size: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size - 9)]);

describe('another maker’s client', () => {
  let dataDir: string;
  let server: ServerProcess;
  const headers = { Authorization: `Bearer ${newSecret()}` };
  const endpoint = () => `${server.url}/v1/desks/open/uploads`;
  const stored = () => hashesOnDisk(path.join(dataDir, 'uploads'));

  before(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'storefront-upload-'));
    server = await startServer({ config: openDesks(), dataDir });
  });
  after(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Resolves with the upload's address. */
  function send(bytes: Buffer, options: UploadOptions = {}): Promise<string> {
    return new Promise((resolve, reject) => {
      const upload: Upload = new Upload(bytes, {
        endpoint: endpoint(),
        headers,
        metadata: { filename: 'a.pdf' },
        onError: reject,
        onSuccess: () => resolve(upload.url ?? ''),
        ...options,
      });
      upload.start();
    });
  }

  it('sends a file in one request', async () => {
    const bytes = pdf(3 * MIB);
    await send(bytes);
    assert.ok(stored().includes(sha256(bytes)));
  });

  it('sends a file where no PATCH gets through', async () => {
    const bytes = pdf(MIB);
    const methods: string[] = [];
    await send(bytes, {
      overridePatchMethod: true,
      chunkSize: 400_000,
      onBeforeRequest: (request) => void methods.push(request.getMethod()),
    });
    assert.deepEqual(methods, ['POST', 'POST', 'POST', 'POST']);
    assert.ok(stored().includes(sha256(bytes)));
  });

  it('goes on by itself after the server was killed', { timeout: 60_000 }, async () => {
    const bytes = pdf(6 * MIB);
    const { port } = server;
    let offsets = 0;
    let restarted: Promise<void> | undefined;
    const restart = async () => {
      await server.kill('SIGKILL');
      server = await startServer({ config: openDesks(), dataDir, port });
    };
    await send(bytes, {
      chunkSize: CHUNK,
      retryDelays: [200, 500, 1_000, 2_000, 4_000],
      onChunkComplete: (_, accepted) => {
        if (accepted > 2 * MIB) restarted ??= restart();
      },
      onBeforeRequest: (request) => void (offsets += request.getMethod() === 'HEAD' ? 1 : 0),
    });
    await restarted;
    assert.ok(offsets > 0, 'the server was not killed in time');
    assert.ok(stored().includes(sha256(bytes)));
  });

  it('begins anew where an upload was taken back', async () => {
    const bytes = pdf(MIB);
    const url = await send(bytes);
    await Upload.terminate(url, { headers });
    assert.ok(!stored().includes(sha256(bytes)));
    const next = await send(bytes, { uploadUrl: url });
    assert.notEqual(next, url);
    assert.ok(stored().includes(sha256(bytes)));
  });

  it('is told what is too large, and sees nothing of another’s', async () => {
    const refused = (status: number) => (error: unknown) =>
      error instanceof DetailedError && error.originalResponse?.getStatus() === status;
    await assert.rejects(send(Buffer.alloc(50_000_001), { retryDelays: null }), refused(413));
    const url = await send(pdf(1_000));
    const foreign = { Authorization: `Bearer ${newSecret()}` };
    await assert.rejects(Upload.terminate(url, { headers: foreign, retryDelays: null }), refused(404));
    const own = new CounterClient(server.url, 'open', headers.Authorization.slice('Bearer '.length));
    assert.equal(await own.offset(url), 1_000);
  });
});
