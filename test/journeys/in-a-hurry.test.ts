import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import type { Entry, KeptFile } from '../../packages/elements/dist/outbox/entry.js';
import type { SupportLauncher } from '../../packages/elements/dist/support-launcher/support-launcher.js';
import { STEP_LIMIT_MS } from '../support/chromium.ts';
import type { Seen } from '../support/fault-proxy.ts';
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
      const button = page.getByRole('button', { name: 'Contact us' });
      // its code comes with the first press
      await button.click();
      await page.locator('support-launcher dialog[open]').waitFor();
      await page.keyboard.press('Escape');
      await button.dblclick();
      await page.locator('support-launcher dialog[open]').waitFor();
      assert.equal(await isOpen(), true);
      await page.mouse.click(2, 2);
      assert.equal(await isOpen(), false, 'a press beside it closes it');
    });
  }

  it('closes the dialog by a key that is held down', async () => {
    page = await room.open('/');
    await page.getByRole('button', { name: 'Contact us' }).click();
    await page.getByRole('button', { name: 'Close' }).focus();
    await page.keyboard.down('Enter');
    // the button that opens has the focus again before the key repeats
    await page.locator('support-launcher [part=base]:focus').waitFor();
    for (let held = 0; held < 5; held++) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    assert.equal(await isOpen(), false);
    await page.keyboard.press('Enter');
    assert.equal(await isOpen(), true, 'the next press opens it');
  });
});

describe('somebody who goes on elsewhere on the page while a ticket loads', { timeout: 120_000 }, () => {
  let room: ShopRoom;
  let context: BrowserContext;
  let page: Page;
  const numbers: string[] = [];

  before(async () => {
    room = await ShopRoom.open();
    room.addPage('/', { body: room.script + room.tag({ session: 'hasty' }) });
    const tracker = room.tag({ name: 'support-tracker', session: 'hasty' });
    room.addPage('/tickets', { body: `<input id="search" aria-label="Search">${room.script}${tracker}` });
    context = await room.browser.playwright.newContext();
    context.setDefaultTimeout(STEP_LIMIT_MS);
    for (const subject of ['Lamp', 'Chair']) {
      const form = new FormPage(await context.newPage());
      await form.page.goto(room.shop.url);
      await form.fill({ subject });
      await form.send();
      numbers.push(await form.number());
      await form.page.close();
    }
  });
  beforeEach(async () => {
    page = await context.newPage();
  });
  afterEach(async () => {
    room.proxy.setRules('hasty', []);
    await page.close();
  });
  after(() => room?.close());

  const tracker = () => page.locator('support-tracker');
  const search = () => page.locator('#search');

  async function openTicket(name: string): Promise<void> {
    await page.goto(`${room.shop.url}/tickets`);
    await tracker().getByRole('button', { name }).click();
  }

  /** Resolves once the answer to a request that comes from now on is held back. */
  async function held(match: string, press: () => Promise<unknown>): Promise<void> {
    const [method, part] = match.split(' ') as [string, string];
    room.proxy.setRules('hasty', [{ match, fault: { kind: 'hold-answer' } }]);
    const before = room.proxy.seen('hasty').length;
    await press();
    const isHeld = (seen: Seen) => seen.held && seen.method === method && seen.path.includes(part);
    await room.proxy.when('hasty', (seen) => room.proxy.seen('hasty').indexOf(seen) >= before && isHeld(seen));
  }

  /** They type two letters into the search: one while something is on its way, one after it has come. */
  async function searchMeanwhile(letGo: () => void, come: string): Promise<void> {
    await search().focus();
    await page.keyboard.type('a');
    letGo();
    await tracker().locator(come).first().waitFor();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    await page.keyboard.type('b');
    assert.equal(await search().inputValue(), 'ab');
  }

  const lift = () => room.proxy.setRules('hasty', []);

  it('is left there when it comes', async () => {
    await page.goto(`${room.shop.url}/tickets`);
    await held('GET /messages', () => tracker().getByRole('button', { name: 'Lamp' }).click());
    await searchMeanwhile(lift, 'support-thread [part=heading]');
  });

  it('is taken to its subject where they wait for it', async () => {
    await page.goto(`${room.shop.url}/tickets`);
    await held('GET /messages', () => tracker().getByRole('button', { name: 'Lamp' }).click());
    lift();
    await tracker().locator('support-thread [part=heading]:focus').waitFor();
  });

  it('is left there when the box to answer in comes, and taken to it where they wait', async () => {
    await openTicket('Lamp');
    const code = await holdBack(page, '**/c/answer-*');
    await tracker().getByRole('button', { name: 'Write a reply' }).click();
    await searchMeanwhile(() => code.release(), '#text');
    await openTicket('Lamp');
    await tracker().getByRole('button', { name: 'Write a reply' }).click();
    await tracker().locator('#text:focus').waitFor();
  });

  it('is left there when another try succeeds', async () => {
    room.proxy.setRules('hasty', [{ match: 'GET /tickets', fault: { kind: 'status', status: 500 } }]);
    await page.goto(`${room.shop.url}/tickets`);
    const again = tracker().getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await held('GET /tickets', () => again.click());
    await searchMeanwhile(lift, '[part=ticket]');
  });

  it('is left there when the ticket is closed', async () => {
    await openTicket('Chair');
    await tracker().getByRole('button', { name: 'Write a reply' }).click();
    await tracker().locator('[part=close] summary').click();
    await held('PATCH /tickets', () => tracker().locator('[part=close] [type=submit]').click());
    await searchMeanwhile(lift, '[part=reopen]');
  });

  it('is told the address that a link goes to, whatever they write meanwhile', async () => {
    await page.goto(`${room.shop.url}/tickets`);
    await tracker().locator('[part=ticket]').first().waitFor();
    await tracker().locator('summary').click();
    const email = tracker().getByRole('textbox', { name: /mail/ });
    await email.fill('old@example.com');
    await held('POST /sign-in', () => email.press('Enter'));
    await email.fill('new@example.com');
    await email.press('Enter');
    await searchMeanwhile(lift, '[part=account] [role=status] .notice');
    await tracker().locator('[part=account]').getByText('old@example.com').waitFor();
  });

  it('is shown the number that was looked for last', async () => {
    await page.goto(`${room.shop.url}/tickets`);
    await tracker().locator('[part=ticket]').first().waitFor();
    await tracker().locator('summary').click();
    const number = tracker().getByRole('textbox', { name: /number/i });
    const answered = page.waitForResponse((response) => response.url().includes(numbers[1]!) && response.request().method() === 'GET');
    await number.fill(numbers[1]!);
    await held('GET /messages', () => number.press('Enter'));
    await number.fill('2222-2222');
    await number.press('Enter');
    await tracker().locator('[part=not-here]').getByText('2222-2222').waitFor();
    lift();
    await (await answered).finished();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    assert.equal(await tracker().getAttribute('number'), '');
    await tracker().locator('[part=not-here]').getByText('2222-2222').waitFor();
  });
});
