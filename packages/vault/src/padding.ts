import { vaultError } from './vault-error.js';

const SMALLEST = 1024;
/** Bytes of UTF-8 that the JSON of a record may have. */
export const RECORD_LIMIT = 64 * 1024;

/**
 * JSON as bytes, with spaces behind it up to 1, 2, 4 … 64 KiB, so that the size of what is sealed tells its bucket and nothing else.
 * Every reader of JSON skips them.
 *
 * @throws {VaultError} `too-large`
 */
export function paddedJson(value: unknown): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  if (bytes.length > RECORD_LIMIT) throw vaultError('too-large', `A record has at most ${RECORD_LIMIT} bytes; a file can be lent apart.`);
  let size = SMALLEST;
  while (size < bytes.length) size *= 2;
  const padded = new Uint8Array(size).fill(0x20);
  padded.set(bytes);
  bytes.fill(0);
  return padded;
}
