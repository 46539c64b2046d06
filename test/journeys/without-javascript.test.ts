import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import PostalMime from 'postal-mime';
import type { ElementHandle } from 'puppeteer-core';
import { LOCALES } from '../../packages/server/dist/locales/index.js';
import { launchChromium, STEP_LIMIT_MS } from '../support/chromium.ts';
import { shopDesks } from '../support/desks.ts';
import { checkPage } from '../support/page-check.ts';
import { firefoxPath, launchFirefox } from '../support/firefox.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.ts';
import { hashesOnDisk, sha256, storedTickets } from '../support/stored-files.ts';

/** What a person does in either browser. */
interface Hands {
  go(url: string): Promise<void>;
  write(name: string, text: string): Promise<void>;
  tick(selector: string): Promise<void>;
  choose(files: string[]): Promise<void>;
  /** Presses the page's first button, and waits for the page that follows. */
  send(): Promise<void>;
  /** Where something is on the page: its text; null where it is not. */
  text(selector: string): Promise<string | null>;
  value(name: string): Promise<string>;
}

describe('without JavaScript', { timeout: 120_000, concurrency: true }, () => {
  let folder: string;
  let sink: SmtpSink;
  let server: ServerProcess;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'storefront-plain-'));
    sink = await startSmtpSink();
    server = await startServer({ config: shopDesks(), env: { SMTP_URL: sink.url, MAIL_PER_SECOND: '1000' } });
  });
  after(async () => {
    await server?.stop();
    await sink?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function journey(hands: Hands): Promise<void> {
    const email = `${randomBytes(6).toString('hex')}@customer.example`;
    const subject = `A lamp that hums ${randomBytes(4).toString('hex')}`;
    const message = 'It hums <since> Monday.\n\n  And it "flickers".';
    const bytes = Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(300_000)]);
    const [file, program] = [path.join(folder, 'Rechnung – 1.pdf'), path.join(folder, 'virus.pdf')];
    await writeFile(file, bytes);
    await writeFile(program, Buffer.from('MZ\u0000\u0001'.repeat(100)));

    await hands.go(`${server.url}/desks/demo`);
    await hands.tick('input[name=contactId][value=customer-service]');
    await hands.write('requester.name', 'Ann Example');
    await hands.write('requester.email', email);
    await hands.write('subject', `${subject} ${'x'.repeat(150)}`);
    await hands.write('message', message);
    await hands.choose([file, program]);
    await hands.send();
    // corrected where it says so, with everything else as it was
    assert.equal(await hands.text('h1'), '2 things to correct');
    assert.match((await hands.text('.problem')) ?? '', /Subject: please shorten this to 150 characters\.[^]*virus\.pdf.*does not accept/);
    assert.match((await hands.text('.problem')) ?? '', /choose them again: \u2068?Rechnung – 1\.pdf/);
    assert.equal(await hands.value('message'), message);
    assert.equal(await hands.value('requester.email'), email);
    assert.equal(await hands.text('input[name=contactId][value=customer-service]:checked'), '');
    assert.deepEqual(storedTickets(server.dataDir, subject), []);

    await hands.write('subject', subject);
    await hands.choose([file]);
    await hands.send();
    assert.equal(await hands.text('h1'), 'Please look into your mailbox');
    assert.equal(await hands.text('main strong'), email);
    assert.deepEqual(storedTickets(server.dataDir, subject), []);

    const link = await linkMailedTo(email);
    // a scanner looks at it first
    for (const method of ['HEAD', 'GET']) assert.equal((await fetch(link, { method })).status, 200);
    assert.deepEqual(storedTickets(server.dataDir, subject), []);
    await hands.go(link);
    assert.equal(await hands.text('h1'), 'Is this message yours?');
    await hands.send();
    const [ticket] = storedTickets(server.dataDir, subject);
    assert.equal(await hands.text('.number dd'), ticket?.number);
    assert.equal(ticket?.message, message);
    assert.deepEqual(ticket?.files, [{ name: 'Rechnung – 1.pdf', size: bytes.length, sha256: sha256(bytes) }]);
    assert.ok(hashesOnDisk(path.join(server.dataDir, 'uploads')).includes(sha256(bytes)));
  }

  async function linkMailedTo(email: string): Promise<string> {
    for (let count = 1; ; count++) {
      const mail = (await sink.arrived(count)).find(({ to }) => to.includes(email));
      if (!mail) continue;
      const { text = '' } = await PostalMime.parse(mail.raw);
      return /^http\S+\/confirm\/\S+$/m.exec(text)?.[0] ?? assert.fail(text);
    }
  }

  it('a ticket with a file is filed, corrected and confirmed in Chromium', async (t) => {
    const browser = await launchChromium();
    t.after(() => browser.close());
    await journey(await chromiumHands(browser));
  });

  it('a page whose script does not come shows the form, and every page after it is right for assistive technology', async (t) => {
    const french = LOCALES['fr']?.pages ?? assert.fail();
    const browser = await launchChromium();
    t.after(() => browser.close());
    const context = await browser.newContext({ viewport: { width: 320, height: 600 }, colorScheme: 'dark', locale: 'fr' });
    await context.route('**/embed.js', (route) => route.abort());
    const page = await context.newPage();
    page.setDefaultTimeout(STEP_LIMIT_MS);
    const looks = async () => {
      await checkPage(page, { secrets: [] });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    };
    await page.goto(`${server.url}/desks/demo`);
    await page.locator('.plain-form').waitFor();
    await looks();
    const email = `${randomBytes(6).toString('hex')}@customer.example`;
    await page.locator('#contactId').check();
    await page.locator('#requester-name').fill('Ann');
    await page.locator('#requester-email').fill(email);
    await page.locator('#subject').fill('x'.repeat(151));
    await page.locator('#message').fill('y'.repeat(300));
    await page.locator('button.first').click();
    await page.getByRole('heading', { name: french.summary(1, '1') }).waitFor();
    await looks();
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'problem');
    await page.locator('.problem a').click();
    assert.ok(page.url().endsWith('#subject'));
    await page.locator('#subject').fill('Une lampe');
    await page.locator('button.first').click();
    await page.getByRole('heading', { name: french.held.title }).waitFor();
    await looks();
    await page.goto(await linkMailedTo(email));
    await looks();
    await page.locator('button.first').click();
    await page.locator('.number').waitFor();
    await looks();
  });

  it('what was written is there again after going back, and is sent once', async (t) => {
    const browser = await launchChromium();
    t.after(() => browser.close());
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    page.setDefaultTimeout(STEP_LIMIT_MS);
    const email = `${randomBytes(6).toString('hex')}@customer.example`;
    const written = { 'requester.name': 'Ann', 'requester.email': email, orderReference: 'XK-1', subject: 'A lamp', message: 'It hums.' };
    const field = (name: string) => page.locator(`[name="${name}"]`);
    await page.goto(`${server.url}/desks/demo`);
    await page.locator('#contactId').check();
    for (const [name, value] of Object.entries(written)) await field(name).fill(value);
    for (const time of ['first', 'second']) {
      await page.locator('button.first').click();
      assert.equal(await page.locator('h1').textContent(), 'Please look into your mailbox', time);
      await page.goBack();
      for (const [name, value] of Object.entries(written)) assert.equal(await field(name).inputValue(), value, `${name}, the ${time} time`);
    }
    await linkMailedTo(email);
    assert.equal((await sink.arrived(1)).filter(({ to }) => to.includes(email)).length, 1);
  });

  it('and in Firefox', { skip: firefoxPath() === undefined && 'there is no Firefox' }, async (t) => {
    const browser = await launchFirefox({ 'javascript.enabled': false });
    t.after(() => browser.close());
    const page = await browser.newPage();
    page.setDefaultTimeout(STEP_LIMIT_MS);
    const found = async (selector: string) => (await page.$(selector)) ?? assert.fail(selector);
    const named = (name: string) => found(`[name="${name}"]:not([type=radio])`);
    await journey({
      go: async (url) => void (await page.goto(url)),
      async write(name, text) {
        const field = await named(name);
        await field.focus();
        await field.evaluate((element) => ((element as HTMLInputElement).value = ''));
        await field.type(text);
      },
      // by keys: its clicks look for the place of a thing with a script of the page's own
      tick: async (selector) => (await found(selector)).type(' '),
      choose: async (files) => ((await named('files')) as ElementHandle<HTMLInputElement>).uploadFile(...files),
      async send() {
        const button = await found('button.first');
        await Promise.all([page.waitForNavigation(), button.press('Enter')]);
      },
      text: async (selector) => (await page.$(selector))?.evaluate((element) => element.textContent) ?? null,
      value: async (name) => (await named(name)).evaluate((element) => (element as HTMLInputElement).value),
    });
  });
});

async function chromiumHands(browser: Browser): Promise<Hands> {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  page.setDefaultTimeout(STEP_LIMIT_MS);
  const named = (name: string) => page.locator(`[name="${name}"]`);
  return {
    go: async (url) => void (await page.goto(url)),
    write: (name, text) => named(name).fill(text),
    tick: (selector) => page.locator(selector).check(),
    choose: (files) => page.locator('[name=files]').setInputFiles(files),
    async send() {
      await Promise.all([page.waitForNavigation(), page.locator('button.first').click()]);
    },
    text: async (selector) => ((await page.locator(selector).count()) > 0 ? page.locator(selector).first().textContent() : null),
    value: (name) => named(name).inputValue(),
  };
}
