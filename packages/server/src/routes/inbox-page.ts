import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SupportError } from '@storefront-support/contract';
import { Hono, type Context } from 'hono';
import { BuiltFiles, answerBuilt } from '../middleware/built-files.js';
import { originOf, type OwnOrigins } from '../middleware/origins.js';
import type { AppEnv } from '../ports.js';

const FILE = /^[\w-][\w.-]*\.(js|css|svg)$/;
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
const YEAR = 'max-age=31536000,immutable';
const DAY = 'max-age=86400';

/** Nothing but files of this origin, no markup from strings, in no frame. Lit's own templates are the one policy. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ');

/** The page of the inbox as built in `folder`: `/`, asked for again every time, and `/c/…`, which never change. */
export function inboxPageRoutes(folder: string, own: OwnOrigins): Hono<AppEnv> {
  const files = new BuiltFiles(folder);
  return (
    new Hono<AppEnv>()
      // passkeys are bound to the host of the inbox; the agents' vault page may ask for them too (WebAuthn Level 3, 5.11)
      .get('/.well-known/webauthn', (c) => c.json({ origins: [originOf(own, 'agent-vault')] }))
      .get('/', async (c) => {
        const page = await readFile(path.join(folder, 'index.html'), 'utf8').catch(() => undefined);
        if (page === undefined) throw notBuilt();
        secure(c);
        c.header('Content-Security-Policy', POLICY);
        c.header('Cross-Origin-Opener-Policy', 'same-origin');
        c.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
        c.header('Cache-Control', 'no-cache');
        return c.html(page);
      })
      .get('/c/:name', async (c) => {
        const name = c.req.param('name');
        const ending = FILE.exec(name)?.[1];
        const file = ending === undefined ? undefined : await files.find(path.join('c', name));
        if (!file) throw notBuilt();
        secure(c);
        c.header('Vary', 'Accept-Encoding');
        c.header('Cache-Control', name === 'icon.svg' ? DAY : YEAR);
        c.header('Content-Type', TYPES[ending ?? '']);
        return answerBuilt(c, file);
      })
  );
}

function secure(c: Context<AppEnv>): void {
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
}

function notBuilt(): SupportError {
  return new SupportError('not-found', 'The inbox has no such file; build it, or point INBOX_DIR at it.');
}
