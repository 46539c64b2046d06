import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, listenForNoise } from '../support/chromium.ts';
import { shopDesks } from '../support/desks.ts';
import { FormPage, png } from '../support/form-page.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { startShop, type ShopServer } from '../support/shop-server.ts';

const NONCE = 'r4nd0m';

describe('a page with a strict policy', () => {
  let browser: Browser;
  let server: ServerProcess;
  let shop: ShopServer;
  let plainShop: string;

  before(async () => {
    const pages: Parameters<typeof startShop>[0] = {};
    shop = await startShop(pages);
    plainShop = `http://shop.test:${shop.port}`;
    server = await startServer({ config: shopDesks([shop.url, plainShop]) });
    const headers = {
      'content-security-policy': [
        "default-src 'none'",
        `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
        "style-src 'self'",
        `connect-src 'self' ${server.url}`,
        "img-src 'self'",
        "require-trusted-types-for 'script'",
        'trusted-types lit-html',
      ].join('; '),
    };
    const page = (before = '') => ({
      headers,
      html: `<!doctype html><html lang="en"><head><title>Lamp</title>
        <script nonce="${NONCE}">
          window.violations = [];
          document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective + ' ' + event.sample));
        </script>
        ${before}
        <script nonce="${NONCE}" type="module" src="${server.url}/embed.js"></script></head>
        <body><h1>Lamp</h1>
        <support-form endpoint="${server.url}" desk="demo"></support-form>
        <support-launcher endpoint="${server.url}" desk="demo"></support-launcher></body></html>`,
    });
    pages['/strict'] = page();
    pages['/lit.js'] = {
      html: await readFile(new URL('../../node_modules/lit-html/lit-html.js', import.meta.url), 'utf8'),
      headers: { 'content-type': 'text/javascript' },
    };
    pages['/two-lits'] = page(
      `<script nonce="${NONCE}" type="module">
        import { html, render } from '/lit.js';
        window.addEventListener('DOMContentLoaded', () => render(html\`<p id="other">Another \${'Lit'}</p>\`, document.body.appendChild(document.createElement('div'))));
      </script>`,
    );
    pages['/plain'] = { html: page().html };
    browser = await launchChromium([`--host-resolver-rules=MAP shop.test 127.0.0.1`]);
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
    await server?.stop();
  });

  /** A ticket with a file from the form, then the dialog opened and closed. */
  async function useEverything(page: Page, subject: string): Promise<void> {
    const form = new FormPage(page, page.locator('body > support-form'));
    await form.fill({ subject });
    await form.addFiles([png('lamp.png', subject)]);
    await form.send();
    await form.number();
    await page.getByRole('button', { name: 'Contact us' }).click();
    await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }

  const violations = (page: Page) => page.evaluate(() => (window as unknown as { violations: string[] }).violations);

  for (const [title, path, withoutSetHTML] of [
    ['works without a violation', '/strict', false],
    ['works beside a second copy of Lit that took the policy first', '/two-lits', false],
    ['works through the allowed policy where setHTML does not exist', '/strict', true],
  ] as const) {
    it(title, async () => {
      const page = await browser.newPage();
      if (withoutSetHTML) await page.addInitScript(() => delete (Element.prototype as { setHTML?: unknown }).setHTML);
      const noise = listenForNoise(page);
      await page.goto(shop.url + path);
      await useEverything(page, title);
      if (path === '/two-lits') assert.equal(await page.locator('#other').innerText(), 'Another Lit');
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(noise, []);
      await page.close();
    });
  }

  it('is watched: a violation of the page itself is caught by listener and log', async () => {
    const page = await browser.newPage();
    const noise = listenForNoise(page);
    await page.goto(`${shop.url}/strict`);
    await page.evaluate(() => {
      try {
        document.body.innerHTML = '<p>';
      } catch {
        // refused, as it should be
      }
    });
    assert.equal((await violations(page)).length, 1);
    assert.equal(noise.length, 1);
    await page.close();
  });

  it('sends from a shop on plain http, where a browser has no cryptography to offer', async () => {
    const page = await browser.newPage();
    const noise = listenForNoise(page);
    await page.goto(`${plainShop}/plain`);
    const offered = await page.evaluate(() => [
      isSecureContext,
      'subtle' in crypto && !!crypto.subtle,
      'randomUUID' in crypto,
      !!navigator.clipboard,
    ]);
    assert.deepEqual(offered, [false, false, false, false]);
    await useEverything(page, 'From a plain shop');
    assert.deepEqual(noise, []);
    await page.close();
  });
});
