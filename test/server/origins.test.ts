import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openDesks } from '../support/desks.ts';
import { httpRequest, type HttpRequest } from '../support/http-request.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';

const [open] = openDesks() as [object];
const SHOP = 'https://shop.example';

describe('origins', () => {
  let server: ServerProcess;

  before(async () => {
    server = await startServer({ config: [{ ...open, allowedOrigins: [SHOP, 'http://dev.example:*'] }] });
  });
  after(() => server.stop());

  const ask = (path: string, request: HttpRequest = {}) => httpRequest(server.port, path, request);
  const desk = '/v1/desks/open';

  it('lets a desk be read by the origins it names, by its own pages and without any origin', async () => {
    for (const origin of [SHOP, 'http://dev.example', 'http://dev.example:8080', `http://localhost:${server.port}`]) {
      const answer = await ask(desk, { headers: { origin } });
      assert.equal(answer.status, 200, origin);
      assert.equal(answer.headers['access-control-allow-origin'], origin);
      assert.match(String(answer.headers.vary), /Origin/);
    }
    const answer = await ask(desk);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
  });

  it('refuses every other origin with a reason that its page can read', async () => {
    const others = [
      'http://shop.example',
      'https://shop.example:444',
      'https://shop.example.evil.example',
      'https://evil.example',
      'https://dev.example:8080',
      'http://dev.example.evil.example:1',
      'null',
    ];
    for (const origin of others) {
      const answer = await ask(desk, { headers: { origin } });
      assert.equal(answer.status, 403, origin);
      assert.equal(answer.json()['code'], 'origin-not-allowed');
      assert.equal(answer.headers['access-control-allow-origin'], origin);
    }
  });

  it('says which desk is unknown to whoever asks', async () => {
    const answer = await ask('/v1/desks/nobody', { headers: { origin: 'https://evil.example' } });
    assert.equal(answer.status, 404);
    assert.equal(answer.json()['code'], 'desk-not-found');
    assert.equal(answer.headers['access-control-allow-origin'], 'https://evil.example');
  });

  it('keeps a refused origin from writing', async () => {
    for (const path of ['tickets', 'uploads']) {
      const answer = await ask(`${desk}/${path}`, {
        method: 'POST',
        headers: { origin: 'https://evil.example', 'content-type': 'text/plain' },
        body: '{}',
      });
      assert.equal(answer.status, 403);
    }
  });

  const preflight = (origin: string, path: string) =>
    ask(`${desk}/${path}`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });
  const upload = ['tus-resumable', 'upload-length', 'upload-metadata', 'upload-offset', 'upload-checksum'];
  for (const [path, headers, methods] of [
    ['tickets', ['authorization', 'content-type', 'idempotency-key', 'support-proof'], []],
    ['tickets/K7QF-2M9X', ['authorization', 'content-type'], ['PATCH']],
    ['tickets/K7QF-2M9X/messages', ['authorization', 'content-type', 'idempotency-key'], []],
    ['tickets/K7QF-2M9X/access', ['authorization'], []],
    ['tickets/K7QF-2M9X/access/offers', ['authorization', 'content-type', 'idempotency-key'], []],
    [`tickets/K7QF-2M9X/access/records/${'r'.repeat(22)}`, ['authorization', 'content-type'], ['PATCH', 'DELETE']],
    [`tickets/K7QF-2M9X/access/records/${'r'.repeat(22)}/after-care`, ['authorization', 'content-type'], ['PUT']],
    ['sessions', ['content-type'], []],
    ['sessions/current', ['authorization'], ['DELETE']],
    ['events', ['authorization'], []],
    ['uploads', ['authorization', 'content-type', ...upload], ['PATCH', 'DELETE']],
    [`uploads/${'u'.repeat(43)}`, ['authorization', 'content-type', ...upload], ['PATCH', 'DELETE']],
  ] as const) {
    it(`permits what ${path} needs to origins it names, and nothing to others`, async () => {
      const permitted = await preflight(SHOP, path);
      assert.equal(permitted.status, 204);
      assert.equal(permitted.headers['access-control-allow-origin'], SHOP);
      assert.ok(Number(permitted.headers['access-control-max-age']) > 0);
      const listed = (name: string) => String(permitted.headers[name]).toLowerCase().split(/, ?/);
      for (const name of headers) assert.ok(listed('access-control-allow-headers').includes(name), name);
      // GET, HEAD and POST need no permission
      const allowed = permitted.headers['access-control-allow-methods'] === undefined ? [] : listed('access-control-allow-methods');
      assert.deepEqual(
        allowed,
        methods.map((name) => name.toLowerCase()),
      );
      assert.equal(permitted.headers['access-control-allow-credentials'], undefined);
      const refused = await preflight('https://evil.example', path);
      assert.equal(refused.status, 403);
      assert.equal(refused.headers['access-control-allow-origin'], undefined);
    });
  }

  it('exposes what an uploading and a waiting page must read, where it is there', async () => {
    const exposed = async (path: string, request: HttpRequest) =>
      String((await ask(`${desk}${path}`, request)).headers['access-control-expose-headers'])
        .split(',')
        .sort();
    const headers = { origin: SHOP, 'tus-resumable': '1.0.0', authorization: `Bearer ${'s'.repeat(43)}` };
    const creation = { method: 'POST', headers: { ...headers, 'upload-length': '5' } };
    assert.deepEqual(await exposed('/uploads', creation), ['Location', 'Tus-Resumable', 'Upload-Expires']);
    const { location } = (await ask(`${desk}/uploads`, creation)).headers;
    const found = await exposed(`/${location}`, { method: 'HEAD', headers });
    assert.deepEqual(found, ['Tus-Resumable', 'Upload-Expires', 'Upload-Length', 'Upload-Offset']);
    assert.deepEqual(await exposed('/uploads', { method: 'OPTIONS', headers }), [
      'Tus-Extension',
      'Tus-Max-Size',
      'Tus-Resumable',
      'Tus-Version',
    ]);
    assert.equal((await ask(desk, { headers: { origin: SHOP } })).headers['access-control-expose-headers'], undefined);
  });
});

describe('hosts', () => {
  let plain: ServerProcess;
  let proxied: ServerProcess;

  before(async () => {
    const config = openDesks();
    [plain, proxied] = await Promise.all([
      startServer({ config }),
      startServer({ config, env: { PUBLIC_URL: 'https://support.shop.example', TRUSTED_PROXIES: '127.0.0.1' } }),
    ]);
  });
  after(() => Promise.all([plain.stop(), proxied.stop()]));

  const statusOf = async ({ port }: ServerProcess, headers: Record<string, string>, path = '/v1/desks/open', connectTo?: string) =>
    (await httpRequest(port, path, { headers, ...(connectTo === undefined ? {} : { connectTo }) })).status;

  it('answers for localhost and its own port on both loopback families', async () => {
    assert.equal(await statusOf(plain, { host: `localhost:${plain.port}` }), 200);
    assert.equal(await statusOf(plain, { host: `LOCALHOST:${plain.port}` }), 200);
    assert.equal(await statusOf(plain, { host: `localhost:${plain.port}` }, '/v1/desks/open', '::1'), 200);
  });

  it('refuses every other host', async () => {
    for (const host of [
      `127.0.0.1:${plain.port}`,
      `[::1]:${plain.port}`,
      'localhost',
      'localhost:1',
      `evil.example:${plain.port}`,
      'evil.example',
    ]) {
      const answer = await httpRequest(plain.port, '/v1/desks/open', { headers: { host } });
      assert.equal(answer.status, 421, host);
      assert.equal(answer.json()['code'], 'wrong-host');
      assert.equal(answer.headers['content-type'], 'application/problem+json');
    }
  });

  it('goes by the host of the request line where there is one', async () => {
    for (const [target, status] of [
      [`http://localhost:${plain.port}/v1/desks/open`, 200],
      ['http://evil.example/v1/desks/open', 421],
      [`http://localhost:${plain.port}@evil.example/v1/desks/open`, 421],
    ] as const) {
      assert.equal(await statusOf(plain, {}, target), status, target);
    }
  });

  it('lets a monitor ask under any host', async () => {
    for (const path of ['/healthz', '/readyz']) assert.equal(await statusOf(plain, { host: `127.0.0.1:${plain.port}` }, path), 200);
  });

  it('answers for its public host, named directly or by a proxy it trusts', async () => {
    for (const host of ['support.shop.example', 'support.shop.example:443']) assert.equal(await statusOf(proxied, { host }), 200);
    const host = `127.0.0.1:${proxied.port}`;
    assert.equal(await statusOf(proxied, { host, 'x-forwarded-host': 'support.shop.example' }), 200);
    assert.equal(await statusOf(proxied, { host, 'x-forwarded-host': 'evil.example' }), 421);
    assert.equal(await statusOf(proxied, { host, 'x-forwarded-host': 'support.shop.example, evil.example' }), 421);
  });

  it('believes no forwarded host from a stranger', async () => {
    assert.equal(await statusOf(plain, { host: 'evil.example', 'x-forwarded-host': `localhost:${plain.port}` }), 421);
    assert.equal(await statusOf(plain, { host: `localhost:${plain.port}`, 'x-forwarded-host': 'evil.example' }), 200);
  });

  it('takes the pages of its public origin for its own', async () => {
    const origin = 'https://support.shop.example';
    const answer = await httpRequest(proxied.port, '/v1/desks/open', { headers: { host: 'support.shop.example', origin } });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['access-control-allow-origin'], origin);
  });

  it('gives inbox and files a port of their own, each by its own name alone', async () => {
    const second = Number(new URL(plain.inboxUrl).port);
    assert.equal(plain.inboxUrl, `http://localhost:${second}`);
    assert.equal(plain.attachmentsUrl, `http://127.0.0.1:${second}`);
    assert.notEqual(second, plain.port);
    for (const host of [`localhost:${second}`, `127.0.0.1:${second}`]) {
      for (const path of ['/v1/desks/open', '/openapi.json', '/docs', '/v1/desks/open/tickets/K7QF-2M9X']) {
        const answer = await httpRequest(second, path, { headers: { host } });
        assert.ok(answer.status === 421 || answer.status === 404, `${host} ${path} ${answer.status}`);
        assert.equal(answer.headers['access-control-allow-origin'], undefined);
      }
      assert.equal((await httpRequest(second, '/v1/desks/open', { headers: { host } })).json()['code'], 'wrong-host');
      assert.equal((await httpRequest(second, '/healthz', { headers: { host } })).status, 200);
    }
    for (const host of [`[::1]:${second}`, 'localhost', `evil.example:${second}`])
      assert.equal((await httpRequest(second, '/', { headers: { host } })).status, 421, host);
  });

  it('says where a route is served that belongs to another origin', async () => {
    for (const [below, home] of [
      ['agent/tickets', plain.inboxUrl],
      [`attachments/${'a'.repeat(43)}`, plain.attachmentsUrl],
    ]) {
      const answer = await httpRequest(plain.port, `/v1/desks/open/${below}`);
      assert.equal(answer.status, 421, below);
      assert.ok(String(answer.json()['detail']).includes(String(home)));
    }
  });

  it('lets no host stand for two origins', async () => {
    const env = { PUBLIC_URL: 'https://support.shop.example', INBOX_URL: 'https://support.shop.example:443/inbox' };
    await assert.rejects(startServer({ config: openDesks(), env }), /cannot share the host support\.shop\.example/);
    await assert.rejects(startServer({ config: openDesks(), env: { ATTACHMENTS_URL: 'files' } }), /ATTACHMENTS_URL must be an address/);
  });

  it('takes inbox and files under the names that the operator gave them, on either port', async () => {
    const env = { INBOX_URL: 'https://inbox.shop.example', ATTACHMENTS_URL: 'https://files.shop.example/' };
    const named = await startServer({ config: openDesks(), env });
    try {
      assert.equal(named.inboxUrl, 'https://inbox.shop.example');
      for (const host of ['inbox.shop.example', 'files.shop.example']) {
        assert.equal(await statusOf(named, { host }), 421);
        assert.equal(await statusOf(named, { host }, '/healthz'), 200);
        assert.equal(await statusOf(named, { host }, '/nothing'), 404);
      }
    } finally {
      await named.stop();
    }
  });
});
