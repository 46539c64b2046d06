import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { STEP_LIMIT_MS } from '../support/chromium.ts';
import { deskCommand } from '../support/desk-command.ts';
import { FormPage, textFile } from '../support/form-page.ts';
import { ShopRoom } from '../support/shop-room.ts';

describe('a ticket that is followed', { timeout: 180_000 }, () => {
  let room: ShopRoom;
  let context: BrowserContext;
  let page: Page;
  let tracker: Locator;
  let thread: Locator;
  let number: string;

  before(async () => {
    room = await ShopRoom.open();
    const footer = room.tag({ name: 'support-launcher' });
    room.addPage('/contact', { body: room.script + room.tag({ name: 'support-tracker' }) + room.tag() });
    room.addPage('/lamp', { body: `<h1>Lamp</h1>${room.script}${footer}` });
    context = await room.browser.playwright.newContext();
    context.setDefaultTimeout(STEP_LIMIT_MS);
    await show('/contact');
  });
  after(() => room?.close());

  /** Another page of the shop, in place of the one before. */
  const show = async (path: string) => {
    await (page as Page | undefined)?.close();
    page = await context.newPage();
    await page.goto(room.shop.url + path);
    tracker = page.locator('support-tracker');
    thread = page.locator('support-thread');
  };
  const wasRead = () => page.waitForResponse((answer) => answer.request().method() === 'PATCH');
  const desk = async (...args: string[]): Promise<string> => {
    const { dataDir, deskFile, databaseUrl } = room.server;
    const answer = await deskCommand({ dataDir, deskFile, databaseUrl }, ...args);
    assert.equal(answer.code, 0, answer.err);
    return answer.out;
  };

  it('leads from the receipt to itself', async () => {
    const form = new FormPage(page);
    await form.fill({ subject: 'Lamp flickers', message: 'It flickers after ten minutes.' });
    await form.addFiles([textFile('steps.txt', 'Switch it on and wait.')]);
    await form.send();
    number = await form.number(30_000);
    await form.form
      .getByRole('link', { name: /follow/i })
      .or(form.form.getByRole('button', { name: /follow/i }))
      .click();
    await thread.getByText('It flickers after ten minutes.').waitFor();
    await thread.getByText('steps.txt').first().waitFor();
    await thread
      .locator('[part=facts]')
      .getByText(/It is our turn/)
      .waitFor();
  });

  it('shows what an agent answers from the command line, without a reload', async () => {
    await desk('tickets', 'note', number, '--text', 'Second lamp of this batch.');
    await desk('tickets', 'reply', number, '--text', 'Which bulb is in it?');
    await thread.getByText('Which bulb is in it?').waitFor({ timeout: 30_000 });
    await thread.getByText('Which bulb is in it?').scrollIntoViewIfNeeded();
    await wasRead();
    await thread.getByText(/waiting for you/).waitFor();
    assert.equal(await page.getByText('Second lamp of this batch.').count(), 0, 'a note is for agents');
  });

  it('says on another page of the shop that there is an answer', async () => {
    await show('/lamp');
    const launcher = page.locator('support-launcher');
    await desk('tickets', 'reply', number, '--text', 'Or does it do so with every bulb?');
    await launcher
      .getByText(/1 new answer|\(1\)/)
      .first()
      .waitFor({ timeout: 40_000 });
    await show('/contact');
    const read = wasRead();
    await tracker.getByRole('button', { name: /Lamp flickers.*1 new answer/ }).click();
    await thread.getByText('Or does it do so with every bulb?').waitFor();
    await read;
    await tracker.getByRole('button', { name: 'All tickets' }).click();
    await tracker.getByRole('button', { name: /Lamp flickers/ }).waitFor();
    assert.equal(await tracker.getByText('1 new answer').count(), 0, 'what was read is new no more');
  });

  it('takes a reply with a file', async () => {
    await tracker.getByRole('button', { name: /Lamp flickers/ }).click();
    await thread
      .getByRole('button', { name: 'Write a reply' })
      .or(thread.getByRole('textbox', { name: 'Your reply' }))
      .first()
      .click();
    await thread.getByRole('textbox', { name: 'Your reply' }).fill('With every bulb.');
    await thread
      .locator('input[type=file]')
      .first()
      .setInputFiles([textFile('bulbs.txt', 'Three bulbs, all the same.')]);
    await thread.getByRole('button', { name: 'Send', exact: true }).click();
    await thread.locator('[part=message]').filter({ hasText: 'With every bulb.' }).getByText('bulbs.txt').waitFor({ timeout: 30_000 });
    await thread
      .locator('[part=facts]')
      .getByText(/It is our turn/)
      .waitFor();
    const shown = await desk('tickets', 'show', number);
    assert.match(shown, /With every bulb\./);
    assert.match(shown, /bulbs\.txt/);
  });

  it('saves a file that came with it', async () => {
    const [saved] = await Promise.all([page.waitForEvent('download'), thread.getByRole('button', { name: 'Save bulbs.txt' }).click()]);
    assert.equal(saved.suggestedFilename(), 'bulbs.txt');
  });

  it('is closed with a reason, rated, and opened again', async () => {
    await thread.getByText('Close this ticket').first().click();
    await thread.getByRole('textbox', { name: /Why/ }).fill('A new bulb helped.');
    await thread.getByRole('button', { name: 'Close this ticket' }).click();
    await thread.getByText('A new bulb helped.').waitFor();
    await thread.getByRole('radio', { name: 'Yes' }).check();
    await thread.getByRole('button', { name: 'Send this' }).click();
    await thread.locator('[part=rating]').getByText('Thank you.').waitFor();
    assert.match(await desk('tickets', 'show', number), /closed/);
    await thread.getByRole('button', { name: 'Open it again' }).click();
    await thread
      .locator('[part=facts]')
      .getByText(/It is our turn/)
      .waitFor();
    assert.doesNotMatch(await desk('tickets', 'list', '--status', 'closed'), new RegExp(number));
  });

  it('is nobody else’s', async () => {
    const stranger = await room.open('/contact');
    await stranger.locator('support-tracker').getByText('No tickets yet').waitFor();
    await stranger.close();
  });

  it('is forgotten on this device when that is wished', async () => {
    await tracker.getByRole('button', { name: 'All tickets' }).click();
    await tracker.getByText('Find a ticket, sign in, forget').click();
    const forget = tracker.getByRole('button', { name: 'Forget all on this device' });
    await forget.click();
    await tracker.getByRole('button', { name: 'Really?' }).first().click();
    await tracker.getByText('No tickets yet').waitFor();
    await page.reload();
    await tracker.getByText('No tickets yet').waitFor();
    assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)), []);
  });
});
