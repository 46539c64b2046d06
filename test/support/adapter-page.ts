import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { launchChromium, openPage } from './chromium.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface AdapterPage {
  /** What the adapter's module exports under its name is a member of its `window`. */
  readonly page: Page;
  close(): Promise<void>;
}

/**
 * A page in Chromium on an origin of its own with one class of a built adapter, as a shop's page has it: whatever the other origin
 * does not allow, the browser refuses.
 */
export async function openAdapterPage(entry: string, name: string): Promise<AdapterPage> {
  const browser = launchChromium();
  const { outputFiles } = await build({
    stdin: { contents: `import { ${name} } from '${entry}'; window.${name} = ${name};`, resolveDir: root },
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: path.join(root, 'in-memory'),
    absWorkingDir: root,
    write: false,
  });
  const files = new Map(outputFiles.map((file) => [`/${path.basename(file.path)}`, file.text]));
  const server = http.createServer((request, response) => {
    const script = files.get(request.url ?? '/');
    if (script !== undefined) return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>Shop</title><script type="module" src="/stdin.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await openPage(await browser);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction(`window.${name}`);
  return {
    page,
    async close() {
      await (await browser).close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** In a page: a draft and keys, as a form makes them. `marker` is in its message. */
export const DRAFT_IN_PAGE = `
  const randomText = (length) => Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => 'abcdefghijklmnop'[byte & 15]).join('');
  const newKeys = () => ({ idempotencyKey: randomText(22), secret: randomText(43) });
  const draftOf = (marker, changes = {}) => ({ contactId: 'support', kind: 'support', requester: { name: 'Zoë', email: 'zoe@example.com' },
    subject: 'Où est mon colis ? 📦', message: 'It has not come: ' + marker, orderReference: 'ORD-1', attachmentIds: [], locale: 'fr', ...changes });
`;

/** In a page: runs work once for every member that hostile scripts put on `Object.prototype`: of options and of answers. */
export const POLLUTION_IN_PAGE = `
  const pollution = { mode: 'no-cors', method: 'DELETE', signal: AbortSignal.abort(), headers: { 'x-polluted': '1' }, body: 'polluted',
    credentials: 'include', cache: 'only-if-cached', redirect: 'error', keepalive: true, referrer: 'https://evil.example/',
    errors: { name: 'required' }, enabled: false, token: 'polluted', number: '666', status: 'closed', trap: 'polluted',
    type: 'polluted', identifier: 'polluted', resume: 'polluted', desk: 'polluted', refuse: () => { throw new Error('polluted') } };
  const withEachPollution = async (work) => {
    for (const [name, value] of Object.entries(pollution)) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
      try { await work(name) } catch ({ code, message }) { throw new Error(name + ': ' + code + ' ' + message) } finally { delete Object.prototype[name] }
    }
    return Object.keys(pollution).length;
  };
`;
