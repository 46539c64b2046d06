import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page, Request } from 'playwright-core';
import { launchChromium, openPage } from '../support/chromium.ts';
import { openDesks } from '../support/desks.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Members that `fetch` and `Request` read from their options, with values that would break or betray every request. */
const POLLUTION: Record<string, string> = {
  mode: '"no-cors"',
  method: '"DELETE"',
  signal: 'AbortSignal.abort()',
  headers: '({ "x-polluted": "1" })',
  body: '"polluted"',
  credentials: '"include"',
  cache: '"only-if-cached"',
  redirect: '"error"',
  referrer: '"https://evil.example/"',
  referrerPolicy: '"unsafe-url"',
  integrity: '"sha256-AAAA"',
  keepalive: 'true',
  duplex: '"full"',
  priority: '"polluted"',
  window: '({})',
  targetAddressSpace: '"loopback"',
  searchParams: '"polluted=1"',
  prefixUrl: '"http://127.0.0.1:1/"',
  hooks: '({ beforeRequest: [() => new Response("polluted")] })',
};

/** One page with the adapter as a module, on an origin of its own. */
async function startPage() {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { HttpAdapter } from '@storefront-support/adapters/http'; window.HttpAdapter = HttpAdapter;`,
      resolveDir: root,
    },
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: path.join(root, 'in-memory'),
    absWorkingDir: root,
    write: false,
  });
  const files = new Map(outputFiles.map(({ path: name, text }) => [`/${path.basename(name)}`, text]));
  const server = http.createServer(({ url = '/' }, response) => {
    const script = files.get(url);
    if (script !== undefined) return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>Shop</title><script type="module" src="/stdin.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

describe('the http adapter in Chromium, on another origin than the server', () => {
  let server: ServerProcess;
  let shop: Awaited<ReturnType<typeof startPage>>;
  let browser: Browser;
  let page: Page;
  let clean: unknown;
  before(async () => {
    [server, shop, browser] = await Promise.all([startServer({ config: openDesks() }), startPage(), launchChromium()]);
    page = await openPage(browser);
    await page.goto(shop.url);
    await page.waitForFunction('window.HttpAdapter');
  });
  after(async () => {
    await browser?.close();
    shop?.server.close();
    await server?.stop();
  });

  /** Every verb once, in the page; what the ticket then has. */
  const everyVerb = (name = '', value = 'undefined') =>
    page.evaluate(`(async () => {
      const token = (length) => Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => 'abcdefghijklmnop'[byte & 15]).join('');
      const keys = { idempotencyKey: token(22), secret: token(43) };
      const file = new File(['hello'.repeat(120_000)], 'ünï 📎.txt', { type: 'text/plain' });
      const draft = { contactId: 'service', kind: 'support', requester: { name: 'Zoë', email: 'zoe@example.com' }, subject: 'Parcel', message: 'Where?', attachmentIds: [], locale: 'en' };
      const adapter = new HttpAdapter({ endpoint: ${JSON.stringify(server.url)}, desk: 'open', timeout: 5_000 });
      const name = ${JSON.stringify(name)};
      if (name) Object.defineProperty(Object.prototype, name, { value: ${value}, configurable: true, writable: true });
      try {
        const desk = await adapter.getDesk();
        await adapter.prepare();
        const mistake = await adapter.attachments.upload(new File(['oh'], 'no.txt'), { secret: keys.secret });
        await adapter.attachments.remove(mistake.id, { secret: keys.secret });
        const { id } = await adapter.attachments.upload(file, { secret: keys.secret });
        const { ticket } = await adapter.createTicket({ ...draft, attachmentIds: [id] }, { keys });
        const detail = await adapter.getTicket(ticket.number, { secret: keys.secret });
        return { desk: desk.id, same: detail.number === ticket.number, subject: detail.subject, files: detail.attachments.map(({ name, size, type, sha256 }) => ({ name, size, type, sha256 })) };
      } finally {
        if (name) delete Object.prototype[name];
      }
    })()`);

  it('does all it can do', async () => {
    const { createHash } = await import('node:crypto');
    const sha256 = createHash('sha256').update('hello'.repeat(120_000)).digest('hex');
    const files = [{ name: 'ünï 📎.txt', size: 600_000, type: 'text/plain', sha256 }];
    clean = await everyVerb();
    assert.deepEqual(clean, { desk: 'open', same: true, subject: 'Parcel', files });
  });

  it('asks for permission once, and not before every chunk', async () => {
    const asked = () => server.output().match(/"method":"OPTIONS"/g)?.length ?? 0;
    const before = asked();
    await page.evaluate(`new HttpAdapter({ endpoint: ${JSON.stringify(server.url)}, desk: 'open' }).attachments.upload(
      new File(['hello'.repeat(1_000_000)], 'long.txt', { type: 'text/plain' }), { secret: 's'.repeat(43) })`);
    // the creation has an address of its own, the chunks share another
    assert.ok(asked() - before <= 3, `${asked() - before} times`);
  });

  it('names no page and no upload in a Referer', async () => {
    await page.goto(`${shop.url}account/orders?invoice=4711`);
    await page.waitForFunction('window.HttpAdapter');
    const sent: Promise<Record<string, string>>[] = [];
    const onRequest = (request: Request) => void (request.url().startsWith(server.url) && sent.push(request.allHeaders()));
    page.on('request', onRequest);
    await everyVerb();
    page.off('request', onRequest);
    const referers = (await Promise.all(sent)).map(({ referer = '' }) => referer);
    assert.ok(referers.length >= 8);
    assert.deepEqual([...new Set(referers)], [shop.url]);
  });

  for (const [name, value] of Object.entries(POLLUTION)) {
    it(`does the same when Object.prototype has a member "${name}"`, async () => {
      assert.deepEqual(await everyVerb(name, value), clean);
    });
  }

  it('would not, if its requests inherited', async () => {
    const mode = await page.evaluate(`(() => {
      Object.defineProperty(Object.prototype, 'mode', { value: 'no-cors', configurable: true });
      try { return new Request('/', {}).mode } finally { delete Object.prototype.mode }
    })()`);
    assert.equal(mode, 'no-cors');
  });

  it('names the origin that the desk file lacks', async () => {
    const closed = await startServer({
      config: (openDesks() as object[]).map((desk) => ({ ...desk, allowedOrigins: ['https://shop.example'] })),
    });
    try {
      const [code, message] =
        (await page.evaluate(`new HttpAdapter({ endpoint: ${JSON.stringify(closed.url)}, desk: 'open', origin: location.origin })
        .getDesk().catch(({ code, message }) => [code, message])`)) as string[];
      assert.equal(code, 'origin-not-allowed');
      assert.equal(message, `Add "${new URL(shop.url).origin}" to allowedOrigins of desk "open" in the server's desk file.`);
    } finally {
      await closed.stop();
    }
  });

  it('takes a redirect for a wrong address', async () => {
    const redirecting = http.createServer((_, response) =>
      response.writeHead(302, { location: `${server.url}/v1/desks/open`, 'access-control-allow-origin': '*' }).end(),
    );
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
    try {
      const endpoint = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}`;
      const code = await page.evaluate(
        `new HttpAdapter({ endpoint: ${JSON.stringify(endpoint)}, desk: 'open' }).getDesk().catch(({ code }) => code)`,
      );
      assert.equal(code, 'misconfigured');
    } finally {
      redirecting.closeAllConnections();
      redirecting.close();
    }
  });
});
