import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { openDesks } from '../support/desks.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import http from 'node:http';

const SCRIPT = `export const greeting = ${JSON.stringify('hello '.repeat(200))};`;

describe('files', () => {
  let folder: string;
  let server: ServerProcess;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'storefront-embed-'));
    const embed = path.join(folder, 'embed');
    const shop = path.join(folder, 'shop');
    await Promise.all([mkdir(path.join(embed, 'c'), { recursive: true }), mkdir(path.join(shop, 'images'), { recursive: true })]);
    for (const file of ['embed.js', 'embed.classic.js', 'c/form-1a2b3c4d.js']) {
      await writeFile(path.join(embed, file), SCRIPT);
      await writeFile(path.join(embed, `${file}.br`), brotliCompressSync(SCRIPT));
      await writeFile(path.join(embed, `${file}.gz`), gzipSync(SCRIPT));
    }
    await writeFile(path.join(embed, 'manifest.json'), '{}');
    const inbox = path.join(folder, 'inbox');
    await mkdir(path.join(inbox, 'c'), { recursive: true });
    await writeFile(path.join(inbox, 'index.html'), '<!doctype html><title>Inbox</title>');
    await writeFile(path.join(inbox, 'c/page-1a2b3c4d.js'), SCRIPT);
    await writeFile(path.join(inbox, 'c/page-1a2b3c4d.js.br'), brotliCompressSync(SCRIPT));
    await writeFile(path.join(inbox, 'c/icon.svg'), '<svg/>');
    await writeFile(path.join(shop, 'index.html'), '<!doctype html><title>Shop</title>');
    await writeFile(path.join(shop, 'shop.css'), 'body { margin: 0 }');
    await writeFile(path.join(shop, 'desks.yaml'), 'secret: yes');
    await writeFile(path.join(shop, '.hidden.html'), 'hidden');
    await writeFile(path.join(folder, 'outside.html'), 'outside');
    await symlink(path.join(folder, 'outside.html'), path.join(shop, 'link.html'));
    server = await startServer({ config: openDesks(), env: { EMBED_DIR: embed, SHOP_DIR: shop, INBOX_DIR: inbox } });
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const get = (route: string, headers: Record<string, string> = {}, port = server.port) =>
    new Promise<{ status: number; headers: http.IncomingHttpHeaders; raw: string[]; body: Buffer }>((resolve, reject) => {
      http
        .get({ host: '127.0.0.1', port, path: route, headers: { host: `localhost:${port}`, ...headers }, agent: false }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              raw: response.rawHeaders,
              body: Buffer.concat(chunks),
            }),
          );
        })
        .on('error', reject);
    });

  it('sends the smallest encoding that a browser takes', async () => {
    for (const route of ['/embed.js', '/embed.classic.js', '/c/form-1a2b3c4d.js']) {
      const brotli = await get(route, { 'accept-encoding': 'gzip, deflate, br, zstd' });
      assert.equal(brotli.headers['content-encoding'], 'br');
      assert.equal(brotliDecompressSync(brotli.body).toString(), SCRIPT);
      const gzip = await get(route, { 'accept-encoding': 'gzip, br;q=0' });
      assert.equal(gzip.headers['content-encoding'], 'gzip');
      assert.equal(gunzipSync(gzip.body).toString(), SCRIPT);
      const plain = await get(route);
      assert.equal(plain.headers['content-encoding'], undefined);
      assert.equal(plain.body.toString(), SCRIPT);
      for (const { headers } of [brotli, gzip, plain]) {
        assert.equal(headers.vary, 'Accept-Encoding');
        assert.equal(headers['access-control-allow-origin'], '*');
        assert.equal(headers['content-type'], 'text/javascript');
        assert.equal(Number(headers['content-length']) > 0, true);
      }
    }
  });

  it('lets hashed parts be kept for ever, and the entry for minutes', async () => {
    assert.equal((await get('/c/form-1a2b3c4d.js')).headers['cache-control'], 'max-age=31536000,immutable');
    for (const route of ['/embed.js', '/embed.classic.js']) {
      const entry = await get(route);
      assert.equal(entry.headers['cache-control'], 'max-age=300');
      const again = await get(route, { 'if-none-match': String(entry.headers.etag) });
      assert.equal(again.status, 304);
      assert.equal(again.body.length, 0);
    }
  });

  it('spends few bytes on headers', async () => {
    const { raw } = await get('/c/form-1a2b3c4d.js', { 'accept-encoding': 'br', connection: 'keep-alive' });
    const bytes = raw.reduce((sum, text) => sum + text.length + 2, 0);
    assert.ok(bytes < 250, `${bytes} bytes: ${raw.join(' ')}`);
  });

  it('sees a new build without a restart', async () => {
    const changed = `${SCRIPT}\n`;
    await writeFile(path.join(folder, 'embed/embed.js'), changed);
    assert.equal((await get('/embed.js')).body.toString(), changed);
  });

  it('gives nothing else of the build folder away', async () => {
    for (const route of ['/c/manifest.json', '/c/..%2fembed.js', '/c/%2e%2e%2fmanifest.json', '/c/form-1a2b3c4d.js.br', '/c/'])
      assert.equal((await get(route)).status, 404, route);
  });

  it('shows the pages of the shop and nothing else that lies beside them', async () => {
    const page = await get('/');
    assert.equal(page.status, 200);
    assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal((await get('/shop.css')).headers['content-type'], 'text/css; charset=utf-8');
    for (const route of ['/desks.yaml', '/.hidden.html', '/link.html', '/../outside.html', '/%2e%2e/outside.html', '/images/', '/images'])
      assert.equal((await get(route)).status, 404, route);
  });

  it('shows the inbox where agents are, in no frame, and its parts for ever', async () => {
    const port = Number(new URL(server.inboxUrl).port);
    const page = await get('/', {}, port);
    assert.equal(page.body.toString(), '<!doctype html><title>Inbox</title>');
    assert.equal(page.headers['cache-control'], 'no-cache');
    const policy = String(page.headers['content-security-policy']);
    for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"])
      assert.ok(policy.includes(rule), rule);
    const part = await get('/c/page-1a2b3c4d.js', { 'accept-encoding': 'gzip, br' }, port);
    assert.equal(brotliDecompressSync(part.body).toString(), SCRIPT);
    assert.deepEqual(
      [part.headers['content-type'], part.headers['cache-control'], part.headers.vary, part.headers['access-control-allow-origin']],
      ['text/javascript', 'max-age=31536000,immutable', 'Accept-Encoding', undefined],
    );
    assert.equal((await get('/c/page-1a2b3c4d.js', { 'accept-encoding': 'gzip' }, port)).body.toString(), SCRIPT);
    const icon = await get('/c/icon.svg', {}, port);
    assert.deepEqual([icon.headers['content-type'], icon.headers['cache-control']], ['image/svg+xml', 'max-age=86400']);
    for (const route of ['/c/none-1a2b3c4d.js', '/c/..%2findex.html', '/c/page-1a2b3c4d.js.br', '/index.html', '/embed.js'])
      assert.equal((await get(route, {}, port)).status, 404, route);
    assert.equal((await get('/c/page-1a2b3c4d.js')).status, 404, 'the shop’s origin has no part of it');
  });
});
