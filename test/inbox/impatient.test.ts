import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { hold } from '../support/held-request.ts';
import { addAuthenticator, addPasskey } from '../support/passkeys.ts';
import { InboxRoom, signInOn } from './inbox-room.ts';

const open = (number: string) => `#/open/${number}`;
const settled = (page: Page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));

/** Text or name of what has the focus, through all roots. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.id ? `#${element.id}` : (element?.textContent?.trim() ?? '');
  });

describe('an agent who does not wait', () => {
  let room: InboxRoom;

  before(async () => void (room = await InboxRoom.open()));
  after(() => room?.close());

  it('searches while a ticket comes', async () => {
    const { number } = await room.file({ subject: 'Slow ticket' });
    const { page } = await room.visitAs(await room.addAgent());
    await page.locator('inbox-queue li').first().waitFor();
    const thread = await hold(page, 'GET', new RegExp(`/tickets/${number}\\?`));
    await page.locator('inbox-queue li', { hasText: number }).locator('a').press('Enter');
    await thread.asked;
    await page.keyboard.press('/');
    await page.keyboard.type('hea');
    await thread.letThrough();
    await page.getByRole('heading', { name: 'Slow ticket' }).waitFor();
    await settled(page);
    assert.equal(await focused(page), '#search');
    await page.context().close();
  });

  it('writes while earlier messages and more tickets come', async () => {
    const { number, secret } = await room.file({ message: 'The very first.' });
    for (let count = 0; count < 50; count++) await room.customerWrites(number, secret, `Message ${count}`);
    for (let count = 0; count < 31; count++) await room.file({ subject: `Heap ${count}` });
    const { page } = await room.visitAs(await room.addAgent(), open(number));
    await page.getByText('Message 49').waitFor();
    const text = page.getByLabel('Your answer');
    for (const [button, address] of [
      ['Earlier', /before=/],
      ['More', /cursor=/],
    ] as const) {
      const held = await hold(page, 'GET', address);
      await page.getByRole('button', { name: button }).click();
      await held.asked;
      await text.focus();
      await held.letThrough();
      await settled(page);
      assert.equal(await focused(page), '#text', button);
    }
    await page.context().close();
  });

  it('writes on while an answer is refused for something newer', async () => {
    const { number, secret } = await room.file({ subject: 'Crossed' });
    const { page } = await room.visitAs(await room.addAgent(), open(number));
    const text = page.getByLabel('Your answer');
    await text.fill('First.');
    const sent = await hold(page, 'POST', /\/messages$/);
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await sent.asked;
    await text.focus();
    await room.customerWrites(number, secret, 'Something else.');
    await sent.letThrough();
    await page.getByRole('heading', { name: 'Something newer' }).waitFor();
    await settled(page);
    assert.equal(await focused(page), '#text');
    await page.context().close();
  });

  it('presses everything twice', async () => {
    const { number, secret } = await room.file({ message: 'my card is 4111' });
    const { page } = await room.visitAs(await room.addAgent(), open(number));
    const asked: string[] = [];
    page.on('request', (request) => {
      if (!['GET', 'HEAD'].includes(request.method()))
        asked.push(`${request.method()} ${new URL(request.url()).pathname.split('/').at(-1)}`);
    });
    await page.getByText('Status and assignee').click();
    await page.getByLabel('Status', { exact: true }).last().selectOption('closed');
    await page.getByLabel(/Reason/).fill('Because.');
    const changed = await hold(page, 'PATCH', new RegExp(`${number}$`));
    await page.getByRole('button', { name: 'Apply' }).dblclick();
    await changed.asked;
    await changed.letThrough();
    await page.getByText('Changed.').waitFor();
    await settled(page);
    assert.deepEqual(asked.splice(0), [`PATCH ${number}`]);
    await page.getByRole('button', { name: 'Black out a part' }).first().click();
    await page.getByLabel('Text of the message').evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(11, 15));
    await page.getByRole('button', { name: 'Use this selection' }).click();
    const redacted = await hold(page, 'POST', /\/redactions$/);
    await page.getByRole('button', { name: 'Black it out for good' }).dblclick();
    await redacted.asked;
    await redacted.letThrough();
    await page.getByText('The part has been blacked out').waitFor();
    await settled(page);
    assert.deepEqual(asked.splice(0), ['POST redactions']);
    assert.equal((await room.customerReads(number, secret)).split('Because.').length, 2);
    await page.context().close();
  });

  it('leaves what a colleague has done meanwhile', async () => {
    const { number } = await room.file({ subject: 'Two at once' });
    const { page } = await room.visitAs(await room.addAgent(), open(number));
    const { page: theirs } = await room.visitAs(await room.addAgent({ name: 'Bob' }), open(number));
    const field = (of: Page, label: string) => of.getByLabel(label, { exact: true }).last();
    const apply = async (of: Page, label: string, value: string, then: string) => {
      await field(of, label).selectOption(value);
      await of.getByRole('button', { name: 'Apply' }).click();
      await of.locator('inbox-ticket summary', { hasText: then }).waitFor();
    };
    await page.getByText('Status and assignee').click();
    await page.getByLabel('Reason').fill('Asked the maker.');
    await apply(page, 'Status', 'pending1', 'Pending, Nobody');
    await page.getByText('Changed.').waitFor();
    assert.equal(await page.getByLabel('Reason').inputValue(), '', 'it was the reason of that change');
    await theirs.reload();
    await theirs.getByText('Status and assignee').click();
    await apply(theirs, 'Status', 'closed', 'Closed, Nobody');
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.locator('inbox-ticket summary', { hasText: 'Closed' }).waitFor();
    assert.equal(await field(page, 'Status').inputValue(), 'closed');
    const me = await field(page, 'Assignee').locator('option').nth(1).getAttribute('value');
    await apply(page, 'Assignee', me ?? '', 'Closed, Ann');
    for (const one of [page, theirs]) await one.context().close();
  });

  it('chooses a language, and at once another one', async () => {
    const { page } = await room.visitAs(await room.addAgent());
    await page.getByRole('button', { name: 'Account' }).click();
    const first = await hold(page, 'GET', /\/ar-\w+\.js$/);
    await page.locator('#language').selectOption('ar');
    await first.asked;
    await page.locator('#language').selectOption('de');
    await page.getByText('Sprache', { exact: true }).waitFor();
    await first.letThrough();
    await settled(page);
    assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.title]), ['de', 'Posteingang']);
    await page.context().close();
  });

  it('loses no file of a half-written answer where the session ends, or the line breaks, in the account', async () => {
    for (const isOver of [true, false]) {
      const { number } = await room.file({ subject: 'Half-written' });
      const agent = await room.addAgent();
      const { page } = await room.visitAs(agent, open(number));
      await page.getByLabel('Your answer').fill('Half');
      await page.locator('input[type=file]').setInputFiles({ name: 'half.txt', mimeType: 'text/plain', buffer: Buffer.from('abc') });
      await page.getByText('half.txt').waitFor();
      await page.route(/agent\/me$/, (route) => (isOver ? route.fulfill({ status: 401, json: { code: 'not-signed-in' } }) : route.abort()));
      await page.getByRole('button', { name: 'Account' }).click();
      await page.getByLabel('Single-key shortcuts').click();
      if (isOver) {
        await page.getByRole('heading', { name: 'Sign in' }).waitFor();
        await page.unroute(/agent\/me$/);
        await signInOn(page, agent, 1);
      } else {
        await page.getByRole('button', { name: 'Close' }).click();
        await page.getByText('The server did not answer').waitFor();
        await page.unroute(/agent\/me$/);
        await page.getByRole('button', { name: 'Try again' }).click();
        await page.getByText('The server did not answer').waitFor({ state: 'detached' });
      }
      await page.getByRole('button', { name: 'Send the answer' }).click();
      await page.locator('li.message', { hasText: 'half.txt' }).waitFor();
      await page.context().close();
    }
  });

  it('looks at another ticket, and comes back to what is attached', async () => {
    const [{ number }, other] = [await room.file({ subject: 'With a file' }), await room.file({ subject: 'Looked at' })];
    const { page, noise } = await room.visitAs(await room.addAgent(), open(number));
    const files = page.locator('support-attachments');
    const attach = (name: string) =>
      files.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from('abc') });
    const lookAway = async () => {
      await page.evaluate((hash) => (location.hash = hash), open(other.number));
      await page.getByRole('heading', { name: 'Looked at' }).waitFor();
      assert.equal(await files.getByText('.txt').count(), 0, 'it belongs to the other ticket');
      await page.evaluate((hash) => (location.hash = hash), open(number));
      await page.getByRole('heading', { name: 'With a file' }).waitFor();
    };
    await attach('first.txt');
    await files.getByText('first.txt', { exact: true }).waitFor();
    await lookAway();
    await files.getByText('first.txt', { exact: true }).waitFor();
    await page.getByLabel('Your answer').fill('See the files.');
    const upload = await hold(page, 'PATCH', /uploads\//);
    await attach('second.txt');
    await upload.asked;
    await lookAway();
    await upload.letThrough();
    await files.getByText('second.txt sent').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.locator('li.message', { hasText: 'See the files.' }).getByText('second.txt').waitFor();
    await page.locator('li.message', { hasText: 'See the files.' }).getByText('first.txt').waitFor();
    await lookAway();
    assert.equal(await files.getByText('.txt').count(), 0);
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('is told that they come in, and is not asked to sign in again', async () => {
    const agent = await room.addAgent();
    const { page } = await room.visit();
    await page.getByLabel('E-mail').waitFor();
    const me = await hold(page, 'GET', /agent\/me$/);
    await signInOn(page, agent);
    await me.asked;
    const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent);
    await page.getByRole('status').getByText('Loading').waitFor();
    assert.equal(await focused(), 'Loading…');
    assert.equal(await page.getByLabel('Password').count(), 0);
    await me.letThrough();
    await page.getByText('Choose a ticket').waitFor();
    await page.context().close();
  });

  it('is on the way to try again where coming in fails, and inside after that', async () => {
    const agent = await room.addAgent();
    const { page } = await room.visit();
    await page.getByLabel('E-mail').waitFor();
    await page.route(/agent\/me$/, (route) => route.abort(), { times: 1 });
    await signInOn(page, agent);
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    assert.equal(await again.evaluate((button) => button.matches(':focus')), true);
    await again.press('Enter');
    await page.getByText('Choose a ticket').waitFor();
    assert.notEqual(await page.evaluate(() => document.activeElement?.localName), 'body');
    await page.context().close();
  });

  it('removes one passkey by two presses', async () => {
    const agent = await room.addAgent();
    const { page } = await room.visit();
    await addAuthenticator(page);
    await addPasskey(page, room.server.inboxUrl, agent);
    await page.goto(room.server.inboxUrl);
    await page.getByRole('button', { name: 'Account' }).click();
    let asked = 0;
    page.on('request', (request) => (asked += Number(request.method() === 'DELETE')));
    await page.getByRole('button', { name: /^Remove/ }).dblclick();
    await page.getByText('You have none yet').waitFor();
    await settled(page);
    assert.equal(asked, 1);
    assert.equal((await page.getByRole('alert').allInnerTexts()).join(''), '');
    await page.context().close();
  });

  it('makes a note of it before what they had written is read again', async () => {
    const { number, secret } = await room.file({ subject: 'Kept before' });
    const { page } = await room.visitAs(await room.addAgent(), open(number));
    await page.getByLabel('Your answer').fill('For the customer?');
    await page.getByText('Your draft is kept').waitFor();
    await page.evaluate(() => (location.hash = '#/open'));
    await page.getByText('Choose a ticket').waitFor();
    // somebody else has the database, as another tab does
    await page.evaluate(async () => {
      const asked = indexedDB.open('storefront-inbox', 1);
      await new Promise((resolve) => (asked.onsuccess = resolve));
      const drafts = asked.result.transaction('drafts', 'readwrite').objectStore('drafts');
      let held = true;
      const hold = (): void => void (held && (drafts.get('').onsuccess = hold));
      hold();
      Object.assign(globalThis, { letGo: () => (held = false) });
    });
    await page.evaluate((hash) => (location.hash = hash), open(number));
    await page.getByLabel('Internal note').check();
    await page.getByLabel('Your note').fill('Among us.');
    await page.evaluate(() => void (globalThis as unknown as { letGo(): void }).letGo());
    await page.getByText('Your draft is kept').waitFor();
    await page.waitForFunction(() =>
      document
        .querySelector('support-inbox')
        ?.shadowRoot?.querySelector('inbox-ticket')
        ?.shadowRoot?.querySelector('inbox-composer')
        ?.shadowRoot?.querySelector('textarea')
        ?.value.startsWith('For'),
    );
    await page.getByRole('button', { name: 'Add the note' }).click();
    await page.getByText('The note has been added').waitFor();
    assert.doesNotMatch(await room.customerReads(number, secret), /Among us/);
    await page.context().close();
  });
});
