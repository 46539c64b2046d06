import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { launch, type Browser } from 'puppeteer-core';
import { addAgent, codeOf, type TestAgent } from '../support/agent-browser.ts';
import { CHROMIUM_ARGS } from '../support/chromium.ts';
import { shopDesks } from '../support/desks.ts';
import { firefoxPath, launchFirefox } from '../support/firefox.ts';
import { Hands } from '../support/hands.ts';
import { caughtMails } from '../support/stored-files.ts';
import { VaultRoom } from '../support/vault-room.ts';

const BROWSERS: [string, () => Promise<Browser>, string | false][] = [
  [
    'Chromium',
    () => launch({ executablePath: process.env['HEADLESS_SHELL'] ?? process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: CHROMIUM_ARGS }),
    false,
  ],
  ['Firefox', launchFirefox, firefoxPath() === undefined && 'this machine has no Firefox'],
];

describe('the whole counter without a pointer', () => {
  let room: VaultRoom;
  let asking: Page;
  let bo: TestAgent;
  let file = '';

  before(async () => {
    room = await VaultRoom.open({ desks: (origins) => (shopDesks(origins) as object[]).map((desk) => ({ ...desk, accessOffers: true })) });
    bo = await addAgent(room.room.server, { name: 'Bo', admin: true });
    file = path.join(room.room.folder, 'bulbs.txt');
    await writeFile(file, 'Three bulbs.');
    asking = await room.room.browser.newPage({ locale: 'en-GB' });
    await room.admin(asking);
  });
  after(() => room?.close());

  for (const [at, [name, start, skip]] of BROWSERS.entries())
    describe(`in ${name}`, { skip }, () => {
      let browser: Browser;
      let customer: Hands;
      let inbox: Hands;
      let number = '';
      const session = name.toLowerCase();
      const email = `ada.${session}@example.com`;
      const subject = `Lamp of ${name}`;

      before(async () => {
        const shop = room.room;
        shop.addPage('/counter', {
          body:
            shop.script +
            shop.tag({ name: 'support-launcher', session, attributes: 'label="Contact us"' }) +
            shop.tag({ session }) +
            shop.tag({ name: 'support-tracker', session, attributes: `vault-pin="${room.root}"` }),
        });
        const arabic = `arabic-${session}`;
        shop.addPage(`/${arabic}`, {
          lang: 'ar" dir="rtl',
          body:
            shop.script +
            shop.tag({ name: 'support-launcher', session: arabic, attributes: 'locale="ar"' }) +
            shop.tag({ session: arabic, attributes: 'locale="ar"' }) +
            shop.tag({ name: 'support-tracker', session: arabic, attributes: 'locale="ar"' }),
        });
        browser = await start();
        customer = new Hands(await browser.newPage());
        await customer.open(`${shop.shop.url}/counter`);
        await customer.sees('Send message');
      });
      after(async () => {
        await browser?.close();
      });

      it('opens the launcher, stays in its dialog, and is back on its button after Escape', async () => {
        await customer.use('Contact us');
        await customer.lands('Write to us');
        await customer.page.waitForFunction(() =>
          document.querySelector('support-launcher')?.shadowRoot?.querySelector('support-form')?.shadowRoot?.querySelector('[part=submit]'),
        );
        await customer.reach('Close');
        await customer.reach('Send message');
        await customer.press('Escape');
        await customer.lands('Contact us');
        await customer.hasKeptFocus();
      });

      it('files a ticket with a file, and mends what was wrong on the way', async () => {
        await customer.use('Send message');
        await customer.lands('5 things to correct');
        await customer.use('Subject: please fill this in.');
        await customer.lands('Subject');
        await customer.type(subject);
        await customer.page.keyboard.down('Shift');
        await customer.press('Tab', 'Tab', 'Tab', 'Tab', 'Tab');
        await customer.page.keyboard.up('Shift');
        await customer.lands(/^Customer Service/);
        await customer.press(' ');
        await customer.write('Your name', 'Ada Martin');
        await customer.write('E-mail', email);
        await customer.write('Message', 'It flickers.');
        await customer.reach(/^Files/);
        await customer.choose(file);
        await customer.sees('bulbs.txt');
        await customer.use('Send message');
        await customer.lands('We have your message');
        await customer.hasKeptFocus();
      });

      it('goes from the receipt to the ticket, and back to the list by Escape', async () => {
        await customer.use('Follow your ticket');
        await customer.lands(subject);
        number = await customer.page.evaluate(() => document.querySelector('support-tracker')?.getAttribute('number') ?? '');
        await customer.reach('Write a reply');
        await customer.press('Escape');
        await customer.lands(new RegExp(`^${subject} `));
        await customer.hasKeptFocus();
      });

      it('lets an agent in, who takes the ticket', async () => {
        inbox = new Hands(await browser.newPage());
        await inbox.open(room.room.server.inboxUrl);
        await inbox.lands('E-mail');
        await inbox.type(bo.email);
        await inbox.write('Password', bo.password);
        await inbox.write('Code from your app', codeOf(bo.secret, at));
        await inbox.press('Enter');
        await inbox.lands('Inbox');
        await inbox.sees(subject);
        await inbox.use(new RegExp(subject));
        await inbox.lands(subject);
        await inbox.use(/^Status and assignee/);
        await inbox.reach('Assignee');
        await inbox.type('Bo');
        await inbox.use('Apply');
        await inbox.sees('Status and assignee: Open, Bo');
        await inbox.hasKeptFocus();
      });

      it('has the agent write a note, answer and wait for the customer', async () => {
        await inbox.reach('Answer');
        await inbox.press('ArrowDown');
        await inbox.write('Your note', 'Ask for the bulb.');
        await inbox.use('Add the note');
        await inbox.sees('The note has been added.');
        await inbox.reach('Send the answer');
        await inbox.page.keyboard.down('Shift');
        await inbox.press('Tab', 'Tab');
        await inbox.page.keyboard.up('Shift');
        await inbox.lands('Your answer');
        await inbox.type('Which bulb is it?');
        await inbox.use('Send the answer');
        await inbox.sees('Your answer has been sent');
        await inbox.hasKeptFocus();
      });

      it('answers in the ticket', async () => {
        await customer.page.bringToFront();
        await customer.press('Enter');
        await customer.lands(subject);
        await customer.sees('Which bulb is it?');
        await customer.use('Write a reply');
        await customer.lands('Your reply');
        await customer.type('A new one.');
        await customer.reach('Add files');
        await customer.use('Send');
        await customer.sees('A new one.');
        await customer.hasKeptFocus();
      });

      it('rates the help, closes the ticket, and opens it again', async () => {
        await customer.reach('Yes');
        await customer.press(' ');
        await customer.write(/^What was good/, 'Quick.');
        await customer.use('Send this');
        await customer.lands(subject);
        await customer.use('Close this ticket');
        await customer.write(/^Why/, 'It was the bulb.');
        await customer.use('Close this ticket');
        await customer.lands(subject);
        await customer.sees('Closed');
        await customer.use('Open it again');
        await customer.lands(subject);
        await customer.hasKeptFocus();
      });

      it('declines access that is asked for, and offers other', async () => {
        await room.ask(asking, number, ['other']);
        await customer.sees('Decline');
        await customer.use('Decline');
        await customer.lands('Access information');
        await customer.use('Offer access');
        await customer.lands('Admin panel');
        await customer.use('Offer');
        await customer.lands('Admin panel');
        await customer.press(' ');
        await customer.write('What for?', 'It is quicker.');
        await customer.use('Offer');
        await customer.lands('Access information');
        await customer.use('Take it back');
        await customer.lands('Access information');
        await customer.hasKeptFocus();
      });

      it('lends access in the frame, and deletes it', async () => {
        await room.ask(asking, number, ['api-key']);
        await customer.sees('Add record');
        await customer.use('Add record');
        await customer.sees('Encrypt and send');
        await customer.write('Service', 'Payment');
        await customer.use('Encrypt and send');
        await customer.lands(/^1 answer/);
        await customer.write('Key', 'sk-0Il1');
        await customer.use('Encrypt and send');
        await customer.lands(/^Sent\. Readable by us until/);
        // listed beside the frame, which has a button to delete of its own
        await customer.sees('Not opened yet');
        await customer.use('Open in a secure window', 'Tab');
        await customer.use('Delete now');
        await customer.lands('Really delete?');
        await customer.press('Enter');
        await customer.lands('Access information');
        await customer.hasKeptFocus();
      });

      it('keeps a message that cannot be sent, edits it, and deletes it', async () => {
        room.room.proxy.setRules(session, [{ match: 'POST /tickets', fault: { kind: 'drop' } }]);
        await customer.page.goto(`${room.room.shop.url}/counter?again`);
        await customer.sees('Send message');
        await customer.reach(/^Customer Service/);
        await customer.press(' ');
        await customer.write('Your name', 'Ada Martin');
        await customer.write('E-mail', email);
        await customer.write('Subject', 'Second lamp');
        await customer.write('Message', 'It flickers, too.');
        await customer.use('Send message');
        await customer.lands(/^Saved on this device/);
        await customer.hasKeptFocus();
        await customer.page.goto(`${room.room.shop.url}/counter?third`);
        await customer.sees('One message on this device');
        await customer.use('Edit');
        await customer.lands(/^Customer Service/);
        await customer.hasKeptFocus();
        await customer.page.goto(`${room.room.shop.url}/counter?fourth`);
        await customer.sees('Delete from this device');
        await customer.use('Delete from this device');
        await customer.press('Enter');
        await customer.lands(/^Customer Service/);
        await customer.hasKeptFocus();
      });

      it('finds a ticket, signs in by a mailed link, and forgets what is kept', async () => {
        await customer.use('Find a ticket, sign in, forget');
        await customer.sees('Find a ticket by its number');
        await customer.write('Find a ticket by its number', 'K7QF-2M9X');
        await customer.press('Enter');
        await customer.sees('K7QF-2M9X is not kept');
        await customer.write('Your e-mail address', email);
        await customer.press('Enter');
        await customer.lands('Sign in by e-mail');
        let link: string | undefined;
        for (let tries = 0; !link && tries < 200; tries++) {
          const mails = await caughtMails(room.room.server.url);
          link = mails
            .filter(({ to }) => [to].flat().includes(email))
            .flatMap(({ text }) => /\S+#support-sign-in=[\w-]{43}/.exec(text) ?? [])[0];
          if (!link) await new Promise((resolve) => setTimeout(resolve, 50));
        }
        await customer.page.goto(`${room.room.shop.url}/counter?fifth${new URL(link ?? '').hash}`);
        await customer.lands('Where you are signed in');
        await customer.use(/^Forget all/);
        await customer.press('Enter');
        await customer.sees('Forgotten on this device.');
        await customer.hasKeptFocus();
      });

      it('has the agent answer once more, and close the ticket', async () => {
        await inbox.page.bringToFront();
        await inbox.page.reload();
        await inbox.sees('Send the answer');
        await inbox.write('Your answer', 'A new one is on its way.');
        await inbox.use('Send the answer');
        await inbox.sees('Your answer has been sent');
        await inbox.page.reload();
        await inbox.sees('Send the answer');
        await inbox.use(/^Status and assignee/);
        await inbox.reach('Status');
        await inbox.type('Closed');
        await inbox.write('Reason', 'A bulb was sent');
        await inbox.use('Apply');
        await inbox.sees('Bo closed the ticket: A bulb was sent');
        await inbox.hasKeptFocus();
        await customer.page.bringToFront();
      });

      it('goes through all of it from right to left', async () => {
        const arabic = new Hands(await browser.newPage());
        await arabic.open(`${room.room.shop.url}/arabic-${session}`);
        await arabic.sees('إرسال الرسالة');
        await arabic.use('تواصل معنا');
        await arabic.lands('راسلنا');
        await arabic.press('Escape');
        await arabic.lands('تواصل معنا');
        await arabic.reach(/^Customer Service/);
        await arabic.press(' ');
        await arabic.write('الاسم', 'ليلى');
        await arabic.write('البريد الإلكتروني', `layla.${session}@example.com`);
        await arabic.write('الموضوع', 'المصباح');
        await arabic.write('الرسالة', 'إنه يومض.');
        await arabic.use('إرسال الرسالة');
        await arabic.lands('وصلتنا رسالتك');
        await arabic.use('متابعة تذكرتك');
        await arabic.lands('المصباح');
        await arabic.use('كتابة رد');
        await arabic.lands('ردك');
        await arabic.type('ما زال يومض.');
        await arabic.use('إرسال');
        await arabic.sees('ما زال يومض.');
        await arabic.press('Escape');
        await arabic.lands(/^المصباح /);
        await arabic.hasKeptFocus();
        await arabic.page.close();
      });
    });
});
