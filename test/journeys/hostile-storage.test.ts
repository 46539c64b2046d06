import { imagesTexts, messageTexts } from '@storefront-support/elements/locales';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { listenForNoise } from '../support/chromium.ts';
import { shopDesks } from '../support/desks.ts';
import { textFile, type TestFile } from '../support/form-page.ts';
import { HOSTILE_STORAGES, type HostileStorage } from '../support/hostile-storage.ts';
import { keptEntries } from '../support/kept-entries.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { storedTickets } from '../support/stored-files.ts';

const LANGUAGES = ['en', 'fr'] as const;
const NUMBER = /^[2-9A-Z]{4}-[2-9A-Z]{4}$/;
/** One wait for a database that does not answer, and what sending takes on a busy machine. */
const LONGEST_DELAY_MS = 5_500;

describe('a browser that keeps nothing for the shop', { concurrency: 2 }, () => {
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open({ desks: (origins) => shopDesks(origins, { proofOfWork: 10 }), hosts: ['shop.test'] });
    for (const lang of LANGUAGES) room.addForm(lang, { lang });
    room.addPage('/blank', { body: '' });
    room.addPage('/frame', { body: room.script + '<support-form adapter="memory"></support-form>' });
    room.addPage('/clear', { body: '', headers: { 'clear-site-data': '"storage"' } });
  });
  after(() => room?.close());

  /** A page of the shop with everything that was said on it, and what must not have been. */
  async function visit(lang: string, { script, prepare }: Partial<HostileStorage>, shop = room.shop.url): Promise<Visit> {
    const context = await room.browser.playwright.newContext();
    if (script) await context.addInitScript(script);
    if (prepare) {
      const blank = await context.newPage();
      await blank.goto(`${shop}/blank`);
      await prepare(blank, context);
    }
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const noise = listenForNoise(page);
    await page.goto(`${shop}/${lang}`);
    return { context, page, noise };
  }

  for (const [n, hostile] of HOSTILE_STORAGES.entries()) {
    for (const lang of LANGUAGES) {
      const does = hostile.keepsNothing ? 'says so once and sends' : 'sends';
      it(`${hostile.name}: the form ${does} (${lang})`, { timeout: 60_000 }, async () => {
        const messages = await messageTexts(lang);
        const { context, page, noise } = await visit(lang, hostile);
        try {
          const subject = `Hostile ${n} ${lang}`;
          await write(page, subject);
          const notice = page.locator('support-form [part=not-kept]');
          if (hostile.keepsNothing) {
            await notice.getByText(messages.notKeptHere, { exact: true }).waitFor();
            assert.equal(await page.getByText(messages.notKeptHere).count(), 1);
          } else {
            await kept(page, subject);
            assert.equal(await notice.count(), 0);
          }
          const pressed = Date.now();
          await send(page);
          const number = await numberOn(page);
          const seconds = (Date.now() - pressed) / 1_000;
          assert.deepEqual(ticketsOf(subject), [number]);
          assert.ok(seconds * 1_000 < LONGEST_DELAY_MS, `sent after ${seconds} s`);
          assert.deepEqual(noise, []);
        } finally {
          await context.close();
        }
      });
    }
  }

  it('an open() that never answers delays a message that is sent at once by one patience', { timeout: 60_000 }, async () => {
    const silent = HOSTILE_STORAGES.find(({ name }) => name.includes('never answers')) ?? {};
    const { context, page, noise } = await visit('en', silent);
    try {
      await write(page, 'At once');
      const pressed = Date.now();
      await send(page);
      const number = await numberOn(page);
      assert.ok(Date.now() - pressed < LONGEST_DELAY_MS, `sent after ${Date.now() - pressed} ms`);
      assert.deepEqual(ticketsOf('At once'), [number]);
      assert.deepEqual(noise, []);
    } finally {
      await context.close();
    }
  });

  it('a failed try says that the message is not kept, not that it waits', { timeout: 60_000 }, async () => {
    const messages = await messageTexts('en');
    room.addForm('down');
    room.proxy.setRules('down', [{ match: 'POST /tickets', fault: { kind: 'status', status: 204 } }]);
    const { context, page } = await visit('down', HOSTILE_STORAGES[1] ?? {});
    try {
      await write(page, 'Not kept');
      await page.locator('[part=not-kept]').waitFor();
      await send(page);
      const error = page.locator('support-form [part=error]');
      await error.getByText(messages.errors['not-a-receipt']).waitFor();
      assert.equal(await error.getByText(messages.saved).count(), 0);
      assert.equal(await page.getByText(messages.later).count(), 0);
      await page.locator('[part=not-kept]').waitFor();
      room.proxy.setRules('down', []);
      await page.locator('support-form [part=retry]').click();
      assert.deepEqual([await numberOn(page)], ticketsOf('Not kept'));
    } finally {
      await context.close();
    }
  });

  it('plain http, where there are no locks: the form keeps, says nothing, and sends', { timeout: 60_000 }, async () => {
    const { context, page, noise } = await visit('en', {}, `http://shop.test:${room.shop.port}`);
    try {
      assert.equal(await page.evaluate(() => 'locks' in navigator), false);
      await write(page, 'Plain http');
      await kept(page, 'Plain http');
      await send(page);
      assert.deepEqual([await numberOn(page)], ticketsOf('Plain http'));
      assert.deepEqual(noise, []);
    } finally {
      await context.close();
    }
  });

  it('a sandboxed frame of no origin: the form says so once and sends', { timeout: 60_000 }, async () => {
    const messages = await messageTexts('en');
    room.addPage('/outer', { body: '<iframe sandbox="allow-scripts allow-forms" src="/frame" width="800" height="1500"></iframe>' });
    const { context, page, noise } = await visit('outer', {});
    try {
      const frame = page.frames().find((one) => one.url().endsWith('/frame'));
      assert.ok(frame);
      assert.equal(await frame.evaluate(() => self.origin), 'null');
      await write(frame, 'Sandboxed');
      await frame.getByText(messages.notKeptHere).waitFor();
      assert.equal(await frame.getByText(messages.notKeptHere).count(), 1);
      await send(frame);
      await numberOn(frame);
      assert.deepEqual(noise, []);
    } finally {
      await context.close();
    }
  });

  it('Clear-Site-Data while somebody writes: the form goes on, keeps what follows, and sends', { timeout: 60_000 }, async () => {
    const { context, page, noise } = await visit('en', {});
    try {
      await write(page, 'Before the clearing');
      await kept(page, 'Before the clearing');
      await clear(page);
      await write(page, 'Cleared while writing');
      await kept(page, 'Cleared while writing');
      await send(page);
      assert.deepEqual([await numberOn(page)], ticketsOf('Cleared while writing'));
      assert.deepEqual(noise.filter(isOurs), []);
    } finally {
      await context.close();
    }
  });

  it('Clear-Site-Data while a message is on its way: one ticket, and its receipt', { timeout: 60_000 }, async () => {
    room.addForm('held');
    room.proxy.setRules('held', [{ match: 'POST /tickets', fault: { kind: 'hold-answer' } }]);
    const { context, page, noise } = await visit('held', {});
    try {
      await write(page, 'Cleared while sending');
      await send(page);
      await room.proxy.when('held', ({ held }) => held);
      await clear(page);
      room.proxy.setRules('held', []);
      assert.deepEqual([await numberOn(page)], ticketsOf('Cleared while sending'));
      assert.deepEqual(noise.filter(isOurs), []);
    } finally {
      await context.close();
    }
  });

  for (const lang of LANGUAGES) {
    it(`a file for which there is no room is told, sent, and takes nothing else down (${lang})`, { timeout: 60_000 }, async () => {
      const told = await imagesTexts(lang);
      const messages = await messageTexts(lang);
      const session = `full-${lang}`;
      room.addForm(session, { lang });
      room.proxy.setRules(session, [{ match: 'PATCH /uploads', fault: { kind: 'stall' } }]);
      const { context, page, noise } = await visit(session, {});
      try {
        const cdp = await context.newCDPSession(page);
        await cdp.send('Storage.overrideQuotaForOrigin', { origin: room.shop.url, quotaSize: 600_000 });
        const subject = `No room ${lang}`;
        await write(page, subject);
        await kept(page, subject);
        await addFiles(page, [textFile('long.txt', 'a line of the log\n'.repeat(100_000))]);
        await page.locator('support-attachments').getByText(told.unkept).waitFor();
        assert.equal(await page.getByText(messages.notKeptHere).count(), 0, 'the text is kept');
        await kept(page, subject);
        await send(page);
        room.proxy.setRules(session, []);
        assert.deepEqual([await numberOn(page)], ticketsOf(subject));
        assert.deepEqual(
          storedTickets(room.dataDir, subject)[0]?.files.map(({ size }) => size),
          [1_800_000],
        );
        assert.deepEqual(noise.filter(isOurs), []);
      } finally {
        await context.close();
      }
    });
  }

  const ticketsOf = (subject: string) => storedTickets(room.dataDir, subject).map(({ number }) => number);

  /** What is written is on the device. */
  async function kept(page: Page, subject: string): Promise<void> {
    const end = Date.now() + 10_000;
    while (!(await keptEntries(page)).some(({ values }) => values['subject'] === subject)) {
      assert.ok(Date.now() < end, `${subject} is not kept`);
      await page.waitForTimeout(20);
    }
  }

  async function clear(page: Page): Promise<void> {
    await page.evaluate(() => fetch('/clear'));
    const end = Date.now() + 10_000;
    while ((await keptEntries(page)).length) assert.ok(Date.now() < end, 'nothing was cleared');
  }
});

/** The browser itself says what it clears, and which request was cut. */
const isOurs = (line: string) => !/Clear-Site-Data header|ERR_EMPTY_RESPONSE/.test(line);

interface Visit {
  context: BrowserContext;
  page: Page;
  noise: string[];
}

const control = (page: Page | Frame, field: string) => page.locator(`support-form support-field[id="${field}"] [part=control]`);

/** As a person writes, in any language. */
async function write(page: Page | Frame, subject: string): Promise<void> {
  await page.locator('support-form [name=contactId]').first().check();
  await control(page, 'requester.name').fill('Ada Martin');
  await control(page, 'requester.email').fill('ada@example.com');
  await control(page, 'subject').fill(subject);
  await control(page, 'message').fill('It flickers after ten minutes, whatever the socket.');
}

const addFiles = (page: Page, files: TestFile[]) => page.locator('support-form input[type=file][multiple]').setInputFiles(files);

const send = (page: Page | Frame) => page.locator('support-form [part=submit]').click();

async function numberOn(page: Page | Frame): Promise<string> {
  const number = page.locator('support-form [part=number]').filter({ hasText: NUMBER });
  await number.waitFor();
  return (await number.innerText()).trim();
}
