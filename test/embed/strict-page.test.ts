import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { listenForNoise } from '../support/chromium.ts';
import { FormPage, png } from '../support/form-page.ts';
import { ShopRoom } from '../support/shop-room.ts';

const NONCE = 'r4nd0m';
/** A name that browsers do not trust without TLS. */
const PLAIN_HOST = 'shop.test';

describe('a page with a strict policy', () => {
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open({ hosts: [PLAIN_HOST] });
    const headers = {
      'content-security-policy': [
        "default-src 'none'",
        `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
        "style-src 'self'",
        `connect-src 'self' ${room.server.url}`,
        "img-src 'self'",
        "require-trusted-types-for 'script'",
        'trusted-types lit-html',
      ].join('; '),
    };
    const head = (before = '') => `<script nonce="${NONCE}">
        window.violations = [];
        document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective + ' ' + event.sample));
      </script>
      ${before}${room.script.replace('<script', `<script nonce="${NONCE}"`)}`;
    const body = `<h1>Lamp</h1>${room.tag()}${room.tag({ name: 'support-launcher' })}`;
    room.addPage('/strict', { head: head(), body, headers });
    room.pages['/lit.js'] = {
      html: await readFile(new URL('../../node_modules/lit-html/lit-html.js', import.meta.url), 'utf8'),
      headers: { 'content-type': 'text/javascript' },
    };
    const otherLit = `<script nonce="${NONCE}" type="module">
        import { html, render } from '/lit.js';
        window.addEventListener('DOMContentLoaded', () => render(html\`<p id="other">Another \${'Lit'}</p>\`, document.body.appendChild(document.createElement('div'))));
      </script>`;
    room.addPage('/two-lits', { head: head(otherLit), body, headers });
    room.addPage('/plain', { head: head(), body });
  });
  after(() => room?.close());

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
      const page = await room.browser.newPage();
      if (withoutSetHTML) await page.addInitScript(() => delete (Element.prototype as { setHTML?: unknown }).setHTML);
      const noise = listenForNoise(page);
      await page.goto(room.shop.url + path);
      await useEverything(page, title);
      if (path === '/two-lits') assert.equal(await page.locator('#other').innerText(), 'Another Lit');
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(noise, []);
      await page.close();
    });
  }

  it('is watched: a violation of the page itself is caught by listener and log', async () => {
    const page = await room.browser.newPage();
    const noise = listenForNoise(page);
    await page.goto(`${room.shop.url}/strict`);
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
    const page = await room.browser.newPage();
    const noise = listenForNoise(page);
    await page.goto(`http://${PLAIN_HOST}:${room.shop.port}/plain`);
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
