import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { shopDesks } from '../support/desks.ts';
import { FormPage, textFile, type TestFile } from '../support/form-page.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { startShop, type ShopServer } from '../support/shop-server.ts';

/** Bytes on the wire, headers included, that a tag may cause until each moment; `withFile`: until the receipt of a ticket with a file. */
const BUDGET = { loaded: 1_500, focusable: 14_000, receipt: 34_000, withFile: 34_000 + 8_000, locale: 2_500 };

interface Transfer {
  name: string;
  bytes: number;
}

/** Counts what a page fetches from one origin, as Chromium saw it arrive. */
async function countTransfers(page: Page, origin: string): Promise<Transfer[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const names = new Map<string, string>();
  const transfers: Transfer[] = [];
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!request.url.startsWith(`${origin}/`)) return;
    names.set(requestId, `${request.method} ${request.url.slice(origin.length)}`);
  });
  const headers = new Map<string, number>();
  session.on('Network.responseReceived', ({ requestId, response }) => headers.set(requestId, response.encodedDataLength));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const name = names.get(requestId);
    // of a preflight only the answer's headers are told
    if (name) transfers.push({ name, bytes: encodedDataLength || (headers.get(requestId) ?? 0) });
  });
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  return transfers;
}

const sum = (transfers: Transfer[]) => transfers.reduce((total, { bytes }) => total + bytes, 0);

describe('bytes on the wire of a page that carries the counter', () => {
  let browser: Browser;
  let server: ServerProcess;
  let shop: ShopServer;
  const moments: { visit: string; moment: keyof typeof BUDGET; transfers: Transfer[] }[] = [];

  before(async () => {
    const pages: Parameters<typeof startShop>[0] = {};
    shop = await startShop(pages);
    server = await startServer({ config: shopDesks([shop.url]) });
    for (const lang of ['en', 'fr']) {
      pages[`/${lang}`] = {
        html: `<!doctype html><html lang="${lang}"><title>Lamp</title><link rel="icon" href="data:,">
          <script type="module" src="${server.url}/embed.js"></script>
          <support-launcher endpoint="${server.url}" desk="demo"></support-launcher>
          <div style="height: 3000px">A long page: neither form nor pointer comes near what is above and below</div>
          <support-form endpoint="${server.url}" desk="demo"></support-form>`,
      };
    }
    browser = await launchChromium();
    await walk('en', send);
    await walk('file', sendWithFile, 'en');
    await walk('fr', focus);
    for (const visit of ['en', 'file']) print(visit);
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
    await server?.stop();
  });

  /** One visit to its end, cut into moments. */
  async function walk(visit: string, finish: (page: Page, lang: string) => Promise<keyof typeof BUDGET>, lang = visit): Promise<void> {
    const page = await browser.newPage();
    const transfers = await countTransfers(page, server.url);
    const close = (moment: keyof typeof BUDGET) => moments.push({ visit, moment, transfers: transfers.splice(0) });
    await page.goto(`${shop.url}/${lang}`, { waitUntil: 'networkidle' });
    close('loaded');
    await page.evaluate(() => document.querySelector('support-form')?.scrollIntoView());
    await page.locator('support-form').getByRole('textbox').first().waitFor();
    await page.waitForLoadState('networkidle');
    close('focusable');
    const end = await finish(page, lang);
    // what the protocol has told so far has arrived before this answer
    await page.evaluate(() => 0);
    close(end);
    await page.close();
  }

  async function send(page: Page, _lang?: string, files: TestFile[] = []): Promise<'receipt'> {
    const form = new FormPage(page);
    await form.fill({ subject: 'How many bytes?' });
    if (files.length > 0) await form.addFiles(files);
    await form.send();
    await form.number();
    await page.waitForLoadState('networkidle');
    return 'receipt';
  }

  async function sendWithFile(page: Page): Promise<'withFile'> {
    await send(page, undefined, [textFile('parcel.txt', 'dented')]);
    return 'withFile';
  }

  /** Fetches the sentences that a send would show. */
  async function focus(page: Page, lang: string): Promise<'receipt'> {
    const sentences = page.waitForResponse((response) => response.url().includes(`/c/${lang}-`));
    await page.locator('support-form').getByRole('textbox').first().focus();
    await (await sentences).finished();
    return 'receipt';
  }

  function until(visit: string, moment: keyof typeof BUDGET): Transfer[] {
    const all = moments.filter((entry) => entry.visit === visit);
    return all.slice(0, all.findIndex((entry) => entry.moment === moment) + 1).flatMap(({ transfers }) => transfers);
  }

  function print(visit: string): void {
    let total = 0;
    for (const { moment, transfers } of moments.filter((entry) => entry.visit === visit)) {
      for (const { name, bytes } of transfers) console.log(`${String(bytes).padStart(8)}  ${name.replace(/[\w-]{43}$/, '…')}`);
      total += sum(transfers);
      console.log(`${String(total).padStart(8)}  = ${moment}, budget ${BUDGET[moment]}`);
    }
  }

  it('stay in budget while nothing is touched', () => {
    const bytes = sum(until('en', 'loaded'));
    assert.ok(bytes > 0 && bytes <= BUDGET.loaded, `${bytes} bytes, budget ${BUDGET.loaded}`);
  });

  it('stay in budget until the first field can take focus', () => {
    const bytes = sum(until('en', 'focusable'));
    assert.ok(bytes <= BUDGET.focusable, `${bytes} bytes, budget ${BUDGET.focusable}`);
  });

  it('stay in budget until the receipt is shown', () => {
    const bytes = sum(until('en', 'receipt'));
    assert.ok(bytes <= BUDGET.receipt, `${bytes} bytes, budget ${BUDGET.receipt}`);
  });

  it('stay in budget until the receipt of a ticket with a file is shown', () => {
    const bytes = sum(until('file', 'withFile'));
    assert.ok(bytes <= BUDGET.withFile, `${bytes} bytes, budget ${BUDGET.withFile}`);
  });

  for (const lang of ['en', 'fr']) {
    it(`stay in budget for the locale ${lang}`, () => {
      const files = until(lang, 'receipt').filter(({ name }) => name.includes(`/c/${lang}-`));
      assert.equal(files.length, 2, 'the sentences shown at once and the rest');
      assert.ok(sum(files) <= BUDGET.locale, `${sum(files)} bytes, budget ${BUDGET.locale}`);
    });
  }
});
