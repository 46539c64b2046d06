import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page, Request } from 'playwright-core';
import { listenForNoise } from '../support/chromium.ts';
import { FormPage } from '../support/form-page.ts';
import { ShopRoom } from '../support/shop-room.ts';

const DATABASE = 'storefront-support-outbox';
const LONG_WAY = '<div style="height: 3000px"></div>';

/** What a page finds where the browser keeps nothing for it, or is too old to say what it keeps. */
const BLOCKED: [string, string][] = [
  ['has no storage', `Object.defineProperty(globalThis, 'indexedDB', { value: undefined })`],
  [
    'may not even look at its storage',
    `Object.defineProperty(globalThis, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError') } })`,
  ],
  ['is not told what is stored', `IDBFactory.prototype.databases = undefined`],
  ['is refused a look', `IDBFactory.prototype.databases = () => { throw new DOMException('no', 'SecurityError') }`],
  ['is refused a look later', `IDBFactory.prototype.databases = async () => { throw new DOMException('no', 'UnknownError') }`],
];

describe('a page of a shop where something may wait', () => {
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open();
    const { script } = room;
    room.addPage('/form', { body: script + room.tag() });
    room.addPage('/product', { body: script + LONG_WAY + room.tag() });
    room.addPage('/footer', { body: `${script}${room.tag({ name: 'support-launcher' })}` });
    room.addPage('/other', { body: `${script}<support-form endpoint="http://127.0.0.1:9" desk="other"></support-form>` });
  });
  after(() => room?.close());

  /** A page whose message could not be sent. */
  async function leaveMessage(subject: string): Promise<Page> {
    const form = await room.openForm('/form');
    const { page } = form;
    await page.route('**/tickets', (route) => route.abort());
    await form.fill({ subject });
    await form.send();
    await form.form.getByText('Saved on this device, not sent yet').waitFor();
    await page.unroute('**/tickets');
    return page;
  }

  for (const [path, what] of [
    ['/product', 'whose form is out of view'],
    ['/footer', 'that has a launcher only'],
  ] as const) {
    it(`sends it from a page ${what}`, async () => {
      const page = await leaveMessage(`From ${path}`);
      const answer = page.waitForResponse((response) => response.url().endsWith('/tickets') && response.request().method() === 'POST');
      await page.goto(room.shop.url + path);
      assert.equal((await answer).status(), 201);
      assert.ok(!(await page.getByRole('textbox').count()), 'no form was opened for it');
      await page.close();
    });
  }

  it('is sent by no tag of another desk', async () => {
    const page = await leaveMessage('Not there');
    const posts: string[] = [];
    page.on('request', (request: Request) => request.method() === 'POST' && posts.push(request.url()));
    const woken = page.waitForResponse(/\/c\/outbox-/);
    await page.goto(`${room.shop.url}/other`);
    await woken;
    await page.waitForLoadState('networkidle');
    assert.deepEqual(posts, []);
    await page.close();
  });

  it('loads what sends before anything is touched, so that a draft comes back', async () => {
    const page = await room.open('/form');
    await page.getByRole('textbox', { name: 'Subject' }).waitFor();
    await page.evaluate((name) => new Promise((resolve) => (indexedDB.open(name).onsuccess = resolve)), DATABASE);
    const loaded = page.waitForResponse(/\/c\/submit-/);
    await page.reload();
    assert.equal((await loaded).status(), 200);
    await page.close();
  });

  for (const [what, script] of BLOCKED) {
    it(`stays silent and works where it ${what}`, async () => {
      const address = room.addPage('/blocked', { head: `<script>${script}</script>`, body: room.script + room.tag() });
      const page = await room.browser.newPage();
      const noise = listenForNoise(page);
      await page.goto(address);
      const form = new FormPage(page);
      await form.fill({ subject: `A page that ${what}` });
      await form.send();
      await form.number();
      assert.deepEqual(noise, []);
      await page.close();
    });
  }
});
