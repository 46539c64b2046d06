import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SupportError } from '@storefront-support/contract';
import { Hono, type Context } from 'hono';
import { BuiltFiles, answerBuilt, type BuiltFile } from '../middleware/built-files.js';
import type { OwnOrigins } from '../middleware/origins.js';
import type { AppEnv, Ports } from '../ports.js';

type Ctx = Context<AppEnv>;

const FILE = /^[\w-][\w.-]*\.(js|css|svg)$/;
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
const YEAR = 'max-age=31536000,immutable';

/** Nothing but files of this origin, no markup from strings, nothing that leaves: the one policy that the page was written under. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
  "base-uri 'none'",
  "form-action 'none'",
];
const NO_ABILITIES = ['camera', 'clipboard-read', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb']
  .map((name) => `${name}=()`)
  .join(', ');

/**
 * `GET /desks/{desk}/vault`: where customers seal, in a frame of the desk's own pages or on its own, as built in `folder`
 * (`customer.html`, `c/…`).
 */
export function customerVaultPages(
  { desks, manifests }: Pick<Ports, 'desks' | 'manifests'>,
  folder: string,
  own: OwnOrigins,
): Hono<AppEnv> {
  const routes = new Hono<AppEnv>().get('/desks/:desk/vault', async (c) => {
    const config = desks.get(c.req.param('desk'));
    if (!config) throw new SupportError('desk-not-found', 'This server has no desk of this id; its desk file names them.');
    // an origin list has no wildcards but the port's, which the policy writes alike
    const ancestors = [new URL(own.url('public')).origin, ...config.allowedOrigins].join(' ');
    return page(c, path.join(folder, 'customer.html'), `frame-ancestors ${ancestors}`, 'cross-origin');
  });
  return routes.route('/', files(manifests, folder, 'cross-origin'));
}

/** `GET /`: where agents open, on its own alone (`agent.html`, `c/…`). */
export function agentVaultPages({ manifests }: Pick<Ports, 'manifests'>, folder: string): Hono<AppEnv> {
  const routes = new Hono<AppEnv>().get('/', async (c) => {
    return page(c, path.join(folder, 'agent.html'), "frame-ancestors 'none'", 'same-origin');
  });
  return routes.route('/', files(manifests, folder, 'same-origin'));
}

async function page(c: Ctx, file: string, ancestors: string, resources: 'cross-origin' | 'same-origin'): Promise<Response> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) throw notBuilt();
  c.header('Content-Security-Policy', [...POLICY, ancestors].join('; '));
  c.header('Permissions-Policy', NO_ABILITIES);
  c.header('Cross-Origin-Resource-Policy', resources);
  // whoever has opened the window could lead it elsewhere once its address was read; in a frame this means nothing
  c.header('Cross-Origin-Opener-Policy', 'same-origin');
  secure(c);
  // neither a back button nor a restored session may bring back what was typed
  c.header('Cache-Control', 'no-store');
  return c.html(text);
}

/** What the pages load. `roots.js` is the one file that differs from place to place. */
function files(manifests: Ports['manifests'], folder: string, policy: 'cross-origin' | 'same-origin'): Hono<AppEnv> {
  const built = new BuiltFiles(folder);
  const prepare = (c: Ctx, ending: string, kept: string) => {
    secure(c);
    c.header('Cross-Origin-Resource-Policy', policy);
    c.header('Cache-Control', kept);
    c.header('Content-Type', TYPES[ending]);
  };
  return new Hono<AppEnv>()
    .get('/roots.js', async (c) => {
      const own = await manifests.roots();
      prepare(c, 'js', 'no-cache');
      return own ? c.body(own) : answerBuilt(c, await found(built, 'roots.js'));
    })
    .get('/c/:name', async (c) => {
      const name = c.req.param('name');
      const ending = FILE.exec(name)?.[1];
      if (ending === undefined) throw notBuilt();
      const file = await found(built, path.join('c', name));
      prepare(c, ending, YEAR);
      c.header('Vary', 'Accept-Encoding');
      return answerBuilt(c, file);
    });
}

async function found(built: BuiltFiles, name: string): Promise<BuiltFile> {
  const file = await built.find(name);
  if (!file) throw notBuilt();
  return file;
}

function secure(c: Ctx): void {
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'no-referrer');
}

function notBuilt(): SupportError {
  return new SupportError('not-found', 'The vault page has no such file; build it, or point VAULT_PAGE_DIR at it.');
}
