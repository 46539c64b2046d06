import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { openPage } from '../chromium.ts';
import type { ProbeBackend } from './page-probe.ts';
import type { ShopHost } from './shop-host.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What a strict shop sends with its pages: no inline script, no strings as code, no HTML from strings. */
export const STRICT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const WATCH = `window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective + ' ' + event.sample));`;

/**
 * Puts a page with the adapter into the shop, under a strict policy: `/probe`. The page has `window.probe` of `page-probe.ts`.
 *
 * @param make a function from page and options to an adapter, as code; `adapters` are the exports of the adapter's entry.
 */
export async function addProbe(host: ShopHost, name: string, make: string): Promise<void> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import * as adapters from '@storefront-support/adapters/${name}';
        import { startProbe } from './test/support/stand-ins/page-probe.ts';
        startProbe(${make});`,
      resolveDir: root,
    },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  const script = { 'content-type': 'text/javascript' };
  host.pages['/watch.js'] = { html: WATCH, headers: script };
  host.pages['/probe.js'] = { html: outputFiles[0]!.text, headers: script };
  host.pages['/probe'] = {
    html: '<!doctype html><html lang="en"><title>Lamp</title><script src="/watch.js"></script><script type="module" src="/probe.js"></script><h1>Lamp</h1></html>',
    headers: { 'content-security-policy': STRICT_POLICY },
  };
}

/** Opens the probe in a context of its own: another customer's browser. */
export async function openProbe(browser: Browser, host: ShopHost, backend?: ProbeBackend): Promise<Page> {
  const page = await openPage(browser);
  if (backend)
    await page.exposeFunction('backend', (what: keyof ProbeBackend, given: never) => (backend[what] as (given: never) => unknown)(given));
  await page.goto(`${host.url}/probe`);
  await page.waitForFunction('window.probe');
  return page;
}

/** Members that requests read from their options, with values that would break or betray them. */
export const POLLUTION = [
  ['mode', 'no-cors'],
  ['method', 'DELETE'],
  ['body', 'polluted'],
  ['credentials', 'omit'],
  ['redirect', 'error'],
  ['integrity', 'sha256-AAAA'],
  ['headers', { 'x-polluted': '1' }],
  ['timeout', 1],
  ['desk', '99'],
  ['trap', 'polluted'],
  ['toJSON', 'polluted'],
] as const;

/** Runs in the page: sends a draft once for each of them. */
export async function sendPolluted([draft, pollution]: readonly [object, typeof POLLUTION]): Promise<void> {
  for (const [name, value] of pollution) {
    const adapter = window.probe.make();
    const keys = { idempotencyKey: 'k'.repeat(22), secret: 's'.repeat(43) };
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    try {
      await adapter.createTicket(draft as never, { keys });
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
    }
  }
}
