import { createCipheriv } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HttpAdapter } from '@storefront-support/adapters/http';
import { isSupportError } from '@storefront-support/contract';
import { newSecret } from './counter-client.ts';
import { startCountingProxy, type Point } from './counting-proxy.ts';
import { openDesks } from './desks.ts';
import { seededRandom } from './seeded-random.ts';
import { startServer } from './server-process.ts';
import { hashesOnDisk, sha256 } from './stored-files.ts';

export interface Interruptions {
  /** Of the file. */
  bytes: number;
  /** Connections that are reset while bytes are on their way. */
  resets: number;
  /** SIGKILLs of the server, which is started again at once. */
  kills: number;
  seed: number;
}

export interface InterruptedUpload {
  /** The stored bytes are those of the file, and nothing else is stored. */
  whole: boolean;
  seconds: number;
  /** Bytes that the proxy saw again after each interruption. */
  resent: readonly number[];
  /** Bytes handed to `fetch` beyond those of the file: what may have been sent again and never reached the proxy included. */
  handedAgain: number;
}

/** Sends one file with the browser's own client to the real server, which is killed and cut off at seeded points. */
export async function interruptedUpload({ bytes, resets, kills, seed }: Interruptions): Promise<InterruptedUpload> {
  const random = seededRandom(seed);
  const content = seededPdf(bytes, seed);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'storefront-upload-'));
  const config = largeDesks(bytes);
  let server = await startServer({ config, dataDir });
  const target = { port: server.port };
  let restarting: Promise<unknown> = Promise.resolve();
  const kill = () => {
    restarting = restarting.then(async () => {
      await server.kill('SIGKILL');
      server = await startServer({ config, dataDir, port: target.port });
    });
  };
  const points: Point[] = Array.from({ length: resets + kills }, (_, n) => ({
    at: Math.floor(random() * bytes),
    strike: n < kills ? kill : (cut) => cut(),
  }));
  const proxy = await startCountingProxy(target, points);
  let handed = 0;
  const adapter = new HttpAdapter({
    endpoint: proxy.url,
    desk: 'open',
    fetch: (input, init) => {
      if (init?.method === 'PATCH') handed += (init.body as ArrayBuffer).byteLength;
      return fetch(input, init);
    },
  });
  const file = new File([content], 'video.pdf', { type: 'application/pdf' });
  const secret = newSecret();
  try {
    const began = performance.now();
    let resume: string | undefined;
    for (let done = false; !done;) {
      try {
        await adapter.attachments.upload(file, { secret, resume, onResume: (next) => (resume = next) });
        done = true;
      } catch (error) {
        // as the outbox does, only sooner
        if (!isSupportError(error) || !error.retryable) throw error;
        await restarting;
      }
    }
    const seconds = (performance.now() - began) / 1_000;
    await restarting;
    const stored = hashesOnDisk(path.join(dataDir, 'uploads'));
    return {
      whole: stored.length === 1 && stored[0] === sha256(content),
      seconds,
      resent: proxy.resent().slice(1),
      handedAgain: handed - bytes,
    };
  } finally {
    await restarting.catch(() => undefined);
    await proxy.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The seed of the environment, or another one each time. */
export function chosenSeed(): number {
  return Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e9));
}

/** The one desk `open`, which takes a file of this size. */
export function largeDesks(bytesPerFile: number): unknown {
  const [entry] = openDesks() as [{ desk: { limits: { files: object } } }];
  const { desk } = entry;
  return [{ ...entry, desk: { ...desk, limits: { files: { ...desk.limits.files, bytesPerFile, bytesPerTicket: bytesPerFile } } } }];
}

function seededPdf(bytes: number, seed: number): Buffer<ArrayBuffer> {
  const key = Buffer.alloc(16);
  key.writeUInt32LE(seed >>> 0);
  const content = Buffer.from(createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(bytes)));
  content.write('%PDF-1.7\n');
  return content;
}
