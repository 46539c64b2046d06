import path from 'node:path';
import { SupportError } from '@storefront-support/contract';
import { Hono, type Context } from 'hono';
import { BuiltFiles, answerBuilt } from '../middleware/built-files.js';
import type { AppEnv } from '../ports.js';

const FILE = /^[\w-][\w.-]*\.(?:js|css)$/;
const YEAR = 'max-age=31536000,immutable';
const SHORT = 'max-age=300';

/**
 * The browser build in `folder`: `/embed.js` and the same as a classic script keep their names and are asked for again every few
 * minutes, `/c/…`, scripts and the style sheet of printed forms, carries its hash in its name and never changes. Compressed neighbours (`.br`, `.gz`) are sent where the client takes them. Headers are
 * few: they are part of every page that carries the counter, and no browser runs a module of another type anyway.
 */
export function embedFileRoutes(folder: string): Hono<AppEnv> {
  const files = new BuiltFiles(folder);

  async function answer(c: Context<AppEnv>, name: string, caching: string): Promise<Response> {
    const file = FILE.test(path.basename(name)) ? await files.find(name) : undefined;
    if (!file) throw new SupportError('not-found', 'The browser build has no such file; build it, or point EMBED_DIR at it.');
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Cache-Control', caching);
    c.header('Vary', 'Accept-Encoding');
    if (caching === SHORT) {
      c.header('ETag', file.etag);
      if (c.req.header('If-None-Match') === file.etag) return c.body(null, 304);
    }
    c.header('Content-Type', name.endsWith('.css') ? 'text/css' : 'text/javascript');
    return answerBuilt(c, file);
  }

  return new Hono<AppEnv>()
    .get('/embed.js', (c) => answer(c, 'embed.js', SHORT))
    .get('/embed.classic.js', (c) => answer(c, 'embed.classic.js', SHORT))
    .get('/c/:name', (c) => answer(c, path.join('c', path.basename(c.req.param('name'))), YEAR));
}
