import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../ports.js';

const TYPES: { [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Serves the demo shop: the pages, styles and pictures below `folder`, and nothing else that lies there. */
export function shop(folder: string): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const found = await fileBelow(folder, c.req.path);
    if (!found) return next();
    c.header('Content-Type', found.type);
    c.header('Cache-Control', 'no-cache');
    c.header('X-Content-Type-Options', 'nosniff');
    return c.body(found.bytes);
  };
}

async function fileBelow(folder: string, urlPath: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string } | undefined> {
  const name = urlPath.endsWith('/') ? `${urlPath}index.html` : urlPath;
  const type = TYPES[path.extname(name)];
  if (type === undefined || /%|\0|(^|\/)\./.test(name)) return undefined;
  try {
    const root = await realpath(folder);
    const file = await realpath(path.join(root, name));
    if (!file.startsWith(root + path.sep)) return undefined;
    return { bytes: new Uint8Array(await readFile(file)), type };
  } catch {
    return undefined;
  }
}
