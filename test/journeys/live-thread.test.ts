import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { STEP_LIMIT_MS } from '../support/chromium.ts';
import { deskCommand } from '../support/desk-command.ts';
import { FormPage } from '../support/form-page.ts';
import { startServer } from '../support/server-process.ts';
import { ShopRoom } from '../support/shop-room.ts';

const DAY_MS = 24 * 3_600_000;

describe('a thread that is open in two tabs', { timeout: 240_000 }, () => {
  let room: ShopRoom;
  let context: BrowserContext;
  let tabs: Page[];
  let number: string;
  const written = ['It flickers.'];

  before(async () => {
    room = await ShopRoom.open();
    room.addPage('/contact', { body: room.script + room.tag({ session: 'live' }) });
    room.addPage('/tickets', { body: room.script + room.tag({ name: 'support-tracker', session: 'live' }) });
    context = await room.browser.playwright.newContext();
    context.setDefaultTimeout(STEP_LIMIT_MS);
    const page = await context.newPage();
    await page.goto(`${room.shop.url}/contact`);
    const form = new FormPage(page);
    await form.fill({ subject: 'Lamp', message: 'It flickers.' });
    await form.send();
    number = await form.number(30_000);
    await page.close();
    tabs = [await openTab(), await openTab()];
  });
  after(() => room?.close());

  async function openTab(): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${room.shop.url}/tickets`);
    await page.locator('support-tracker').getByRole('button', { name: /Lamp/ }).click();
    return page;
  }

  async function answer(text: string): Promise<void> {
    const { dataDir, deskFile, databaseUrl } = room.server;
    const { code, err } = await deskCommand({ dataDir, deskFile, databaseUrl }, 'tickets', 'reply', number, '--text', text);
    assert.equal(code, 0, err);
    written.push(text);
  }

  /** Everything that was written stands there once, in its order. */
  async function complete(page: Page): Promise<void> {
    const messages = page.locator('support-thread [part=message] .text');
    await page.locator('support-thread').getByText(written.at(-1)!, { exact: true }).waitFor({ timeout: 60_000 });
    assert.deepEqual(await messages.allTextContents(), written);
  }

  it('shows an answer in both', async () => {
    for (const tab of tabs) await complete(tab);
    await answer('One');
    for (const tab of tabs) await complete(tab);
  });

  it('goes on after the tab that kept the stream is closed', async () => {
    await tabs.shift()?.close();
    await answer('Two');
    tabs.push(await openTab());
    for (const tab of tabs) await complete(tab);
  });

  it('shows what was written while the server was away', async () => {
    await room.server.kill('SIGKILL');
    await answer('Three');
    await room.restartServer();
    room.proxy.setTarget(room.server.url);
    for (const tab of tabs) await complete(tab);
    await answer('Four');
    for (const tab of tabs) await complete(tab);
  });

  it('works without a stream', async (t) => {
    // a poll takes half a minute, on either engine
    if (room.server.databaseUrl !== undefined) return t.skip('shown on SQLite');
    room.proxy.setRules('live', [{ match: 'GET /events', fault: { kind: 'status', status: 502 } }]);
    await room.restartServer();
    room.proxy.setTarget(room.server.url);
    await answer('Five');
    for (const tab of tabs) await complete(tab);
    room.proxy.setRules('live', []);
  });

  it('shows what was written while the machine slept for a day', async () => {
    const sleeper = tabs[0] as Page;
    const browser = await context.newCDPSession(sleeper);
    await context.setOffline(true);
    await browser.send('Page.setWebLifecycleState', { state: 'frozen' });
    for (const text of ['Six', 'Seven', 'Eight']) await answer(text);
    await context.setOffline(false);
    await browser.send('Page.setWebLifecycleState', { state: 'active' });
    await sleeper.evaluate((slept) => {
      const { now } = Date;
      Date.now = () => now() + slept;
    }, DAY_MS);
    for (const tab of tabs) await complete(tab);
  });

  it('goes on with another process when one of two is killed', async (t) => {
    const { dataDir, databaseUrl, deskFile } = room.server;
    if (databaseUrl === undefined) return t.skip('SQLite has one process');
    const other = await startServer({ config: JSON.parse(await readFile(deskFile, 'utf8')) as unknown, dataDir, databaseUrl });
    try {
      await answer('Nine');
      for (const tab of tabs) await complete(tab);
      room.proxy.setTarget(other.url);
      await room.server.kill('SIGKILL');
      for (const text of ['Ten', 'Eleven']) await answer(text);
      for (const tab of tabs) await complete(tab);
    } finally {
      await other.stop();
    }
  });
});
