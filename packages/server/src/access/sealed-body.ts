import { SupportError } from '@storefront-support/contract';
import { ACCESS } from '@storefront-support/contract/access-record';
import type { Context } from 'hono';
import type { AppEnv } from '../ports.js';
import { sha256 } from '../sha256.js';
import { splitAge } from './age-file.js';

/** A sealed record as it is kept: what opens it, and the rest. */
export interface SealedBody {
  headers: Uint8Array;
  payload: Uint8Array;
  /** Of everything together. */
  bytes: number;
  /** SHA-256 of everything as it was sent, hex. */
  receipt: string;
}

const BODY_MAX = ACCESS.sealedBytes + ACCESS.sealedFileBytes;
/** At 30 kB/s; whoever is slower holds a connection and sends nothing. */
const BODY_MS = 180_000;

/**
 * One age file, or two with a file.
 *
 * @param fileBytes how many bytes at the end are the second one.
 * @throws {SupportError} `type-not-allowed`, `too-large`, `not-age`, `invalid-request`
 */
export async function readSealed(c: Context<AppEnv>, fileBytes: number): Promise<SealedBody> {
  if (c.req.header('Content-Type') !== 'application/octet-stream')
    throw new SupportError('type-not-allowed', 'Send the sealed bytes with Content-Type: application/octet-stream.');
  const all = await readBytes(c);
  const main = all.subarray(0, Math.max(0, all.byteLength - fileBytes));
  if (main.byteLength > ACCESS.sealedBytes) throw tooLarge();
  const parts = [main, ...(fileBytes > 0 ? [all.subarray(main.byteLength)] : [])].map(splitAge);
  return {
    headers: Buffer.concat(parts.map(({ header }) => header)),
    payload: Buffer.concat(parts.map(({ payload }) => payload)),
    bytes: all.byteLength,
    receipt: sha256(all),
  };
}

/** The bytes as they were sent, from what is kept apart. */
export function joinSealed(headers: Uint8Array, payload: Uint8Array, fileBytes: number): Uint8Array<ArrayBuffer> {
  if (fileBytes === 0) return new Uint8Array(Buffer.concat([headers, payload]));
  const first = endOfHeader(headers);
  const [head, fileHead] = [headers.subarray(0, first), headers.subarray(first)];
  const split = payload.byteLength - (fileBytes - fileHead.byteLength);
  return new Uint8Array(Buffer.concat([head, payload.subarray(0, split), fileHead, payload.subarray(split)]));
}

function endOfHeader(bytes: Uint8Array): number {
  const mac = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('\n--- ');
  return bytes.indexOf(0x0a, mac + 1) + 1;
}

async function readBytes(c: Context<AppEnv>): Promise<Uint8Array> {
  if (Number(c.req.header('Content-Length') ?? 0) > BODY_MAX) throw tooLarge();
  const late = setTimeout(() => c.env?.incoming?.destroy(), BODY_MS);
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const body: AsyncIterable<Uint8Array> | null = c.req.raw.body;
    for await (const chunk of body ?? []) {
      size += chunk.byteLength;
      if (size > BODY_MAX) throw tooLarge();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw error instanceof SupportError ? error : new SupportError('invalid-request', 'The body ended early.', { cause: error });
  } finally {
    clearTimeout(late);
  }
}

function tooLarge(): SupportError {
  return new SupportError('too-large', `A record has at most ${ACCESS.sealedBytes} bytes, its file ${ACCESS.sealedFileBytes}.`);
}
