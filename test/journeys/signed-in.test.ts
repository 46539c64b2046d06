import assert from 'node:assert/strict';
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { STEP_LIMIT_MS } from '../support/chromium.ts';
import { shopDesks } from '../support/desks.ts';
import { FormPage } from '../support/form-page.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { caughtMails } from '../support/stored-files.ts';

const SECRET = randomBytes(32);
const EMAIL = 'ada@example.com';

/** As a shop signs it for a customer who is signed in there. */
function identityToken(email: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(Date.now() / 1000);
  const claims = { sub: '17', email, name: 'Ada Martin', aud: 'demo', iat, exp: iat + 300, jti: randomUUID() };
  const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: 'shop-1' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}

describe('a customer on any device', { timeout: 180_000 }, () => {
  let room: ShopRoom;
  let number: string;
  let browsers: BrowserContext[] = [];

  before(async () => {
    room = await ShopRoom.open({
      desks: (origins) => {
        const [entry, ...others] = shopDesks(origins) as [object];
        const identity = [{ kid: 'shop-1', alg: 'HS256', secret: SECRET.toString('base64url') }];
        return [{ ...entry, identity, trackerUrl: `${origins[0]}/tickets` }, ...others];
      },
    });
    room.addPage('/contact', { body: room.script + room.tag() });
    room.addPage('/tickets', { body: room.script + room.tag({ name: 'support-tracker' }) });
    browsers = await Promise.all([0, 1, 2].map(() => room.browser.playwright.newContext()));
    for (const context of browsers) context.setDefaultTimeout(STEP_LIMIT_MS);
    const form = new FormPage(await open(browsers[0]!, '/contact'));
    await form.fill({ subject: 'Lamp flickers', email: EMAIL });
    await form.send();
    number = await form.number(30_000);
  });
  after(() => room?.close());

  async function open(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(new URL(path, room.shop.url).href);
    return page;
  }

  const ticketOn = (page: Page) => page.locator('support-tracker').getByRole('button', { name: /Lamp flickers/ });

  /** Asks for a link on a page without tickets, and reads it in the mail. */
  async function askForLink(page: Page): Promise<string> {
    const linkIn = async () => {
      // the newest stands first
      const mail = (await caughtMails(room.server.url)).find(({ text }) => text.includes('#support-sign-in='));
      assert.ok(!mail?.text.includes('Lamp flickers'), 'the mail tells nothing of the ticket');
      return /\S+#support-sign-in=[\w-]{43}/.exec(mail?.text ?? '')?.[0];
    };
    const before = await linkIn();
    await page.getByRole('textbox', { name: 'Your e-mail address' }).fill(EMAIL);
    await page.getByRole('button', { name: 'Mail me a link' }).click();
    await page.getByText(`If we know ${EMAIL}`).waitFor();
    for (;;) {
      const link = await linkIn();
      if (link !== undefined && link !== before) return link;
      await page.waitForTimeout(100);
    }
  }

  it('sees a ticket on the device it was sent from', async () => {
    const page = await open(browsers[0]!, '/tickets');
    await ticketOn(page).waitFor();
    await page.close();
  });

  it('is let in by a mailed link, once, and out again', async () => {
    const asking = await open(browsers[1]!, '/tickets');
    const link = await askForLink(asking);
    const page = await open(browsers[1]!, link);
    await ticketOn(page).waitFor();
    assert.ok(!page.url().includes('support-sign-in'), 'the token has left the address');
    await ticketOn(page).click();
    await page.locator('support-thread').getByText(number).waitFor();
    await page.close();

    const again = await open(browsers[2]!, link);
    await again.getByText('This link has been used or is too old').waitFor();
    await again.close();

    const later = await open(browsers[1]!, '/tickets');
    await ticketOn(later).waitFor();
    await later.getByText('Find a ticket, sign in, forget').click();
    await later.getByRole('button', { name: /Sign out/ }).click();
    await later.getByText('No tickets yet').waitFor();
    await later.close();
    await asking.close();
  });

  it('is asked before a link opens another browser than the one that asked', async () => {
    const asking = await open(browsers[1]!, '/tickets');
    const link = await askForLink(asking);
    const page = await open(browsers[2]!, link);
    await page.getByText('Is it you?').waitFor();
    assert.equal(await ticketOn(page).count(), 0);
    await page.getByRole('button', { name: 'Yes, sign me in here' }).click();
    await ticketOn(page).waitFor();
    await page.close();
    await asking.close();
  });

  it('is let in by the shop, which knows who it is', async () => {
    const attributes = (email: string) => `identity-token="${identityToken(email)}"`;
    room.addPage('/account', { body: room.script + room.tag({ name: 'support-tracker', attributes: attributes('ADA@example.com') }) });
    room.addPage('/other', { body: room.script + room.tag({ name: 'support-tracker', attributes: attributes('ben@example.com') }) });
    const context = await room.browser.playwright.newContext();
    await ticketOn(await open(context, '/account')).waitFor();
    const other = await open(await room.browser.playwright.newContext(), '/other');
    await other.getByText('No tickets yet').waitFor();
    assert.equal(await ticketOn(other).count(), 0);
  });
});
