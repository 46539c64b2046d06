import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { listenForNoise } from '../support/chromium.ts';
import { keptEntries } from '../support/kept-entries.ts';
import { ShopRoom } from '../support/shop-room.ts';

describe('the tag', () => {
  let room: ShopRoom;
  let tag: string;
  let script: string;
  let pages = 0;

  before(async () => {
    room = await ShopRoom.open();
    ({ script } = room);
    tag = room.tag({ content: '<a href="mailto:hello@shop.example">Write to us</a>' });
  });
  after(() => room?.close());

  /** Opens a page with this body and whatever must be there before it. */
  async function open(body: string, prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
    const address = room.addPage(`/${pages++}`, { body });
    const page = await room.browser.newPage();
    await page.addInitScript(() => {
      const log: string[] = [];
      Object.assign(globalThis, { log });
      addEventListener('support-error', (event) => log.push((event as unknown as { error: { code: string } }).error.code));
      addEventListener('error', () => log.push('error'));
      addEventListener('unhandledrejection', () => log.push('unhandledrejection'));
    });
    await prepare?.(page);
    await page.goto(address);
    return page;
  }

  const log = (page: Page) => page.evaluate(() => (globalThis as unknown as { log: string[] }).log);
  const subject = (page: Page) => page.getByRole('textbox', { name: 'Subject' });

  it('may stand before the script', async () => {
    const page = await open(tag + script);
    await subject(page).waitFor();
    await page.close();
  });

  it('may stand behind the script', async () => {
    const page = await open(script + tag);
    await subject(page).waitFor();
    await page.close();
  });

  it('may come later, be moved and be swapped by innerHTML', { timeout: 30_000 }, async () => {
    const page = await open(`${script}<div id="a"></div><div id="b"></div>`);
    await page.evaluate((html) => (document.querySelector('#a')!.innerHTML = html), tag);
    await subject(page).fill('Kept');
    await page.evaluate(() => document.querySelector('#b')!.append(document.querySelector('support-form')!));
    assert.equal(await subject(page).inputValue(), 'Kept');
    await page.evaluate((html) => {
      document.querySelector('#b')!.innerHTML = '';
      document.querySelector('#a')!.innerHTML = html;
    }, tag);
    // what was written does not go with the piece of the page it stood in
    while ((await subject(page).inputValue()) !== 'Kept') await page.waitForTimeout(50);
    await page.close();
  });

  it('brings back what was written where the disk is busy for longer than a form waits for it', { timeout: 30_000 }, async () => {
    const page = await open(script + tag);
    await subject(page).fill('K');
    while (!(await keptEntries(page)).length) await page.waitForTimeout(20);
    const free = page.evaluate(async () => {
      const request = indexedDB.open('storefront-support-outbox');
      await new Promise((resolve) => (request.onsuccess = resolve));
      const store = request.result.transaction('entries', 'readwrite').objectStore('entries');
      const end = performance.now() + 4_000;
      const ask = () => void (store.count().onsuccess = () => performance.now() < end && ask());
      ask();
      await new Promise((resolve) => (store.transaction.oncomplete = resolve));
      request.result.close();
    });
    await subject(page).fill('Kept');
    await page.evaluate((html) => (document.querySelector('support-form')!.outerHTML = html), tag);
    await free;
    while ((await subject(page).inputValue()) !== 'Kept') await page.waitForTimeout(50);
    await page.close();
  });

  it('loads nothing before it comes near the window', async () => {
    const requests: string[] = [];
    const page = await open(`${script}<div style="height: 3000px"></div>${tag}`, async (fresh) => {
      fresh.on('request', (request) => requests.push(new URL(request.url()).pathname));
    });
    await page.waitForLoadState('networkidle');
    assert.deepEqual(
      requests.filter((path) => /^\/(c|v1|embed)/.test(path)),
      ['/embed.js'],
    );
    await page.locator('support-form').scrollIntoViewIfNeeded();
    await subject(page).waitFor();
    await page.close();
  });

  for (const [attributes, line] of [
    ['desk="demo"', /No endpoint\. Write <support-form endpoint="https:\/\/support\.example" desk="demo">/],
    ['endpoint="https://support.example"', /No desk\. Write <support-form endpoint="https:\/\/support\.example\/" desk="…">/],
    ['adapter="pigeon"', /No adapter is called "pigeon"\. Write adapter="http" or adapter="memory"/],
  ] as const) {
    it(`says what is wrong with ${attributes}`, async () => {
      const page = await open(`${script}<support-form ${attributes}><a href="mailto:hello@shop.example">Write to us</a></support-form>`);
      await page.getByText(line).waitFor();
      await page.getByRole('link', { name: 'Write to us' }).waitFor();
      assert.deepEqual(await log(page), ['misconfigured']);
      await page.close();
    });
  }

  it('tries a second time when its code does not arrive', async () => {
    const asked: string[] = [];
    const page = await open(script + tag, (fresh) =>
      fresh.route('**/c/form-*', (route) => {
        asked.push(route.request().url());
        return asked.length === 1 ? route.abort() : route.continue();
      }),
    );
    await subject(page).waitFor();
    assert.equal(new Set(asked).size, 2);
    assert.deepEqual(await log(page), []);
    await page.close();
  });

  it('leaves its own link in place when its code never arrives', async () => {
    let noise: string[] = [];
    const page = await open(script + tag, (fresh) => {
      noise = listenForNoise(fresh);
      return fresh.route('**/c/form-*', (route) => route.abort());
    });
    await page.waitForFunction(() => (globalThis as unknown as { log: string[] }).log.length > 0);
    assert.deepEqual(await log(page), ['load-failed']);
    assert.ok(await page.getByRole('link', { name: 'Write to us' }).isVisible());
    // what the browser itself says about a request that failed
    assert.deepEqual(
      noise.filter((line) => !line.includes('net::ERR_FAILED')),
      [],
    );
    await page.close();
  });

  it('leaves no trace on the page: no globals, no console, no errors, no styles', async () => {
    let noise: string[] = [];
    const page = await open(tag, async (fresh) => {
      noise = listenForNoise(fresh);
    });
    const traces = () =>
      page.evaluate(() => ({
        globals: [...Object.getOwnPropertyNames(globalThis), ...Object.getOwnPropertySymbols(globalThis).map(String)].sort(),
        natives: [Symbol, Object, Array, Promise, Element.prototype, EventTarget.prototype, Event.prototype].map((native) =>
          Reflect.ownKeys(native).map(String).join(),
        ),
        head: document.head.innerHTML,
        sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
        root: document.documentElement.outerHTML.split('<body')[0]!.length,
        stored: localStorage.length + sessionStorage.length + document.cookie.length,
      }));
    const before = await traces();
    await page.evaluate((src) => {
      const element = Object.assign(document.createElement('script'), { type: 'module', src });
      document.body.append(element);
    }, `${room.server.url}/embed.js`);
    await subject(page).fill('What stays?');
    await page.waitForLoadState('networkidle');
    assert.deepEqual(await traces(), before);
    assert.deepEqual(noise, []);
    assert.deepEqual(await log(page), []);
    await page.close();
  });
});
