import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Browser as Firefox, Page as FirefoxPage } from 'puppeteer-core';
import { listenForNoise } from '../support/chromium.ts';
import { firefoxPath, launchFirefox } from '../support/firefox.ts';
import { FormPage } from '../support/form-page.ts';
import { BUDGET } from '../support/page-bytes.ts';
import { embedFiles } from '../support/released/releases.ts';
import { ShopRoom } from '../support/shop-room.ts';

const NONCE = 'r4nd0m';
const JOINED = '/themes/classic/assets/cache/bottom-1a2b3c.js';
/** Where a module of the shop keeps its files. */
const MODULE = '/modules/support/';
const JAVASCRIPT = { 'content-type': 'text/javascript' };

/** What RequireJS does with the `define` of a script that nobody has asked it for. */
const AMD = `
  window.defined = [];
  window.define = (...parts) => { window.defined.push(parts.length); throw new Error('Mismatched anonymous define()'); };
  window.define.amd = {};`;

describe('the classic script', () => {
  let room: ShopRoom;
  let classic: string;
  let script: string;
  let tag: string;
  let pages = 0;
  let firefox: Firefox | undefined;

  before(async () => {
    room = await ShopRoom.open();
    classic = await fetch(`${room.server.url}/embed.classic.js`).then((answer) => answer.text());
    script = `<script defer src="${room.server.url}/embed.classic.js"></script>`;
    tag = room.tag({ content: '<a href="mailto:hello@shop.example">Write to us</a>' });
    if (firefoxPath()) firefox = await launchFirefox();
  });
  after(async () => {
    await firefox?.close();
    await room?.close();
  });

  async function open(body: string, { head = '', headers = {} } = {}): Promise<{ page: Page; noise: string[]; address: string }> {
    const address = room.addPage(`/${pages++}`, { body, head, headers });
    const page = await room.browser.newPage();
    const noise = listenForNoise(page);
    await page.goto(address);
    return { page, noise, address };
  }

  const subject = (page: Page) => page.getByRole('textbox', { name: 'Subject' });

  async function showsInFirefox(address: string): Promise<void> {
    if (!firefox) return;
    const page: FirefoxPage = await firefox.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(address);
    await page.waitForFunction(() => !!document.querySelector('support-form')?.shadowRoot?.querySelector('[data-state=ready]'), {
      timeout: 20_000,
    });
    assert.deepEqual(errors, []);
    await page.close();
  }

  /** Puts what the platform has joined into the shop, and with it the parts that lie in the shop's own folder. */
  async function join(...scripts: string[]): Promise<void> {
    room.pages[JOINED] = { html: scripts.join(''), headers: JAVASCRIPT };
    const folder = new URL('../../packages/embed/dist/embed/', import.meta.url);
    for (const name of embedFiles(fileURLToPath(folder)))
      room.pages[MODULE + name] = { html: await readFile(new URL(name, folder), 'utf8'), headers: JAVASCRIPT };
  }

  it('sends a ticket from a page of another origin, and leaves no globals', async () => {
    const { page, noise } = await open(tag);
    const globals = () =>
      page.evaluate(() => [...Object.getOwnPropertyNames(globalThis), ...Object.getOwnPropertySymbols(globalThis).map(String)]);
    const before = await globals();
    await page.evaluate(
      (src) => document.body.append(Object.assign(document.createElement('script'), { src })),
      `${room.server.url}/embed.classic.js`,
    );
    const form = new FormPage(page);
    await form.fill({ subject: 'From a classic script' });
    await form.send();
    await form.number();
    assert.deepEqual(await globals(), before);
    assert.deepEqual(noise, []);
    await page.close();
  });

  for (const attributes of ['', 'defer', 'async', 'crossorigin']) {
    it(`works when its tag has ${attributes || 'nothing but its address'}`, async () => {
      const { page, noise, address } = await open(script.replace('defer', attributes) + tag);
      await subject(page).waitFor();
      assert.deepEqual(noise, []);
      if (attributes !== 'crossorigin') await showsInFirefox(address);
      await page.close();
    });
  }

  it('works in the head, before there is a body', async () => {
    const { page, noise } = await open(tag, { head: script.replace('defer', '') });
    await subject(page).waitFor();
    assert.deepEqual(noise, []);
    await page.close();
  });

  it('is not taken for a module by what loads AMD modules', async () => {
    const { page, noise } = await open(`<script>${AMD}</script>${script}${tag}`);
    await subject(page).waitFor();
    assert.deepEqual(await page.evaluate(() => (globalThis as unknown as { defined: number[] }).defined), []);
    assert.deepEqual(noise, []);
    await page.close();
  });

  it('works with a nonce and strict-dynamic under Trusted Types', async () => {
    const policy = `default-src 'none'; img-src 'self'; script-src 'nonce-${NONCE}' 'strict-dynamic'; connect-src ${room.server.url}; require-trusted-types-for 'script'; trusted-types lit-html`;
    const { page, noise, address } = await open(script.replace('<script', `<script nonce="${NONCE}"`) + tag, {
      headers: { 'content-security-policy': policy },
    });
    await subject(page).waitFor();
    assert.deepEqual(noise, []);
    await showsInFirefox(address);
    await page.close();
  });

  it('stays in the budget of the first script', async () => {
    const page = await room.browser.newPage();
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const names = new Map<string, string>();
    const loaded: { name: string; bytes: number }[] = [];
    session.on('Network.requestWillBeSent', ({ requestId, request }) => names.set(requestId, request.url));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength: bytes }) =>
      loaded.push({ name: names.get(requestId) ?? '', bytes }),
    );
    await page.goto(room.addPage(`/${pages++}`, { body: `${script}<div style="height: 3000px"></div>${tag}` }), {
      waitUntil: 'networkidle',
    });
    // of the shop, a browser may ask for an icon besides
    const [{ bytes } = { bytes: 0 }, ...more] = loaded.filter(({ name }) => name.startsWith(room.server.url));
    console.log(`${String(bytes).padStart(8)}  = GET /embed.classic.js`);
    assert.deepEqual(more, [], 'the script, and nothing else');
    assert.ok(bytes > 1_000 && bytes <= BUDGET.loaded, `${bytes} bytes, budget ${BUDGET.loaded}`);
    await page.close();
  });

  it('shares every part with the module where a page has both', async () => {
    const { page, noise } = await open(script + room.script + tag);
    await subject(page).waitFor();
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    const parts = loaded.filter((name) => name.includes('/c/'));
    assert.deepEqual(parts, [...new Set(parts)]);
    assert.deepEqual(noise, []);
    await page.close();
  });

  describe('joined with other scripts by the platform', () => {
    const before = `var first = function () { return function () { window.called = true } }\n"use strict"`;

    it('finds its parts where its tag says that they are', async () => {
      // neither neighbour ends or begins with a semicolon
      await join(
        `window.first = function (given) { window.called = true; return given }`,
        classic,
        `(function () { window.last = true })()`,
      );
      const { page, noise, address } = await open(
        tag.replace('<support-form', `<support-form embed-path="${MODULE}embed.classic.js"`) + `<script src="${JOINED}"></script>`,
      );
      await subject(page).waitFor();
      assert.deepEqual(await page.evaluate(() => [Reflect.get(window, 'called'), Reflect.get(window, 'last')]), [undefined, true]);
      assert.deepEqual(noise, []);
      await showsInFirefox(address);
      await page.close();
    });

    it('finds them from the head too, though the tag comes later', async () => {
      await join(before, classic);
      const { page, noise } = await open(tag.replace('<support-form', `<support-form embed-path="${MODULE}embed.classic.js"`), {
        head: `<script src="${JOINED}"></script>`,
      });
      await subject(page).waitFor();
      assert.deepEqual(noise, []);
      await page.close();
    });

    it('says what to write where no tag says so, and leaves the link of the tag in place', async () => {
      await join(classic);
      const { page, noise } = await open(`${tag}<script src="${JOINED}"></script>`);
      const complaint = `console.error: No parts at ${room.shop.url}${JOINED}: embed-path`;
      if (!noise.includes(complaint))
        await page.waitForEvent('console', { predicate: (message) => `console.error: ${message.text()}` === complaint });
      assert.ok(await page.getByRole('link', { name: 'Write to us' }).isVisible());
      await page.close();
    });

    it('loads nothing from another origin, whatever a tag says', async () => {
      await join(classic);
      const asked: string[] = [];
      const address = room.addPage(`/${pages++}`, {
        body: `<support-form embed-path="https://elsewhere.example/embed.classic.js"></support-form><img name="currentScript" src="https://elsewhere.example/embed.classic.js"><script src="${JOINED}"></script>`,
      });
      const page = await room.browser.newPage();
      await page.route('https://elsewhere.example/**', (route) => {
        if (route.request().resourceType() === 'script') asked.push(route.request().url());
        return route.abort();
      });
      const failed = page.waitForEvent('console', { predicate: (message) => message.text().startsWith('No parts at') });
      await page.goto(address);
      await failed;
      assert.deepEqual(asked, []);
      await page.close();
    });
  });
});
