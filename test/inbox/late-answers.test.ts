import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { hold } from '../support/held-request.ts';
import { InboxRoom } from './inbox-room.ts';

const open = (number: string) => `#/open/${number}`;
const goTo = (page: Page, number: string) => page.evaluate((hash) => void (location.hash = hash), open(number));

/** Has the page ask for what is new, as it does every 15 seconds, and waits until it has the answers. */
async function lookAgain(page: Page, number: string): Promise<void> {
  const answers = [new RegExp(`/tickets/${number}\\?after=`), /\/tickets\?/].map((address) =>
    page.waitForResponse((answer) => address.test(answer.url()) && answer.request().method() === 'GET'),
  );
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  for (const answer of await Promise.all(answers)) await answer.finished();
}

describe('answers that come late', () => {
  let room: InboxRoom;

  before(async () => void (room = await InboxRoom.open()));
  after(() => room?.close());

  it('leave in the composer what was typed while an answer was on its way', async () => {
    const { number, secret } = await room.file({ subject: 'Typed on' });
    const { page, noise } = await room.visitAs(await room.addAgent(), open(number));
    await page.getByLabel('Internal note').check();
    const text = page.getByLabel('Your note');
    await text.fill('First part.');
    const sent = await hold(page, 'POST', /\/messages$/);
    await page.getByRole('button', { name: 'Add the note' }).click();
    await sent.asked;
    await page.getByRole('button', { name: 'Sending' }).waitFor();
    await text.fill('First part.\nSecond part.');
    await sent.letThrough();
    await page.getByText('The note has been added').waitFor();
    assert.equal(await text.inputValue(), 'Second part.', 'and it is a note still');
    await page.reload();
    await page.locator('li.note', { hasText: 'First part.' }).waitFor();
    await page.getByText('Your draft is kept').waitFor();
    assert.equal(await text.inputValue(), 'Second part.');
    await page.getByRole('button', { name: 'Add the note' }).click();
    await page.getByText('The note has been added').waitFor();
    await page.locator('li.note', { hasText: 'Second part.' }).waitFor();
    assert.equal(await page.locator('li.note', { hasText: 'First part.' }).count(), 1);
    assert.equal(await text.count(), 0);
    assert.doesNotMatch(await room.customerReads(number, secret), /part/);
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('do not keep the agent from answering the next ticket, and are told where they belong', async () => {
    const [one, two] = [await room.file({ subject: 'Ticket one' }), await room.file({ subject: 'Ticket two' })];
    const { page, noise } = await room.visitAs(await room.addAgent(), open(one.number));
    const text = page.getByLabel('Your answer');
    await text.fill('To the first.');
    const sent = await hold(page, 'POST', new RegExp(`${one.number}/messages$`));
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await sent.asked;
    await goTo(page, two.number);
    await page.getByRole('heading', { name: 'Ticket two' }).waitFor();
    await text.fill('To the second.');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('Your answer has been sent').waitFor();
    await goTo(page, one.number);
    await page.getByRole('heading', { name: 'Ticket one' }).waitFor();
    await page.getByRole('button', { name: 'Sending' }).waitFor();
    assert.equal(await text.inputValue(), 'To the first.');
    await sent.letThrough();
    await page.getByText('Your answer has been sent').waitFor();
    assert.equal(await text.inputValue(), '');
    assert.equal((await room.customerReads(one.number, one.secret)).split('To the first.').length, 2);
    assert.doesNotMatch(await room.customerReads(two.number, two.secret), /To the first/);
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('of a change or an answer do not land in the ticket that is open by then', async () => {
    const [one, two] = [await room.file({ subject: 'Ticket three' }), await room.file({ subject: 'Ticket four' })];
    const { page, noise } = await room.visitAs(await room.addAgent(), open(one.number));
    await page.getByText('Status and assignee').click();
    await page.getByLabel('Status', { exact: true }).last().selectOption('closed');
    const changed = await hold(page, 'PATCH', new RegExp(`${one.number}$`));
    const sent = await hold(page, 'POST', new RegExp(`${one.number}/messages$`));
    await page.getByRole('button', { name: 'Apply' }).click();
    await changed.asked;
    await page.getByLabel('Your answer').fill('Bye.');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await sent.asked;
    await goTo(page, two.number);
    await page.getByRole('heading', { name: 'Ticket four' }).waitFor();
    await sent.letThrough();
    await changed.letThrough();
    await lookAgain(page, two.number);
    await page.getByRole('heading', { name: 'Ticket four' }).waitFor();
    assert.equal(await page.getByText('Changed.').count(), 0);
    await page.getByText('Open, Nobody').waitFor();
    assert.match(await room.customerReads(one.number, one.secret), /"closed"/);
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('of a part that is blacked out close nothing in the next ticket', async () => {
    const [one, two] = [await room.file({ message: 'my card is 4111' }), await room.file({ subject: 'Ticket six' })];
    const { page, noise } = await room.visitAs(await room.addAgent(), open(one.number));
    await page.getByRole('button', { name: 'Black out a part' }).first().click();
    await page.getByLabel('Text of the message').evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(11, 15));
    await page.getByRole('button', { name: 'Use this selection' }).click();
    const redacted = await hold(page, 'POST', /\/redactions$/);
    await page.getByRole('button', { name: 'Black it out for good' }).click();
    await redacted.asked;
    await goTo(page, two.number);
    await page.getByRole('heading', { name: 'Ticket six' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Black out a part' }).first().click();
    await page.getByRole('dialog').waitFor();
    await redacted.letThrough();
    await lookAgain(page, two.number);
    assert.equal(await page.getByRole('dialog').count(), 1);
    assert.equal(await page.getByText('The part has been blacked out').count(), 0);
    assert.doesNotMatch(await room.customerReads(one.number, one.secret), /4111/);
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('of earlier messages come in although the page asks for what is new; what failed stays on screen', async () => {
    const { number, secret } = await room.file({ message: 'The very first.' });
    for (let count = 0; count < 50; count++) await room.customerWrites(number, secret, `Message ${count}`);
    const { page } = await room.visitAs(await room.addAgent(), open(number));
    await page.getByText('Message 49').waitFor();
    const first = page.locator('li.message', { hasText: 'The very first.' });
    assert.equal(await first.count(), 0);
    const earlier = page.getByRole('button', { name: 'Earlier' });
    await page.route(/before=/, (route) => route.abort(), { times: 1 });
    await earlier.click();
    await page.getByText('The server did not answer').waitFor();
    await lookAgain(page, number);
    await page.getByText('The server did not answer').waitFor();
    const asked = await hold(page, 'GET', /before=/);
    await earlier.click();
    await asked.asked;
    await lookAgain(page, number);
    await asked.letThrough();
    await first.waitFor();
    assert.equal(await page.getByText('The server did not answer').count(), 0);
    await page.context().close();
  });

  it('of a longer list do not put tickets under another filter', async () => {
    for (let count = 0; count < 31; count++) await room.file({ subject: `Heap ${count}` });
    await room.file({ subject: 'Heap for sale', kind: 'pre-sale' });
    const { page, noise } = await room.visitAs(await room.addAgent());
    const rows = page.locator('inbox-queue li');
    await rows.first().waitFor();
    const shown = await rows.count();
    const more = await hold(page, 'GET', /cursor=/);
    await page.getByRole('button', { name: 'More' }).click();
    await more.asked;
    await page.getByText('Filters').click();
    await page.getByLabel('Kind').selectOption('pre-sale');
    const narrowed = page.getByText('Tickets: 1', { exact: true });
    await narrowed.waitFor({ state: 'attached' });
    await more.letThrough();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.equal(await rows.count(), 1);
    assert.match(await rows.innerText(), /Heap for sale/);
    await page.getByLabel('Kind').selectOption('');
    await rows.nth(shown - 1).waitFor();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'More' }).waitFor({ state: 'detached' });
    assert.ok((await rows.count()) >= shown);
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('that never come are told to whoever signs out', async () => {
    const { page } = await room.visitAs(await room.addAgent());
    await page.getByText('Choose a ticket').waitFor();
    await page.route(/sign-out$/, (route) => route.abort(), { times: 1 });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('alert').getByText('The server did not answer').waitFor();
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.context().close();
  });

  it('of this browser’s own database keep nobody out', async () => {
    const { page: holder } = await room.visitAs(await room.addAgent());
    await holder.getByText('Choose a ticket').waitFor();
    await holder.goto(`${room.server.inboxUrl}/nothing-here`);
    await holder.evaluate(async () => {
      const asked = indexedDB.open('storefront-inbox', 1);
      await new Promise((resolve) => (asked.onsuccess = resolve));
      // waits for the one above, and everybody after it waits, too
      const blocked = indexedDB.open('storefront-inbox', 2);
      await new Promise((resolve) => (blocked.onblocked = resolve));
      Object.assign(globalThis, { held: [asked, blocked] });
    });
    const popup = holder.waitForEvent('popup');
    await holder.evaluate(() => void window.open('/', '_blank', 'noopener'));
    const page = await popup;
    await page.getByText('Choose a ticket').waitFor();
    await page.locator('inbox-queue li').first().click();
    await page.getByLabel('Your answer').fill('Without a database.');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('Your answer has been sent').waitFor();
    await page.context().close();
  });
});
