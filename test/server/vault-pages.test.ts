import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openDesks } from '../support/desks.ts';
import { httpRequest, type HttpAnswer } from '../support/http-request.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';

const [open] = openDesks() as [object];

describe('the pages of the vault', () => {
  let scratch: string;
  let server: ServerProcess;

  before(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), 'storefront-vault-pages-'));
    const pages = path.join(scratch, 'page');
    const published = path.join(scratch, 'vault');
    await mkdir(path.join(pages, 'c'), { recursive: true });
    await mkdir(path.join(published, 'open'), { recursive: true });
    await writeFile(path.join(pages, 'customer.html'), '<!doctype html><title>Customer</title>');
    await writeFile(path.join(pages, 'agent.html'), '<!doctype html><title>Agent</title>');
    await writeFile(path.join(pages, 'roots.js'), 'export const roots = [];');
    await writeFile(path.join(pages, 'c/page-abc.js'), 'export {};');
    await writeFile(path.join(published, 'open/manifest.json'), '{"recipients":[]}');
    await writeFile(path.join(published, 'open/manifest.json.sig'), 'signature');
    const env = { VAULT_PAGE_DIR: pages, VAULT_DIR: published };
    server = await startServer({ config: [{ ...open, allowedOrigins: ['https://shop.example', 'http://dev.example:*'] }], env });
  });
  after(async () => {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  });

  const get = (origin: string, where: string): Promise<HttpAnswer> => {
    const { port, host } = new URL(origin);
    return httpRequest(Number(port), where, { headers: { host } });
  };

  it('are each on an origin of their own, the customer’s on another site than the shop', async () => {
    assert.equal(server.vaultUrl, `http://127.0.0.1:${server.port}`);
    const { hostname, port } = new URL(server.agentVaultUrl);
    assert.equal(hostname, 'localhost');
    assert.ok(![server.url, server.inboxUrl].some((url) => new URL(url).port === port));
    assert.match((await get(server.vaultUrl, '/desks/open/vault')).text, /Customer/);
    assert.match((await get(server.agentVaultUrl, '/')).text, /Agent/);
    assert.equal((await get(server.url, '/desks/open/vault')).status, 404);
    assert.equal((await get(server.vaultUrl, '/')).status, 404);
    assert.equal((await get(server.vaultUrl, '/desks/nobody/vault')).status, 404);
    for (const where of ['/v1/desks/open', '/v1/desks/open/tickets/K7QF-2M9X', '/v1/desks/open/agent/tickets'])
      assert.equal((await get(server.vaultUrl, where)).status, 421, where);
    assert.equal((await get(server.agentVaultUrl, '/v1/desks/open/agent/tickets')).status, 421);
  });

  it('run nothing but their own files, and stand in the frames of the desk’s pages alone', async () => {
    const { headers } = await get(server.vaultUrl, '/desks/open/vault');
    const policy = String(headers['content-security-policy']).split('; ');
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "form-action 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
    ])
      assert.ok(policy.includes(part), part);
    assert.ok(policy.includes(`frame-ancestors http://localhost:${server.port} https://shop.example http://dev.example:*`), policy.at(-1));
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(String(headers['permissions-policy']), /clipboard-read=\(\)/);
    const agents = await get(server.agentVaultUrl, '/');
    assert.match(String(agents.headers['content-security-policy']), /frame-ancestors 'none'$/);
    // whoever opens such a page in a window keeps no hand on it
    for (const page of [headers, agents.headers]) assert.equal(page['cross-origin-opener-policy'], 'same-origin');
    assert.deepEqual(
      [headers, agents.headers].map((page) => page['cross-origin-resource-policy']),
      ['cross-origin', 'same-origin'],
    );
  });

  it('come with one module that the operator writes, and with keys as they were published', async () => {
    assert.equal((await get(server.vaultUrl, '/roots.js')).text, 'export const roots = [];');
    await writeFile(path.join(scratch, 'vault/roots.js'), 'export const roots = ["SHA256:x"];');
    for (const origin of [server.vaultUrl, server.agentVaultUrl]) {
      const roots = await get(origin, '/roots.js');
      assert.deepEqual([roots.text, roots.headers['cache-control']], ['export const roots = ["SHA256:x"];', 'no-cache']);
      assert.match(String((await get(origin, '/c/page-abc.js')).headers['cache-control']), /immutable/);
      for (const name of ['/c/..%2froots.js', '/c/absent.js', '/c/page-abc.map']) assert.equal((await get(origin, name)).status, 404, name);
      const manifest = await get(origin, '/v1/desks/open/vault/manifest.json');
      assert.deepEqual([manifest.text, manifest.headers['cache-control']], ['{"recipients":[]}', 'no-store']);
      assert.equal((await get(origin, '/v1/desks/open/vault/manifest.json.sig')).text, 'signature');
    }
  });

  it('may ask for the passkeys of the inbox', async () => {
    const answer = await get(server.inboxUrl, '/.well-known/webauthn');
    assert.deepEqual(answer.json(), { origins: [server.agentVaultUrl] });
  });
});
