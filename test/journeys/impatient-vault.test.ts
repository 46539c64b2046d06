import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { codeOf, type TestAgent } from '../support/agent-browser.ts';
import { hold } from '../support/held-request.ts';
import { vaultFrame, VaultRoom } from '../support/vault-room.ts';

const SECRETS = ['First-of-two-11!', 'Second-of-two-22!'] as const;

const settled = (page: Page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
const focused = (page: Page) => page.evaluate(() => document.querySelector('vault-reveal')?.shadowRoot?.activeElement?.id);

describe('somebody who does not wait for the vault', () => {
  let room: VaultRoom;
  let customer: { page: Page; number: string };
  let agent: Page;
  let dana: TestAgent;
  const noise: string[] = [];

  const signInAgain = async (ahead: number) => {
    await agent.getByLabel('E-mail address').fill(dana.email);
    await agent.getByLabel('Password').fill(dana.password);
    await agent.getByLabel('Code of your app').fill(codeOf(dana.secret, ahead));
    await agent.getByRole('button', { name: 'Sign in', exact: true }).click();
    await agent.locator('[data-sign-out]').waitFor();
  };

  const enter = async (login: string, password: string) => {
    const frame = vaultFrame(customer.page);
    await frame.getByLabel('Address').waitFor();
    await frame.getByLabel('Address').fill('https://shop.example/admin');
    await frame.getByLabel('User name').fill(login);
    await frame.locator('#f-password').fill(password);
  };

  before(async () => {
    room = await VaultRoom.open();
    customer = await room.customer();
    agent = await room.room.browser.newPage({ locale: 'en-GB' });
    agent.on('pageerror', (error) => noise.push(error.message));
    dana = await room.admin(agent);
    await room.enrol(agent);
    await room.ask(agent, customer.number, ['admin-panel']);
    await agent.locator('[data-request=asked]').waitFor();
    const { page } = customer;
    await page.locator('support-vault').getByText('Dana K asks for:').waitFor();
    await page.locator('[part=add]').click();
    const frame = vaultFrame(page);
    for (const [i, secret] of SECRETS.entries()) {
      if (i) await frame.getByRole('button', { name: 'Add another record' }).press('Enter');
      await enter(`user-${i}`, secret);
      await frame.getByRole('button', { name: 'Encrypt and send' }).press('Enter');
      await page.locator('[part=record][data-state=active]').nth(i).waitFor();
    }
  });
  after(() => room.close());

  it('leaves the focus to the page around, who goes on there while a record is sent', async () => {
    const { page } = customer;
    const frame = vaultFrame(page);
    await frame.getByRole('button', { name: 'Add another record' }).press('Enter');
    await enter('third', 'Third-of-three-33!');
    await page.evaluate(() => document.body.prepend(Object.assign(document.createElement('input'), { placeholder: 'Search the shop' })));
    const sealed = page.waitForRequest((request) => request.method() === 'PUT' && request.url().includes('/vault/records/'));
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    await page.route(/vault\/records\//, async (route) => {
      if (route.request().method() === 'PUT') await gate;
      await route.continue();
    });
    await frame.getByRole('button', { name: 'Encrypt and send' }).press('Enter');
    await sealed;
    const search = page.getByPlaceholder('Search the shop');
    await search.click();
    await page.keyboard.type('new ');
    go();
    await frame.getByText(/Sent. Readable by us until/).waitFor();
    await settled(page);
    await page.keyboard.type('shoes');
    assert.equal(await search.inputValue(), 'new shoes');
    await page.unroute(/vault\/records\//);
  });

  it('shows nothing of another record that is opened while one is shown', async () => {
    await agent.reload();
    const records = agent.locator('[data-record]');
    await records.nth(1).waitFor();
    for (const at of [0, 1]) {
      await records.nth(at).locator('[data-open]').click();
      await agent.getByLabel('Why do you open it?').fill('look');
      await agent.locator('[data-open-now]').click();
      await agent.getByLabel('Why do you open it?').waitFor({ state: 'detached' });
      await agent.locator('vault-rows').waitFor();
      if (at === 0) await agent.getByRole('button', { name: 'Show: Password' }).click();
    }
    await settled(agent);
    assert.equal(await agent.locator('vault-rows [data-value]').count(), 0);
    await agent.locator('[data-close]').click();
  });

  it('gives the reason for a record while another one is opened', async () => {
    const records = agent.locator('[data-record]');
    await records.nth(0).locator('[data-open]').click();
    await agent.getByLabel('Why do you open it?').fill('look');
    const opening = await hold(agent, 'POST', /reveals$/);
    await agent.locator('[data-open-now]').click();
    await opening.asked;
    await records.nth(1).locator('[data-open]').click();
    await agent.getByLabel('Why do you open it?').fill('the other');
    await opening.letThrough();
    await agent.locator('vault-rows').waitFor();
    await settled(agent);
    assert.equal(
      await agent
        .getByLabel('Why do you open it?')
        .inputValue()
        .catch(() => 'gone'),
      'the other',
    );
    assert.equal(await focused(agent), 'reason');
  });

  it('types one code while another device is let in', async () => {
    let both = true;
    const waits = (id: string) => ({ id, agent: { id, name: id }, name: 'Phone', recipient: 'age1', state: both ? 'waiting' : 'enrolled' });
    await agent.route(/roster$/, async (route) => {
      const roster = (await (await route.fetch()).json()) as { devices: object[] };
      const devices = [...(both ? [waits('one')] : []), { ...waits('two'), state: 'waiting' }, ...roster.devices];
      await route.fulfill({ json: { ...roster, devices } });
    });
    await agent.reload();
    const code = agent.locator('#c-two');
    await code.fill('5WM8A');
    both = false;
    await agent.locator('[data-record]').first().locator('[data-open]').click();
    await agent.getByLabel('Why do you open it?').fill('look');
    await agent.locator('[data-open-now]').click();
    await agent.locator('[data-newcomer=one]').waitFor({ state: 'detached' });
    assert.equal(await code.inputValue(), '5WM8A');
    await agent.unroute(/roster$/);
  });

  it('writes what for while something fails, and signs in again over what is written', async () => {
    await agent.reload();
    const why = agent.getByLabel('What for?');
    await room.ask(agent, 'AAAA-AAAA', ['file']);
    await agent.locator('[data-problem]').waitFor();
    const refused = await hold(agent, 'POST', /access\/requests$/);
    await agent.locator('[data-ask]').click();
    await refused.asked;
    await why.fill('Something longer');
    await refused.letThrough();
    await agent.locator('[data-problem]').waitFor();
    await settled(agent);
    assert.equal(await focused(agent), 'why');
    await agent.route(/access\/requests$/, (route) => route.fulfill({ status: 401, json: { code: 'not-signed-in' } }));
    await agent.locator('[data-ask]').click();
    await agent.getByLabel('Password').waitFor();
    assert.equal(await why.isVisible(), false);
    await agent.unroute(/access\/requests$/);
    await signInAgain(1);
    assert.equal(await why.inputValue(), 'Something longer');
  });

  it('chooses one desk after another', async () => {
    await agent.route(/agent\/me$/, async (route) => {
      const me = (await (await route.fetch()).json()) as { desks: { id: string }[] };
      await route.fulfill({ json: { ...me, desks: [...me.desks, { ...me.desks[0], id: 'second' }, { ...me.desks[0], id: 'third' }] } });
    });
    await agent.route(/desks\/(second|third)\//, (route, request) => {
      if (/roster$/.test(request.url())) return route.fulfill({ json: { devices: [], epochs: [] } });
      return route.fulfill({ json: { requests: [], records: [], events: [] } });
    });
    await agent.reload();
    await agent.locator('[data-record]').first().waitFor();
    const second = await hold(agent, 'GET', /second\/agent\/vault\/roster$/);
    await agent.getByLabel('Desk').selectOption('second');
    await second.asked;
    assert.equal(await agent.locator('[data-record]').count(), 0, 'nothing of one desk under the name of another');
    await agent.getByLabel('Desk').selectOption('demo');
    await second.letThrough();
    await agent.locator('[data-record]').first().waitFor();
  });

  it('signs out while something is read, and is told of nothing that is not known yet', async () => {
    const roster = await hold(agent, 'GET', /roster$/);
    await agent.reload();
    await roster.asked;
    assert.equal(await agent.getByText('Nothing is lent to you').count(), 0);
    await agent.locator('[data-sign-out]').click();
    await agent.getByLabel('Password').waitFor();
    await roster.letThrough();
    await settled(agent);
    assert.equal(await agent.locator('[data-record], [data-problem]').count(), 0);
    assert.deepEqual(noise, []);
  });
});
