import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { Keyboard } from '../support/keyboard.ts';
import { addAuthenticator, addPasskey } from '../support/passkeys.ts';
import { codeOf } from '../support/agent-browser.ts';
import { InboxRoom, signInOn } from './inbox-room.ts';

const PHONE = { viewport: { width: 390, height: 844 } };

describe('the focus in the inbox', () => {
  let room: InboxRoom;

  before(async () => {
    room = await InboxRoom.open();
  });
  after(() => room?.close());

  /** What is wrong with where the focus is: that it is nowhere, beside the window, or below something else. */
  const faultOf = (page: Page) =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      if (!element || element === document.body) return 'it is nowhere';
      const box = element.getBoundingClientRect();
      const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
      const [width, height] = [Math.min(box.right, innerWidth) - left, Math.min(box.bottom, innerHeight) - top];
      if (width < 2 || height < 2) return `${element.localName} is not seen`;
      const root = element.getRootNode() as ShadowRoot;
      const there = root.elementFromPoint(left + width / 2, top + Math.min(height / 2, 12));
      return there && (element.contains(there) || there.contains(element)) ? '' : `${element.localName} is below ${there?.localName}`;
    });

  it('is led through a whole ticket by keys alone, and is seen at every step', async () => {
    const { number } = await room.file({ subject: 'Keys alone' });
    const agent = await room.addAgent({ name: 'Key Board' });
    const { page, noise } = await room.visit('', { viewport: { width: 640, height: 400 } });
    const keyboard = new Keyboard(page);
    const press = async (name: string | RegExp, key = 'Enter') => {
      await keyboard.reach(name);
      assert.equal(await faultOf(page), '', `at ${name}`);
      await page.keyboard.press(key);
    };
    await keyboard.lands('E-mail');
    await page.keyboard.type(agent.email);
    await keyboard.type('Password', agent.password);
    await keyboard.type('Code from your app', codeOf(agent.secret));
    await page.keyboard.press('Enter');
    await keyboard.lands('Inbox');
    await page.locator('inbox-queue li').first().waitFor();
    await press(new RegExp(number));
    await keyboard.lands('Keys alone');
    assert.equal(await faultOf(page), '');
    await press(/^Status and assignee/);
    await press('Status', 'ArrowDown');
    await press('Apply');
    await page.getByText('Changed.').waitFor();
    await keyboard.lands('Apply');
    await keyboard.type('Your answer', 'Written by keys.');
    await press('Send the answer');
    await page.getByText('Your answer has been sent').waitFor();
    await keyboard.lands('Send the answer');
    assert.equal(await faultOf(page), '');
    await keyboard.reach('Back to the list', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await keyboard.lands(new RegExp(number));
    assert.equal(await faultOf(page), '');
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('comes back to the ticket in the list, on a phone and by a key', async () => {
    const { number } = await room.file({ subject: 'There and back' });
    for (const options of [PHONE, {}]) {
      const { page } = await room.visitAs(await room.addAgent(), '', options);
      const keyboard = new Keyboard(page);
      await page.locator('inbox-queue li', { hasText: number }).locator('a').press('Enter');
      await keyboard.lands('There and back');
      await page.keyboard.press('u');
      await keyboard.lands(new RegExp(number));
      assert.equal(await faultOf(page), '');
      await page.context().close();
    }
  });

  it('stays where something was tried again, read on or taken away', async () => {
    const { number, secret } = await room.file({ subject: 'A long one' });
    for (let count = 0; count < 50; count++) await room.customerWrites(number, secret, `Message ${count}`);
    const { page } = await room.visitAs(await room.addAgent(), `#/open/${number}`);
    const keyboard = new Keyboard(page);
    await page.getByRole('button', { name: 'Earlier' }).press('Enter');
    await page.getByRole('button', { name: 'Earlier' }).waitFor({ state: 'detached' });
    await keyboard.lands(/Message 0/);
    assert.equal(await faultOf(page), '');

    const lookAgain = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.route(/\/agent\/tickets/, (route) => route.abort());
    await lookAgain();
    await page.locator('inbox-ticket').getByRole('button', { name: 'Try again' }).waitFor();
    await page.locator('inbox-queue').getByRole('button', { name: 'Try again' }).waitFor();
    await page.unroute(/\/agent\/tickets/);
    await page.locator('inbox-ticket').getByRole('button', { name: 'Try again' }).press('Enter');
    await keyboard.lands('A long one');
    await page.locator('inbox-queue').getByRole('button', { name: 'Try again' }).press('Enter');
    await keyboard.lands(/A long one/);
    assert.equal(await faultOf(page), '');

    await room.publishKeys();
    await room.customerOffers(number, secret, ['ssh']);
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.getByRole('button', { name: 'Decline' }).press('Enter');
    await page.getByRole('button', { name: 'Decline' }).waitFor({ state: 'detached' });
    await keyboard.lands('A long one');
    assert.equal(await faultOf(page), '');
    await page.context().close();
  });

  it('is not taken along by a passkey that is removed', async () => {
    const page = await room.browser.newPage({ locale: 'en-GB' });
    await addAuthenticator(page);
    await addPasskey(page, room.server.inboxUrl, await room.addAgent());
    await page.goto(`${room.server.inboxUrl}/`);
    await page.getByRole('button', { name: 'Account' }).press('Enter');
    await page.getByRole('button', { name: 'Remove This computer' }).press('Enter');
    await page.getByText('You have none yet').waitFor();
    await new Keyboard(page).lands('Passkeys');
    assert.equal(await faultOf(page), '');
    await page.context().close();
  });

  it('is at the sign-in when a session ends, whatever lay over the page', async () => {
    const { number } = await room.file({ subject: 'Below a dialog' });
    for (const name of ['Black out a part', 'Account', 'Keyboard shortcuts']) {
      const agent = await room.addAgent();
      const { page, agentBrowser } = await room.visitAs(agent, `#/open/${number}`);
      await page.getByLabel('Your answer').waitFor();
      await agentBrowser.ask('/v1/agent/sign-out', { method: 'POST' });
      await page.getByRole('button', { name }).first().press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
      await page.locator('inbox-sign-in').waitFor();
      await new Keyboard(page).lands('E-mail');
      assert.equal(await faultOf(page), '');
      await signInOn(page, agent, 1);
      await new Keyboard(page).lands('Below a dialog');
      await page.context().close();
    }
  });
});
