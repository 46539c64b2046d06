import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, listenForNoise, openPage } from '../support/chromium.ts';
import { png, textFile } from '../support/form-page.ts';
import { startChatwoot, type ChatwootInbox } from '../support/stand-ins/chatwoot/chatwoot-inbox.ts';
import { startShopHost, type ShopHost } from '../support/stand-ins/shop-host.ts';
import { startZammad, type ZammadDesk } from '../support/stand-ins/zammad/zammad-desk.ts';
import { startZendesk, type ZendeskDesk } from '../support/stand-ins/zendesk/zendesk-desk.ts';

const EMBED = fileURLToPath(new URL('../../packages/embed/dist/embed/', import.meta.url));

describe('a customer writes to a help desk on another origin', { concurrency: 1 }, () => {
  let browser: Browser;
  let shop: ShopHost;
  let zammad: ZammadDesk;
  let zendesk: ZendeskDesk;
  let chatwoot: ChatwootInbox;

  before(async () => {
    [browser, shop, zammad, zendesk, chatwoot] = await Promise.all([
      launchChromium(),
      startShopHost(() => undefined),
      startZammad(),
      startZendesk(),
      startChatwoot(),
    ]);
    shop.folders['/embed/'] = EMBED;
  });
  after(async () => {
    await browser?.close();
    await Promise.all([shop, zammad?.host, zendesk?.host, chatwoot?.host].map((each) => each?.close()));
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  /** A page of the shop with these tags, under a policy that lets it reach this origin alone. */
  async function visit(tags: string, origin: string): Promise<Page> {
    const policy = `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; connect-src 'self' ${origin} ${origin.replace('http', 'ws')}; require-trusted-types-for 'script'`;
    shop.pages['/help'] = {
      html: `<!doctype html><html lang="en"><head><title>Help</title><script type="module" src="/embed/embed.js"></script></head><body>${tags}</body></html>`,
      headers: { 'content-security-policy': policy },
    };
    const page = await openPage(browser);
    await page.goto(`${shop.url}/help`);
    return page;
  }

  async function write(page: Page): Promise<void> {
    const form = page.locator('support-form');
    const field = (name: RegExp) => form.getByRole('textbox', { name });
    await field(/^Subject/).fill('The lamp flickers');
    await field(/name/i).fill('Zoë');
    await field(/e-?mail/i).fill('zoe@example.com');
    await field(/order/i).fill('ORD-7');
    await field(/^(Your )?message/i).fill('It flickers after ten minutes.');
    assert.equal(await form.getByLabel(/before/i).count(), 0, 'no place for "before buying"');
    await form.locator('input[type=file][multiple]').setInputFiles([png('lamp.png', 'flicker')]);
    await form.getByRole('button', { name: 'Send message' }).click();
  }

  const received = (page: Page, number: string) => page.locator('support-form').getByText(number, { exact: true }).waitFor();

  for (const [name, start, filed] of [
    ['zammad', () => zammad, () => zammad.tickets.map(({ number, title, files }) => ({ number, title, files }))],
    ['zendesk', () => zendesk, () => zendesk.requests.map(({ id, subject, files }) => ({ number: String(id), title: subject, files }))],
  ] as const) {
    it(`files a ticket with ${name}, with its own number, and nothing to follow`, async () => {
      const { url, host } = start();
      const page = await visit(
        `<support-form adapter="${name}" endpoint="${url}"></support-form><support-tracker adapter="${name}" endpoint="${url}"></support-tracker>`,
        url,
      );
      const noise = listenForNoise(page);
      await write(page);
      await page.locator('support-form [part=receipt]').waitFor();
      const [ticket, ...others] = filed();
      assert.deepEqual([ticket?.title, ticket?.files[0]?.name, others.length], ['The lamp flickers', 'lamp.png', 0]);
      await received(page, ticket?.number ?? '');
      assert.equal(await page.locator('support-form [part=follow]').count(), 0);
      assert.deepEqual([host.violations, noise], [[], []]);
    });
  }

  it('files a ticket with chatwoot, is answered while it looks on, replies, closes it and writes again', async () => {
    const { url, identifier } = chatwoot;
    const given = `adapter="chatwoot" endpoint="${url}" desk="${identifier}"`;
    const page = await visit(`<support-form ${given}></support-form><support-tracker ${given}></support-tracker>`, url);
    const noise = listenForNoise(page);
    await write(page);
    await page.locator('support-form [part=receipt]').waitFor();
    const thread = chatwoot.conversations.at(-1)!;
    await received(page, String(thread.id));
    await page.locator('support-form [part=follow]').click();

    const shown = page.locator('support-thread');
    await shown.getByText('It flickers after ten minutes.', { exact: true }).waitFor();
    await shown.getByText('lamp.png').waitFor();
    assert.equal(await shown.locator('[part=preview]').count(), 0, 'no place for a picture');
    chatwoot.answer(thread.id, 'Have you changed the bulb?');
    await shown.getByText('Have you changed the bulb?', { exact: true }).waitFor();
    const reply = shown.getByRole('textbox', { name: 'Your reply' });
    const send = () => shown.getByRole('button', { name: 'Send', exact: true }).click();
    await shown.getByRole('button', { name: 'Write a reply' }).or(reply).first().click();
    await reply.fill('I have.');
    await shown
      .locator('input[type=file]')
      .first()
      .setInputFiles([textFile('bulbs.txt', 'Three, all the same.')]);
    await send();
    await shown.locator('[part=message]').filter({ hasText: 'I have.' }).getByText('bulbs.txt').waitFor();
    assert.deepEqual([thread.messages.at(-1)?.content, thread.messages.at(-1)?.files[0]?.name], ['I have.', 'bulbs.txt']);
    assert.equal(await shown.locator('[part=rating]').count(), 0, 'nobody is asked for a rating');

    await shown.getByText('Close this ticket').first().click();
    await shown.getByRole('textbox', { name: /Why/ }).fill('A new bulb helped.');
    await shown.getByRole('button', { name: 'Close this ticket' }).click();
    await shown.getByText('A new bulb helped.', { exact: true }).waitFor();
    assert.equal(thread.status, 'resolved');
    assert.equal(await shown.locator('[part=reopen]').count(), 0, 'only a reply reopens it');
    await reply.fill('It flickers again.');
    await send();
    await shown.getByText('It flickers again.', { exact: true }).waitFor();
    // the reply is shown before it has arrived
    for (let tries = 0; String(thread.status) !== 'open' && tries < 100; tries++) await page.waitForTimeout(50);
    assert.equal(thread.status, 'open');
    assert.deepEqual([chatwoot.host.violations, noise], [[], []]);
  });

  it('finds its tickets again on the next visit, with nothing kept but their secrets', async () => {
    const { url, identifier } = chatwoot;
    const given = `adapter="chatwoot" endpoint="${url}" desk="${identifier}"`;
    const page = await visit(`<support-form ${given}></support-form><support-tracker ${given}></support-tracker>`, url);
    await write(page);
    await page.locator('support-form [part=receipt]').waitFor();
    const thread = chatwoot.conversations.at(-1)!;
    chatwoot.answer(thread.id, 'It is on its way.');
    await page.reload();
    const entry = page.locator('support-tracker').getByRole('button', { name: /The lamp flickers/ });
    await entry.click();
    const shown = page.locator('support-thread');
    await shown.getByText('It is on its way.', { exact: true }).waitFor();
    // opened by its address, a ticket is followed live as well
    await page.goto('about:blank');
    await page.goto(`${shop.url}/help#support-ticket=${thread.id}`);
    await shown.getByText('It is on its way.', { exact: true }).waitFor();
    chatwoot.answer(thread.id, 'It has arrived.');
    await shown.getByText('It has arrived.', { exact: true }).waitFor();
    assert.deepEqual(chatwoot.host.violations, []);
  });
});
