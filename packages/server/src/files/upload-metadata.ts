import { SupportError } from '@storefront-support/contract';
import { safeFileName } from './file-name.js';

export interface UploadMetadata {
  /** Safe to show. */
  name: string;
  /** Lower-case hex the sender wants the whole file to have. */
  sha256: string | null;
  contactId: string | null;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const MOST_PAIRS = 32;

/**
 * Reads `Upload-Metadata` of tus 1.0: comma-separated `key base64` pairs. Keys that are not known here are let through and
 * forgotten; the claimed media type is one of them, since the content decides.
 *
 * @throws {SupportError} `invalid-request`
 */
export function parseUploadMetadata(header: string | undefined): UploadMetadata {
  const pairs = new Map<string, string>();
  const parts = header === undefined || header.trim() === '' ? [] : header.split(',');
  if (parts.length > MOST_PAIRS) throw refused(`At most ${MOST_PAIRS} pairs.`);
  for (const part of parts) {
    const [key = '', encoded = '', ...rest] = part.trim().split(' ');
    if (!/^[\x21-\x2b\x2d-\x7e]+$/.test(key) || rest.length > 0) throw refused('Each pair is a key, one space and a value in base64.');
    if (pairs.has(key)) throw refused('Each key once.');
    if (!BASE64.test(encoded)) throw refused('A value is not base64.');
    pairs.set(key, textIn(encoded));
  }
  const sha256 = pairs.get('sha256') ?? null;
  if (sha256 !== null && !/^[0-9a-f]{64}$/.test(sha256)) throw refused('sha256 is 64 lower-case hexadecimal digits.');
  return { name: safeFileName(pairs.get('filename') ?? ''), sha256, contactId: pairs.get('contact') || null };
}

function textIn(encoded: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(Buffer.from(encoded, 'base64'));
  } catch {
    throw refused('A value is not UTF-8 inside its base64.');
  }
}

function refused(detail: string): SupportError {
  return new SupportError('invalid-request', `Upload-Metadata: ${detail}`);
}
