import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { SupportError } from '@storefront-support/contract';
import { Hono, type Context } from 'hono';
import { bestEncoding } from '../middleware/encoded-text.js';
import type { AppEnv } from '../ports.js';

const SCRIPT = /^[\w-][\w.-]*\.js$/;
const YEAR = 'max-age=31536000,immutable';
const SHORT = 'max-age=300';

interface EmbedFile {
  modified: number;
  etag: string;
  bytes: { plain: Uint8Array<ArrayBuffer>; br?: Uint8Array<ArrayBuffer>; gzip?: Uint8Array<ArrayBuffer> };
}

/**
 * The browser build in `folder`: `/embed.js` keeps its name and is asked for again every few minutes, `/c/…` carries its
 * hash in its name and never changes. Compressed neighbours (`.br`, `.gz`) are sent where the client takes them. Headers are
 * few: they are part of every page that carries the counter, and no browser runs a module of another type anyway.
 */
export function embedFileRoutes(folder: string): Hono<AppEnv> {
  const kept = new Map<string, EmbedFile>();

  async function load(name: string): Promise<EmbedFile | undefined> {
    const file = path.join(folder, name);
    const modified = await stat(file).then(
      (found) => found.mtimeMs,
      () => undefined,
    );
    if (modified === undefined) return undefined;
    const known = kept.get(name);
    if (known?.modified === modified) return known;
    const plain = new Uint8Array(await readFile(file));
    const [br, gzip] = await Promise.all([neighbour(`${file}.br`), neighbour(`${file}.gz`)]);
    const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 8)}"`;
    const loaded = { modified, etag, bytes: { plain, ...(br && { br }), ...(gzip && { gzip }) } };
    kept.set(name, loaded);
    return loaded;
  }

  async function answer(c: Context<AppEnv>, name: string, caching: string): Promise<Response> {
    const file = SCRIPT.test(path.basename(name)) ? await load(name) : undefined;
    if (!file) throw new SupportError('not-found', 'The browser build has no such file; build it, or point EMBED_DIR at it.');
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Cache-Control', caching);
    c.header('Vary', 'Accept-Encoding');
    if (caching === SHORT) {
      c.header('ETag', file.etag);
      if (c.req.header('If-None-Match') === file.etag) return c.body(null, 304);
    }
    c.header('Content-Type', 'text/javascript');
    const encoding = bestEncoding(c.req.header('Accept-Encoding'));
    const packed = encoding && file.bytes[encoding];
    if (packed) c.header('Content-Encoding', encoding);
    return c.body(packed ?? file.bytes.plain);
  }

  return new Hono<AppEnv>()
    .get('/embed.js', (c) => answer(c, 'embed.js', SHORT))
    .get('/c/:name', (c) => answer(c, path.join('c', path.basename(c.req.param('name'))), YEAR));
}

async function neighbour(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return readFile(file).then(
    (bytes) => new Uint8Array(bytes),
    () => undefined,
  );
}
