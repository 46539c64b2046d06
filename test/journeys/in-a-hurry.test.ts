import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import type { Entry, KeptFile } from '../../packages/elements/dist/outbox/entry.js';
import type { SupportLauncher } from '../../packages/elements/dist/support-launcher/support-launcher.js';
import { STEP_LIMIT_MS } from '../support/chromium.ts';
import { FormPage, textFile } from '../support/form-page.ts';
import { readKept } from '../support/kept-here.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { storedTickets } from '../support/stored-files.ts';

const UPLOAD_CODE = '**/c/upload-*';

/** Holds back what matches until `release()` is called. */
async function holdBack(page: Page, pattern: string): Promise<{ release(): void }> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(pattern, async (route) => {
    await promise;
    await route.continue();
  });
  return { release: resolve };
}

describe('somebody in a hurry, on a slow network, with a draft that comes back', { timeout: 120_000 }, () => {
  let room: ShopRoom;
  let context: BrowserContext;
  const file = textFile('parcel.txt', 'dented');

  before(async () => {
    room = await ShopRoom.open();
    room.addPage('/', { body: room.script + room.tag() });
  });
  beforeEach(async () => {
    context = await room.browser.playwright.newContext();
    context.setDefaultTimeout(STEP_LIMIT_MS);
  });
  after(() => room?.close());

  const filesOf = (subject: string) => storedTickets(room.dataDir, subject).map(({ files }) => files.map(({ name }) => name));

  /** Writes a message, with a file unless told otherwise, and leaves the page once all of it is on the device. */
  async function leaveDraft(subject: string, files = [file]): Promise<void> {
    const form = await open();
    await form.fill({ subject, message: `About ${subject}.` });
    if (files.length) {
      await form.addFiles(files);
      await form.form.locator('[part=file][data-state=done]').waitFor();
    }
    const isKept = async () => {
      const { entries, files: kept } = (await readKept(form.page)).stores;
      const arrived = (kept as KeptFile[] | undefined)?.filter(({ attachment }) => attachment) ?? [];
      return (entries as Entry[] | undefined)?.[0]?.values['message'] === `About ${subject}.` && arrived.length === files.length;
    };
    const end = Date.now() + STEP_LIMIT_MS;
    while (!(await isKept())) {
      assert.ok(Date.now() < end, 'the draft is not kept');
      await form.page.waitForTimeout(20);
    }
    await form.page.close();
  }

  async function open(): Promise<FormPage> {
    const page = await context.newPage();
    await page.goto(room.shop.url);
    return new FormPage(page);
  }

  afterEach(() => context.close());

  it('sends its files, although what shows them is not here yet', async () => {
    await leaveDraft('Lamp');
    const page = await context.newPage();
    const code = await holdBack(page, UPLOAD_CODE);
    await page.goto(room.shop.url);
    const form = new FormPage(page);
    await form.form.locator('[part=restored]').waitFor();
    await form.send();
    await form.form.getByRole('button', { name: 'Sending' }).waitFor();
    code.release();
    await form.number();
    assert.deepEqual(filesOf('Lamp'), [['parcel.txt']]);
  });

  it('deletes it and sends another message, which has none of its files', async () => {
    await leaveDraft('Mirror');
    const page = await context.newPage();
    const code = await holdBack(page, UPLOAD_CODE);
    await page.goto(room.shop.url);
    const form = new FormPage(page);
    await form.form.getByRole('button', { name: 'Delete from this device' }).click();
    await form.form.getByRole('button', { name: 'Really delete' }).click();
    await form.fill({ subject: 'Chair' });
    const loaded = page.waitForResponse(UPLOAD_CODE);
    code.release();
    await loaded;
    // what is chosen now is listed after what was given before
    await form.addFiles([textFile('leg.txt', 'broken')]);
    await form.form.locator('[part=file][data-state=done]').first().waitFor();
    await form.send();
    await form.number();
    assert.deepEqual(filesOf('Chair'), [['leg.txt']]);
  });

  it('finds what they type in the form, and the draft below it, where they were faster', async () => {
    await leaveDraft('Clock', []);
    const page = await context.newPage();
    await page.addInitScript(() => {
      const { locks } = navigator;
      const request = locks.request.bind(locks) as (...values: unknown[]) => Promise<unknown>;
      const released = new Promise<void>((resolve) => Object.assign(window, { release: resolve }));
      const slow = async (name: string, options: LockOptions, work: unknown) => {
        if (options.ifAvailable) Object.assign(window, { asked: true });
        if (options.ifAvailable) await released;
        return request(name, options, work);
      };
      Object.defineProperty(locks, 'request', { value: slow });
    });
    await page.goto(room.shop.url);
    await page.waitForFunction(() => 'asked' in window);
    const form = new FormPage(page);
    await form.field(/message/i).fill('Where is my table?');
    await page.evaluate(() => (window as unknown as { release(): void }).release());
    await form.form.locator('[part=waiting-entry]').getByText('Clock').waitFor();
    assert.equal(await form.field(/message/i).inputValue(), 'Where is my table?');
    assert.equal(await form.field(/^Subject/).inputValue(), '');
  });
});

describe('somebody who presses twice, or for long', { timeout: 60_000 }, () => {
  let room: ShopRoom;
  let page: Page;

  before(async () => {
    room = await ShopRoom.open();
    room.addPage('/', { body: `<p>Lamps</p>${room.script}${room.tag({ name: 'support-launcher' })}` });
    room.addPage('/corner', { body: room.script + room.tag({ name: 'support-launcher', attributes: 'position="corner"' }) });
  });
  afterEach(() => page.close());
  after(() => room?.close());

  const isOpen = () => page.locator('support-launcher').evaluate(({ open }: SupportLauncher) => open);

  for (const [address, where] of [
    ['/', 'in the page'],
    ['/corner', 'in the corner'],
  ] as const) {
    it(`opens the dialog by a double click on a button ${where}`, async () => {
      page = await room.open(address);
      await page.getByRole('button', { name: 'Contact us' }).dblclick();
      assert.equal(await isOpen(), true);
      await page.mouse.click(2, 2);
      assert.equal(await isOpen(), false, 'a press beside it closes it');
    });
  }

  it('closes the dialog by a key that is held down', async () => {
    page = await room.open('/');
    await page.getByRole('button', { name: 'Contact us' }).click();
    await page.getByRole('button', { name: 'Close' }).focus();
    for (let held = 0; held < 5; held++) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    assert.equal(await isOpen(), false);
    await page.keyboard.press('Enter');
    assert.equal(await isOpen(), true, 'the next press opens it');
  });
});
