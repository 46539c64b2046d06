import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { listenForNoise } from '../support/chromium.ts';
import { FormPage, png, textFile } from '../support/form-page.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { caughtMails, hashesOnDisk, sha256, storedTickets } from '../support/stored-files.ts';

describe('a customer files a ticket', () => {
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open();
    room.addPage('/lamp', { body: `<h1>Lamp</h1>${room.script}${room.tag()}` });
  });
  after(() => room?.close());

  for (const [place, address] of [
    ["the server's own demo shop", () => room.server.url],
    ['a shop on another origin', () => `${room.shop.url}/lamp`],
  ] as const) {
    it(`with two files from ${place}, gets its number, and both mails go out`, async () => {
      const page = await room.browser.newPage();
      const noise = listenForNoise(page);
      const subject = `The lamp flickers (${place})`;
      const files = [png('lamp.png', place), textFile('steps.txt', `1. switch on\n2. wait\n${place}`)];
      await page.goto(address());
      const form = new FormPage(page);
      await form.form.scrollIntoViewIfNeeded();
      await form.fill({ subject, orderReference: 'ORD-1042' });
      await form.addFiles(files);
      // their rows move the button
      for (const { name } of files) await form.form.getByText(name).first().waitFor();
      await form.send();
      const number = await form.number();

      const [ticket, ...others] = storedTickets(room.dataDir, subject);
      assert.deepEqual(others, []);
      assert.equal(ticket?.number, number);
      assert.equal(ticket.orderReference, 'ORD-1042');
      assert.deepEqual(
        ticket.files.map(({ name, sha256: hash }) => [name, hash]),
        files.map((file) => [file.name, sha256(file.buffer)]),
      );
      const onDisk = hashesOnDisk(room.dataDir);
      for (const file of files) assert.ok(onDisk.includes(sha256(file.buffer)), `${file.name} is on disk, byte for byte`);

      let mails = await caughtMails(room.server.url);
      for (let n = 0; n < 100 && mails.filter((mail) => mail.text.includes(number)).length < 2; n++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        mails = await caughtMails(room.server.url);
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
      await page.close();
    });
  }

  it('before buying is asked for no order, and the ticket is tagged', async () => {
    const form = await room.openForm('/lamp');
    await form.field(/^Subject/).waitFor();
    await form.form.getByLabel(/before/i).check();
    assert.equal(await form.field(/order/i).count(), 0);
    await form.fill({ subject: 'Does it come in green?' });
    await form.send();
    await form.number();
    const [ticket] = storedTickets(room.dataDir, 'Does it come in green?');
    assert.equal(ticket?.kind, 'pre-sale');
    assert.deepEqual(ticket.tags, ['pre-sale']);
    await form.page.close();
  });

  it('by keyboard alone, from the launcher in the footer', async () => {
    const page = await room.open(room.server.url);
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
    assert.equal(storedTickets(room.dataDir, 'By keyboard').length, 1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => document.activeElement?.localName), 'support-launcher', 'focus is back on the launcher');
    await page.close();
  });
});
