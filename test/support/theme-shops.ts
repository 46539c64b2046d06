import { randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startOwnForms, type OwnForms } from './own-form.ts';
import { THEMES, VERSIONS, type Theme, type Version } from './theme-pages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const examples = path.join(root, 'examples');

const TYPES: { [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Where the files of a theme lie, by the beginning of their path on the shop; the longest beginning first. `embed`: our built files. */
const FOLDERS: { [theme in Theme]: [RegExp, string][] } = {
  prestashop: [
    [/^themes\/kiln-row\/assets\/support\//, 'embed'],
    [/^themes\/kiln-row\/assets\//, 'prestashop-theme/themes/kiln-row/assets'],
  ],
  magento: [
    [/^static\/frontend\/Norrvik\/default\/\w+\/support\//, 'embed'],
    [/^static\/frontend\/Norrvik\/default\/\w+\//, 'magento-theme/app/design/frontend/Norrvik/default/web'],
  ],
  'cs-cart': [
    [/^js\/addons\/my_changes\/support\//, 'embed'],
    [/^design\/themes\/lowtide\//, 'cs-cart-theme/design/themes/lowtide'],
  ],
};

/** Nobody is signed in to an example. */
const GUEST = JSON.stringify({ token: null, name: null, email: null, orders: [] });

/** The policy of the shops: no inline style, and no inline script but the platform's own page data. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');

export interface ThemeShops {
  /** Without a trailing slash; the shops lie below `/themes/`. */
  readonly url: string;
  /** What stands behind the version with the shop's own form. */
  readonly ownForms: OwnForms;
  close(): Promise<void>;
}

/** Serves the example themes as they were rendered, each version as a shop of its own. @param embedDir our built files */
export async function startThemeShops({ embedDir = path.join(root, 'packages/embed/dist/embed'), port = 0 } = {}): Promise<ThemeShops> {
  const ownForms = await startOwnForms();
  const server = http.createServer((request, response) => {
    answer(request, response, ownForms, embedDir).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ownForms,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await ownForms.close();
    },
  };
}

async function answer(request: http.IncomingMessage, response: http.ServerResponse, ownForms: OwnForms, embedDir: string): Promise<void> {
  if (await ownForms.answer(request, response)) return;
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const [, , theme, version, ...rest] = pathname.split('/') as [string, string, Theme, Version, ...string[]];
  const below = rest.join('/');
  if (!THEMES.includes(theme) || !VERSIONS.includes(version) || below.includes('..')) return void response.writeHead(404).end();
  if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
  if (below === 'identity.json') {
    return void response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'private, no-store' }).end(GUEST);
  }
  const file = fileOf(theme, version, below, embedDir);
  const bytes = file && (await readBelow(...file));
  if (!bytes) return void response.writeHead(404).end();
  const type = TYPES[path.extname(file[1])] ?? 'application/octet-stream';
  const headers: http.OutgoingHttpHeaders = { 'content-type': type, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' };
  if (!type.startsWith('text/html')) return void response.writeHead(200, headers).end(bytes);
  const nonce = randomBytes(16).toString('base64');
  response.writeHead(200, { ...headers, 'content-security-policy': policy(nonce) });
  response.end(bytes.toString().replaceAll('nonce="per-request"', `nonce="${nonce}"`));
}

/** Folder and name of what lies at a path of a shop. */
function fileOf(theme: Theme, version: Version, below: string, embedDir: string): [string, string] {
  for (const [prefix, folder] of FOLDERS[theme]) {
    const name = below.replace(prefix, '');
    if (name !== below) return [folder === 'embed' ? embedDir : path.join(examples, folder), name];
  }
  return [path.join(examples, `${theme}-theme/pages/${version}`), below.endsWith('/') ? `${below}index.html` : below];
}

async function readBelow(folder: string, name: string): Promise<Buffer | undefined> {
  try {
    const file = await realpath(path.join(folder, name));
    return file.startsWith((await realpath(folder)) + path.sep) ? await readFile(file) : undefined;
  } catch {
    return undefined;
  }
}
