import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { STEP_LIMIT_MS } from '../support/chromium.ts';
import { deskCommand } from '../support/desk-command.ts';
import { FormPage, textFile } from '../support/form-page.ts';
import { forgetOutbox } from '../support/kept-here.ts';
import { ShopRoom } from '../support/shop-room.ts';

describe('what is loaded when somebody reaches for it', { timeout: 120_000 }, () => {
  let room: ShopRoom;
  let context: BrowserContext;
  let number: string;

  before(async () => {
    room = await ShopRoom.open();
    room.addPage('/contact', { body: room.script + room.tag() });
    room.addPage('/tickets', { body: room.script + room.tag({ name: 'support-tracker' }) });
    room.addPage('/lamp', { body: `<h1>Lamp</h1>${room.script}${room.tag({ name: 'support-launcher', content: 'Ask us' })}` });
    context = await room.browser.playwright.newContext();
    context.setDefaultTimeout(STEP_LIMIT_MS);
    const page = await context.newPage();
    await page.goto(`${room.shop.url}/contact`);
    const form = new FormPage(page);
    await form.fill({ subject: 'Lamp', message: 'It flickers.' });
    await form.addFiles([textFile('steps.txt', 'Switch it on and wait.')]);
    await form.send();
    number = await form.number(30_000);
    await forgetOutbox(page);
    await page.close();
  });
  after(() => room?.close());

  it('is named and can be asked for again where it does not arrive', async () => {
    const page = await context.newPage();
    const patterns = ['news', 'tools', 'thread-files', 'answer'].map((stage) => `**/c/${stage}-*`);
    for (const pattern of patterns) await page.route(pattern, (route) => route.abort());
    await page.goto(`${room.shop.url}/tickets`);
    const tracker = page.locator('support-tracker');
    const thread = page.locator('support-thread');
    const lamp = tracker.getByRole('button', { name: /Lamp/ });
    await lamp.waitFor();
    await tracker.locator('[part=tools] > summary').click();
    await tracker.getByRole('alert').getByText('did not load').waitFor();

    await lamp.click();
    await thread.getByText('It flickers.').waitFor();
    await thread.getByText('steps.txt').waitFor();
    const trouble = thread.getByRole('alert');
    await trouble.getByText('did not load').waitFor();
    const write = thread.getByRole('button', { name: 'Write a reply' });
    // every part is asked for twice before it is given up
    const givenUp = page.waitForEvent('requestfailed', (request) => /\/c\/answer-[^?]*\?/.test(request.url()));
    await write.click();
    await givenUp;

    for (const pattern of patterns) await page.unroute(pattern);
    await trouble.getByRole('button', { name: 'Try again' }).click();
    await thread.getByRole('button', { name: 'Save steps.txt' }).waitFor();
    await write.click();
    await thread.getByRole('textbox', { name: 'Your reply' }).fill('It still does.');
    await thread.getByRole('button', { name: 'Send' }).click();
    await thread.locator('[part=message]', { hasText: 'It still does.' }).waitFor();

    await tracker.getByRole('button', { name: 'All tickets' }).click();
    await tracker.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await tracker.getByRole('textbox', { name: 'Find a ticket by its number' }).fill(number);
    await tracker.getByRole('button', { name: 'Find', exact: true }).click();
    await thread.getByText('It flickers.').waitFor();
    await page.close();
  });

  it('is next to nothing where a page only says how many answers are new', async () => {
    const { dataDir, deskFile, databaseUrl } = room.server;
    const answer = async (text: string) => {
      const { code, err } = await deskCommand({ dataDir, deskFile, databaseUrl }, 'tickets', 'reply', number, '--text', text);
      assert.equal(code, 0, err);
    };
    await answer('It is on its way.');
    const page = await context.newPage();
    const parts: string[] = [];
    page.on('request', (request) => {
      const [, name] = /\/c\/([a-z-]+)-[\w-]{7}\.js/.exec(request.url()) ?? [];
      if (name) parts.push(name);
    });
    await page.goto(`${room.shop.url}/lamp`);
    await page.getByRole('button', { name: 'Ask us, 1 new answer' }).waitFor();
    assert.deepEqual(parts.sort(), ['badge', 'en-badge', 'wake']);
    await page.getByRole('button', { name: 'Ask us' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /Lamp/ }).waitFor();
    await answer('It has arrived.');
    await page.locator('support-launcher[unread="2"]').waitFor();
    await page.close();
  });
});
