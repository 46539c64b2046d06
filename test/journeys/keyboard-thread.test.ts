import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { STEP_LIMIT_MS } from '../support/chromium.ts';
import { deskCommand } from '../support/desk-command.ts';
import { FormPage, textFile } from '../support/form-page.ts';
import { fileIsKept } from '../support/kept-entries.ts';
import { ShopRoom } from '../support/shop-room.ts';

describe('a ticket that is followed without a pointer, and in two tabs', { timeout: 120_000 }, () => {
  let room: ShopRoom;
  let context: BrowserContext;
  let page: Page;
  let number: string;

  before(async () => {
    room = await ShopRoom.open();
    const far = '<div style="height: 3000px">A long page</div>';
    room.addPage('/contact', { body: room.script + room.tag() + far + room.tag({ name: 'support-tracker' }) });
    context = await room.browser.playwright.newContext();
    context.setDefaultTimeout(STEP_LIMIT_MS);
    page = await context.newPage();
    await page.goto(`${room.shop.url}/contact`);
    const form = new FormPage(page);
    await form.fill({ subject: 'Lamp flickers', message: 'It flickers.' });
    await form.send();
    number = await form.number(30_000);
  });
  after(() => room?.close());

  const thread = (of = page): Locator => of.locator('support-thread');
  const messagesOf = (of: Page) => thread(of).locator('[part=message]');

  /** The innermost focused element: its part or id, and what it is called. */
  const focused = () =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element === document.body ? 'body' : `${element?.getAttribute('part') || element?.id || element?.localName}`;
    });

  async function tabTo(place: string, back = false): Promise<void> {
    const seen: string[] = [];
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
      seen.push(await focused());
      if (seen.at(-1) === place) return;
    }
    assert.fail(`${place} is not reached: ${seen.join(', ')}`);
  }

  async function focusReaches(place: string): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      const now = await focused();
      if (now === place) return;
      assert.notEqual(now, 'body', `focus is lost on the way to ${place}`);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    assert.fail(`${place} has no focus, but ${await focused()}`);
  }

  it('is opened by its address although the tracker is far below', async () => {
    const other = await context.newPage();
    await other.goto(`${room.shop.url}/contact#support-ticket=${number}`);
    await thread(other).getByText('It flickers.').waitFor();
    await other.close();
  });

  it('spends a mailed link and takes its token out of the address without scrolling', async () => {
    const other = await context.newPage();
    await other.goto(`${room.shop.url}/contact#support-sign-in=${'x'.repeat(43)}`);
    await other.locator('support-tracker').getByText('has been used or is too old').waitFor();
    assert.equal(new URL(other.url()).hash, '');
    await other.close();
  });

  it('does so in the dialog of a launcher where the page has nothing else', async () => {
    room.addPage('/footer', { body: room.script + room.tag({ name: 'support-launcher' }) });
    const other = await context.newPage();
    await other.goto(`${room.shop.url}/footer#support-sign-in=${'x'.repeat(43)}`);
    await other.getByRole('dialog').getByText('has been used or is too old').waitFor();
    assert.equal(new URL(other.url()).hash, '');
    await other.close();
  });

  it('goes from the list to the ticket, answers, closes and comes back, by keyboard alone', async () => {
    await page.goto(`${room.shop.url}/contact#x`);
    await page.locator('support-tracker').scrollIntoViewIfNeeded();
    await page.locator('support-tracker').locator('[part=ticket]').waitFor();
    await page.locator('support-tracker').evaluate((element) => element.focus());
    await tabTo('ticket');
    await page.keyboard.press('Enter');
    await thread().getByText('It flickers.').waitFor();
    await focusReaches('heading');
    await tabTo('to-reply');
    await page.keyboard.press('Enter');
    await thread().locator('#text').waitFor();
    while ((await focused()) === 'to-reply') await page.evaluate(() => new Promise(requestAnimationFrame));
    await focusReaches('text');
    await page.keyboard.type('With every bulb.');
    await tabTo('submit');
    await page.keyboard.press('Enter');
    await messagesOf(page).nth(1).waitFor();
    await focusReaches('submit');
    await tabTo('summary');
    await page.keyboard.press('Enter');
    await tabTo('reason');
    await page.keyboard.type('A new bulb.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await thread().getByText('A new bulb.').waitFor();
    await focusReaches('heading');
    await tabTo('back', true);
    await page.keyboard.press('Enter');
    await focusReaches('ticket');
  });

  it('brings a reply and its file back after a reload', async () => {
    await page.keyboard.press('Enter');
    await thread().getByRole('button', { name: 'Write a reply' }).click();
    await thread().locator('#text').fill('Half a sen');
    await thread()
      .locator('input[type=file]')
      .first()
      .setInputFiles([textFile('bulbs.txt', 'Three bulbs.')]);
    await thread().locator('support-attachments').getByText('bulbs.txt').first().waitFor();
    await fileIsKept(page);
    await page.goto(`${room.shop.url}/contact?again#support-ticket=${number}`);
    await thread().locator('support-attachments').getByText('bulbs.txt').first().waitFor();
    assert.equal(await thread().locator('#text').inputValue(), 'Half a sen');
  });

  it('sends one reply once although two tabs send it', async () => {
    const other = await context.newPage();
    await other.goto(`${room.shop.url}/contact#support-ticket=${number}`);
    // the draft that is kept has it load what answers, which it could not do later
    await thread(other).locator('#text').waitFor();
    await thread().locator('[part=file][data-state=done]').waitFor();
    await context.setOffline(true);
    await thread().locator('#text').fill('Both of us send this.');
    await thread().locator('support-attachments').locator('button').last().click();
    await thread().locator('[part=submit]').click();
    await thread().locator('[part=send-now]').waitFor();
    await thread(other).locator('[part=send-now]').waitFor();
    await context.setOffline(false);
    const press = (of: Page) =>
      thread(of)
        .locator('[part=send-now]')
        .click({ timeout: 2_000 })
        .catch(() => undefined);
    await Promise.all([press(page), press(other)]);
    for (const tab of [page, other]) {
      await messagesOf(tab).filter({ hasText: 'Both of us send this.' }).waitFor();
      await thread(tab).locator('[part=pending]').waitFor({ state: 'detached' });
    }
    const { dataDir, deskFile, databaseUrl } = room.server;
    const { out } = await deskCommand({ dataDir, deskFile, databaseUrl }, 'tickets', 'show', number);
    assert.equal(out.split('Both of us send this.').length, 2);
    await other.close();
  });
});
