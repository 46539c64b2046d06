import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { codeOf, type TestAgent } from '../support/agent-browser.ts';
import { shopDesks } from '../support/desks.ts';
import { checkPage } from '../support/page-check.ts';
import { vaultFrame, VaultRoom } from '../support/vault-room.ts';

const PASSWORD = 'Nobody-reads-this-1!';
const DAYS_LATER = 8 * 86_400_000;

/** A server whose clock is ahead of this machine's. */
const ahead = (ms: number) => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(
    `const D=Date;globalThis.Date=class extends D{constructor(...a){super(...(a.length?a:[D.now()+${ms}]))}static now(){return D.now()+${ms}}}`,
  )}`,
});

describe('access that is offered, refused, or runs out', () => {
  let room: VaultRoom;
  let agent: Page;
  let dana: TestAgent;

  before(async () => {
    const desks = (origins: string[]) => (shopDesks(origins) as object[]).map((desk) => ({ ...desk, accessOffers: true }));
    room = await VaultRoom.open({ desks });
    agent = await room.room.browser.newPage({ locale: 'en-GB' });
    dana = await room.admin(agent);
    await room.enrol(agent);
  });
  after(() => room.close());

  const check = (page: Page) => checkPage(page, { secrets: [PASSWORD], within: 'support-tracker' });
  /** The next request of this kind to this place never arrives. */
  const failOnce = (page: Page, method: string, place: RegExp) =>
    page.context().route(
      (url) => place.test(url.pathname),
      (route) => (route.request().method() === method ? route.abort('connectionreset') : route.fallback()),
      { times: 1 },
    );
  const fillPanel = async (page: Page) => {
    const frame = vaultFrame(page);
    await frame.getByLabel('Address').fill('https://shop.example/admin');
    await frame.getByLabel('User name').fill('support');
    await frame.locator('#f-password').fill(PASSWORD);
  };

  it('is offered without a field for it, accepted from the inbox on, and only then entered', async () => {
    const { page, number } = await room.customer();
    await page.locator('[part=to-access]').press('Enter');
    const vault = page.locator('support-vault');
    await vault.getByRole('button', { name: 'Offer access' }).press('Enter');
    await check(page);
    await vault.getByRole('button', { name: 'Offer', exact: true }).press('Enter');
    await vault.getByText('Please choose at least one.').waitFor();
    await vault.getByRole('checkbox', { name: 'Admin panel' }).check();
    await vault.getByLabel('What for?').fill('The checkout error is in our back office.');
    await failOnce(page, 'POST', /\/access\/offers$/);
    await vault.getByRole('button', { name: 'Offer', exact: true }).press('Enter');
    await vault.locator('[part=error]').waitFor();
    assert.equal(await vault.getByLabel('What for?').inputValue(), 'The checkout error is in our back office.');
    await vault.getByRole('button', { name: 'Offer', exact: true }).press('Enter');
    await vault.locator('[part=request][data-state=offered]').waitFor();
    assert.equal(await vault.locator('[part=add], iframe').count(), 0);
    await check(page);
    assert.match((await room.mail('access-offered', number)).text, /offers temporary access/);

    const inbox = await room.room.browser.newPage({ locale: 'en-GB' });
    await inbox.goto(`${room.room.server.inboxUrl}/#/demo/${number}`);
    await inbox.getByLabel('E-mail').fill(dana.email);
    await inbox.getByLabel('Password', { exact: true }).fill(dana.password);
    await inbox.getByLabel('Code from your app').fill(codeOf(dana.secret, 1));
    await inbox.getByRole('button', { name: 'Sign in', exact: true }).click();
    const place = new URL((await inbox.locator('[data-access]').getAttribute('href')) ?? '');
    await inbox.close();
    assert.equal(place.origin, room.room.server.agentVaultUrl);
    await agent.goto(place.href);
    await agent.reload();
    await agent.locator('[data-request=offered]').getByText('The customer offers:').waitFor();
    await check(agent);
    await failOnce(agent, 'POST', /\/accept$/);
    await agent.getByRole('button', { name: 'Accept' }).press('Enter');
    await agent.getByText('The server was not reached.').waitFor();
    await agent.getByRole('button', { name: 'Accept' }).press('Enter');
    await agent.locator('[data-request=asked]').waitFor();
    await page.locator('[part=add]').press('Enter');
    await vaultFrame(page).locator('#f-password').waitFor();
    await check(page);
    await page.close();
  });

  it('is taken back as soon as that can be pressed, though its own answer comes late', async () => {
    const { page } = await room.customer();
    await page.locator('[part=to-access]').press('Enter');
    const vault = page.locator('support-vault');
    await vault.getByRole('button', { name: 'Offer access' }).press('Enter');
    await vault.getByRole('checkbox', { name: 'Admin panel' }).check();
    await vault.getByLabel('What for?').fill('It is quicker.');
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await page.route(/\/access\/offers$/, async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      const response = await route.fetch();
      await answered;
      await route.fulfill({ response });
    });
    // somebody who presses it the moment it is there
    const pressed = vault.evaluate(
      (element) =>
        new Promise<void>((resolve) => {
          const look = () => {
            const button = element.shadowRoot!.querySelector<HTMLElement>('[part=withdraw]');
            if (!button) return setTimeout(look);
            button.click();
            resolve();
          };
          look();
        }),
    );
    await vault.getByRole('button', { name: 'Offer', exact: true }).press('Enter');
    // what is told by the stream meanwhile has time to come
    await page.waitForTimeout(1_500);
    answer();
    await pressed;
    await vault.locator('[part=withdraw]').waitFor({ state: 'detached' });
    await vault.getByRole('button', { name: 'Offer access' }).waitFor();
    await page.context().close();
  });

  it('is declined beside the frame and in it, and the agent sees that nobody answers', async () => {
    const { page, number } = await room.customer();
    const vault = page.locator('support-vault');
    await room.ask(agent, number, ['admin-panel', 'ssh']);
    await failOnce(page, 'POST', /\/decline$/);
    await vault.locator('[part=decline]').press('Enter');
    await vault.locator('[part=error]').waitFor();
    await check(page);
    await vault.locator('[part=decline]').press('Enter');
    await vault.getByText('You do not need to send passwords.').waitFor();
    await room.ask(agent, number, ['admin-panel', 'ssh']);
    await page.locator('[part=add]').press('Enter');
    const frame = vaultFrame(page);
    await frame.getByRole('radio', { name: 'Admin panel' }).waitFor();
    await failOnce(page, 'POST', /\/request\/decline$/);
    await frame.getByRole('button', { name: 'Decline' }).press('Enter');
    await frame.getByText('This did not work. Please try again.').waitFor();
    await check(page);
    await frame.getByRole('button', { name: 'Decline' }).press('Enter');
    await frame.getByText('Declined. Nothing was sent.').waitFor();
    await check(page);
    await agent.getByLabel('Number of the ticket').fill('none');
    await agent.getByLabel('Number of the ticket').fill(number);
    await agent.getByLabel('Number of the ticket').press('Tab');
    await agent.locator('[data-request]').first().waitFor({ state: 'detached' });
    await page.close();
  });

  it('loses nothing that was typed when a request fails, whichever it is', async () => {
    const { page, number } = await room.customer();
    const vault = page.locator('support-vault');
    const frame = vaultFrame(page);
    await failOnce(agent, 'POST', /\/access\/requests$/);
    await room.ask(agent, number, ['admin-panel']);
    await agent.getByText('The server was not reached.').waitFor();
    await agent.locator('[data-ask]').press('Enter');
    await failOnce(page, 'POST', /\/passes$/);
    await vault.locator('[part=add]').press('Enter');
    await vault.locator('[part=error]').waitFor();
    await failOnce(page, 'GET', /\/vault\/manifest\.json$/);
    await vault.locator('[part=add]').press('Enter');
    await frame.getByText('This cannot be shown right now.').waitFor();
    await check(page);
    await frame.getByRole('button', { name: 'Try again' }).press('Enter');
    await fillPanel(page);
    await failOnce(page, 'PUT', /\/vault\/records\//);
    await frame.locator('[data-send]').press('Enter');
    await frame.getByText('Not sent. It is encrypted, and still only on this device.').waitFor();
    await check(page);
    await frame.getByRole('button', { name: 'Back to what I typed' }).press('Enter');
    assert.equal(await frame.locator('#f-password').inputValue(), PASSWORD);
    await failOnce(page, 'PUT', /\/vault\/records\//);
    await frame.locator('[data-send]').press('Enter');
    await frame.getByRole('button', { name: 'Try again' }).press('Enter');
    await frame.locator('[data-sent]').waitFor();
    await failOnce(page, 'DELETE', /\/vault\/records\//);
    await frame.locator('[data-revoke]').press('Enter');
    await frame.getByText('This did not work. Please try again.').waitFor();
    await check(page);

    await agent.reload();
    await agent.locator('[data-open]').first().press('Enter');
    await agent.getByLabel('Why do you open it?').fill('Look');
    for (const [method, step] of [
      ['POST', /\/reveals$/],
      ['GET', /\/sealed$/],
    ] as const) {
      await failOnce(agent, method, step);
      await agent.locator('[data-open-now]').press('Enter');
      await agent.getByText('The server was not reached.').waitFor();
      assert.equal(await agent.getByLabel('Why do you open it?').inputValue(), 'Look');
    }
    await failOnce(agent, 'POST', /\/ack$/);
    await agent.locator('[data-open-now]').press('Enter');
    await agent.getByText(`hidden, ${PASSWORD.length} characters`).waitFor();
    await vault.getByText('Opened once').waitFor();

    const record = vault.locator('[part=record]');
    await failOnce(page, 'PATCH', /\/access\/records\//);
    await record.locator('[part=extend]').selectOption('1');
    await vault.locator('[part=error]').waitFor();
    await failOnce(page, 'DELETE', /\/access\/records\//);
    await record.locator('[part=remove]').press('Enter');
    await record.locator('[part=remove]').press('Enter');
    await vault.locator('[part=error]').waitFor();
    await check(page);
    await record.locator('[part=remove]').press('Enter');
    await record.locator('[part=remove]').press('Enter');
    const box = record.getByRole('checkbox', { name: 'Change the password' });
    await box.waitFor();
    await failOnce(page, 'PUT', /\/after-care$/);
    await box.press('Space');
    await vault.locator('[part=error]').waitFor();
    assert.equal(await box.isChecked(), false, 'what was not kept does not look as if it were');
    await failOnce(page, 'GET', /\/access\/audit$/);
    await vault.getByText('Who did what').press('Enter');
    // what only reads is read again by itself
    await vault.locator('[part=save]').waitFor();
    await page.close();
  });

  it('expires by itself: it is told, by mail too, nothing opens it, and the door is to be closed', async () => {
    const customer = await room.customer();
    const { page, number } = customer;
    const vault = page.locator('support-vault');
    await room.ask(agent, number, ['admin-panel']);
    await page.locator('[part=add]').press('Enter');
    await fillPanel(page);
    await vaultFrame(page).locator('[data-send]').press('Enter');
    await vault.locator('[part=record][data-state=active]').waitFor();
    const headers = async () =>
      (await readdir(path.join(room.room.dataDir, 'headers'), { recursive: true })).filter((name) => name.length > 22);
    assert.equal((await headers()).length, 1);
    await room.room.restartServer(ahead(DAYS_LATER));
    await room.comeBack(customer);
    await vault
      .locator('[part=record][data-state=expired]')
      .getByText(/^Expired and deleted on/)
      .waitFor();
    await vault.getByRole('checkbox', { name: 'Delete the account you made for us' }).waitFor();
    await check(page);
    assert.match((await room.mail('access-ended', number)).text, /Now close the door in your shop/);
    assert.deepEqual(await headers(), []);
  });
});
