import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { HttpAdapter } from '@storefront-support/adapters/http';
import type { UploadOptions } from '@storefront-support/contract';
import { newSecret } from '../support/counter-client.ts';
import { startOtherTusServer, type OtherTusServer } from '../support/other-tus-server.ts';
import { hashesOnDisk, sha256 } from '../support/stored-files.ts';

const MIB = 1_048_576;
const secret = newSecret();

describe('uploads to another maker’s server, which knows no checksums', () => {
  let folder: string;
  let server: OtherTusServer;
  const stored = () => hashesOnDisk(folder);
  const fileOf = (size: number) => new File([randomBytes(size)], 'vidéo.mp4', { type: 'video/mp4' });
  const port = (fetch?: typeof globalThis.fetch) => new HttpAdapter({ endpoint: server.url, desk: 'open', fetch }).attachments;
  const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

  /** What `onResume` said last. */
  async function upload(file: File, options: Partial<UploadOptions> = {}): Promise<string> {
    let resume = '';
    await port().upload(file, { secret, onResume: (next) => (resume = next), ...options });
    return resume;
  }

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'storefront-tus-'));
    server = await startOtherTusServer(folder);
  });
  after(async () => {
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it('arrive whole', async () => {
    const file = fileOf(3 * MIB);
    await upload(file);
    assert.ok(stored().includes(sha256(await bytesOf(file))));
  });

  it('go on after that server was killed', { timeout: 60_000 }, async () => {
    const file = fileOf(6 * MIB);
    let restarted: Promise<void> | undefined;
    const restart = async () => {
      const { port } = server;
      await server.kill();
      server = await startOtherTusServer(folder, port);
    };
    await upload(file, {
      onProgress: (sent) => {
        if (sent > 2 * MIB) restarted ??= restart();
      },
    });
    await restarted;
    assert.ok(stored().includes(sha256(await bytesOf(file))));
  });

  it('go on in a later visit, wherever in a chunk they stopped', { timeout: 60_000 }, async () => {
    const file = fileOf(2 * MIB);
    const methods: string[] = [];
    let resume = '';
    const stop = new AbortController();
    const onProgress = (sent: number) => {
      if (sent > MIB) stop.abort();
    };
    const stopped = upload(file, { signal: stop.signal, onProgress, onResume: (next) => (resume = next) });
    await assert.rejects(stopped, { code: 'aborted' });
    // as far as a connection brings it
    const id = resume.split('.')[0] as string;
    const url = `${server.url}/v1/desks/open/uploads/${id}`;
    const headers = { 'Tus-Resumable': '1.0.0', 'Content-Type': 'application/offset+octet-stream' };
    const offset = Number((await fetch(url, { method: 'HEAD', headers })).headers.get('upload-offset'));
    await fetch(url, {
      method: 'PATCH',
      headers: { ...headers, 'Upload-Offset': String(offset) },
      body: await file.slice(offset, offset + 12_345).arrayBuffer(),
    });
    const told: number[] = [];
    const watched: typeof fetch = (input, init) => {
      methods.push(init?.method ?? 'GET');
      return fetch(input, init);
    };
    await port(watched).upload(file, { secret, resume, onProgress: (sent) => told.push(sent) });
    assert.equal(told[0], offset + 12_345);
    assert.ok(!methods.includes('POST'), methods.join(' '));
    assert.ok(stored().includes(sha256(await bytesOf(file))));
  });

  it('are taken back, and begin anew after that', async () => {
    const file = fileOf(MIB);
    const resume = await upload(file);
    await port().remove(resume, { secret });
    await port().remove(resume, { secret });
    assert.ok(!stored().includes(sha256(await bytesOf(file))));
    const next = await upload(file, { resume });
    assert.notEqual(next, resume);
    assert.ok(stored().includes(sha256(await bytesOf(file))));
  });
});
