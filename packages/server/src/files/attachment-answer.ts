import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { Selectable } from 'kysely';
import type { AppEnv } from '../ports.js';
import type { UploadTable } from '../store/schema.js';
import type { BlobStore } from './blob-store.js';

/** What every answer with a stranger's bytes carries: saved and never shown, never sniffed, never run, never kept by a cache. */
const ATTACHMENT_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'private, no-store',
} as const;

/** The bytes of an attachment. @param resourcePolicy who may embed them: nobody, or a shop's page that has asked with a token. */
export function answerAttachment(
  c: Context<AppEnv>,
  blobs: BlobStore,
  { deskId, id, name, size, type }: Pick<Selectable<UploadTable>, 'deskId' | 'id' | 'name' | 'size' | 'type'>,
  resourcePolicy: 'same-origin' | 'cross-origin',
): Response {
  for (const [header, value] of Object.entries(ATTACHMENT_HEADERS)) c.header(header, value);
  c.header('Cross-Origin-Resource-Policy', resourcePolicy);
  c.header('Content-Type', type ?? 'application/octet-stream');
  c.header('Content-Length', String(size));
  c.header('Content-Disposition', `attachment; filename="${plainName(name)}"; filename*=UTF-8''${encodedName(name)}`);
  if (c.req.method === 'HEAD') return c.body(null);
  return c.body(Readable.toWeb(Readable.from(blobs.read(deskId, id), { objectMode: false })) as ReadableStream);
}

/** For clients that know no RFC 8187. */
function plainName(name: string): string {
  return name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
}

/** RFC 8187, 3.2.1 */
function encodedName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
