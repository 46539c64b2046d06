import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium, listenForNoise, openPage } from '../support/chromium.ts';
import { shopDesks } from '../support/desks.ts';
import { FormPage, png, textFile } from '../support/form-page.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { startShop, type ShopServer } from '../support/shop-server.ts';
import { caughtMails, hashesOnDisk, sha256, storedTickets } from '../support/stored-files.ts';

describe('a customer files a ticket', () => {
  let browser: Browser;
  let server: ServerProcess;
  let shop: ShopServer;
  const pages: Parameters<typeof startShop>[0] = {};

  before(async () => {
    shop = await startShop(pages);
    server = await startServer({ config: shopDesks([shop.url]) });
    pages['/lamp'] = {
      html: `<!doctype html><html lang="en"><title>Lamp</title><h1>Lamp</h1>
        <script type="module" src="${server.url}/embed.js"></script>
        <support-form endpoint="${server.url}" desk="demo"></support-form>`,
    };
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
    await server?.stop();
  });

  for (const [place, address] of [
    ["the server's own demo shop", () => `${server.url}/`],
    ['a shop on another origin', () => `${shop.url}/lamp`],
  ] as const) {
    it(`with two files from ${place}, gets its number, and both mails go out`, async () => {
      const page = await openPage(browser);
      const noise = listenForNoise(page);
      const subject = `The lamp flickers (${place})`;
      const files = [png('lamp.png', place), textFile('steps.txt', `1. switch on\n2. wait\n${place}`)];
      await page.goto(address());
      const form = new FormPage(page);
      await form.form.scrollIntoViewIfNeeded();
      await form.fill({ subject, orderReference: 'ORD-1042' });
      await form.addFiles(files);
      await form.send();
      const number = await form.number();

      const [ticket, ...others] = storedTickets(server.dataDir, subject);
      assert.deepEqual(others, []);
      assert.equal(ticket?.number, number);
      assert.equal(ticket.orderReference, 'ORD-1042');
      assert.deepEqual(
        ticket.files.map(({ name, sha256: hash }) => [name, hash]),
        files.map((file) => [file.name, sha256(file.buffer)]),
      );
      const onDisk = hashesOnDisk(server.dataDir);
      for (const file of files) assert.ok(onDisk.includes(sha256(file.buffer)), `${file.name} is on disk, byte for byte`);

      let mails = await caughtMails(server.url);
      for (let n = 0; n < 100 && mails.filter((mail) => mail.text.includes(number)).length < 2; n++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        mails = await caughtMails(server.url);
      }
      const ours = mails.filter((mail) => mail.text.includes(number));
      const confirmation = ours.find((mail) => [mail.to].flat().includes('ada@example.com'));
      const notification = ours.find((mail) => [mail.to].flat().includes('service@shop.example'));
      assert.ok(confirmation, 'the customer has a confirmation');
      assert.ok(notification, 'the contact has a notification');
      assert.equal(confirmation.autoSubmitted, 'auto-generated');
      assert.ok(!JSON.stringify(confirmation).includes('flicker'), "none of the sender's own words go to an unverified address");
      assert.ok(notification.text.includes(subject));
      assert.deepEqual(noise, []);
      await page.context().close();
    });
  }

  it('before buying is asked for no order, and the ticket is tagged', async () => {
    const page = await openPage(browser);
    await page.goto(`${shop.url}/lamp`);
    const form = new FormPage(page);
    await form.field(/^Subject/).waitFor();
    await form.form.getByLabel(/before/i).check();
    assert.equal(await form.field(/order/i).count(), 0);
    await form.fill({ subject: 'Does it come in green?' });
    await form.send();
    await form.number();
    const [ticket] = storedTickets(server.dataDir, 'Does it come in green?');
    assert.equal(ticket?.kind, 'pre-sale');
    assert.deepEqual(ticket.tags, ['pre-sale']);
    await page.context().close();
  });

  it('by keyboard alone, from the launcher in the footer', async () => {
    const page = await openPage(browser);
    await page.goto(`${server.url}/`);
    const launcher = page.locator('support-launcher').first();
    const opener = launcher.getByRole('button').first();
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = launcher.getByRole('dialog');
    await dialog.waitFor();
    const form = new FormPage(page, dialog.locator('support-form'));
    await form.field(/^Subject/).waitFor();
    for (let n = 0; n < 60; n++) {
      const focused = await page.evaluate(() => {
        let active: Element | null = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return {
          inDialog: document.activeElement?.localName === 'support-launcher',
          name: active?.getAttribute('name') ?? '',
          type: (active as HTMLInputElement | null)?.type ?? '',
        };
      });
      assert.ok(focused.inDialog, 'focus stays in the dialog');
      if (focused.type === 'radio') await page.keyboard.press('Space');
      if (/name$/.test(focused.name)) await page.keyboard.type('Ada Martin');
      if (/email$/.test(focused.name)) await page.keyboard.type('ada@example.com');
      if (/subject$/.test(focused.name)) await page.keyboard.type('By keyboard');
      if (focused.type === 'textarea') await page.keyboard.type('Typed without a mouse.');
      if (focused.type === 'submit') break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await form.number();
    assert.equal(storedTickets(server.dataDir, 'By keyboard').length, 1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => document.activeElement?.localName), 'support-launcher', 'focus is back on the launcher');
    await page.context().close();
  });
});
