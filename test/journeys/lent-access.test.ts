import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';
import { vaultFrame, VaultRoom } from '../support/vault-room.ts';

const PASSWORD = 'Lent-for-a-week-77!';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong in a document, by rule and place. */
async function faults(frame: Frame): Promise<string[]> {
  await frame.evaluate(AXE);
  return frame.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html.slice(0, 120)}`));
  });
}

const shots = process.env['SHOTS'];

describe('access that is lent', () => {
  let room: VaultRoom;
  let customer: { page: Page; number: string };
  let agent: Page;
  const noise: string[] = [];

  const shot = async (page: Page, name: string) => {
    if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  };

  before(async () => {
    room = await VaultRoom.open();
    customer = await room.customer();
    agent = await room.room.browser.newPage({ locale: 'en-GB' });
    for (const page of [customer.page, agent]) {
      page.on('pageerror', (error) => noise.push(error.message));
      page.on('console', (message) => {
        if (!/status of 4\d\d/.test(message.text())) noise.push(message.text());
      });
    }
  });
  after(() => room.close());

  it('needs no password before somebody asks', async () => {
    await customer.page.getByText('You do not need to send passwords.').waitFor();
    assert.equal(await customer.page.locator('support-vault').count(), 0);
  });

  it('is opened with a key of the agent’s own, let in by the recovery key', async () => {
    await room.admin(agent);
    await agent.getByLabel('Name of this device').fill('Laptop');
    await shot(agent, 'agent-device');
    await agent.locator('[data-make]').click();
    const code = await agent.locator('[data-code-shown]').innerText();
    await agent.getByLabel('Code that they read out to you').fill(code);
    await agent.getByText('No device of yours has the key?').click();
    await agent.getByLabel('Recovery key').fill(room.recovery.identity);
    await shot(agent, 'agent-enrol');
    await agent.getByRole('button', { name: 'Let in' }).click();
    await agent.locator('[data-newcomer]').waitFor({ state: 'detached' });
  });

  it('is asked for, and the customer is told who and why at once', async () => {
    await agent.getByLabel('Number of the ticket').fill(customer.number);
    await agent.getByRole('checkbox', { name: 'Admin panel' }).check();
    await agent.getByRole('checkbox', { name: 'SFTP' }).check();
    await agent.getByLabel('What for?').fill('reproduce the checkout error');
    await shot(agent, 'agent-ask');
    assert.deepEqual(await faults(agent.mainFrame()), []);
    await agent.locator('[data-ask]').click();
    const vault = customer.page.locator('support-vault');
    await vault.getByText('Dana K asks for:').waitFor();
    await vault.getByText('reproduce the checkout error').waitFor();
  });

  it('is entered in a frame of another site, and has arrived', async () => {
    await customer.page.locator('[part=add]').click();
    const frame = vaultFrame(customer.page);
    await frame.getByText('Only Acme Support can open what you enter here.').waitFor();
    await frame.getByText('the one that your shop knows').waitFor();
    await frame.getByRole('radio', { name: 'Admin panel' }).check();
    await frame.getByLabel('Address').fill('https://shop.example/admin');
    await frame.getByLabel('User name').fill('support');
    await frame.locator('#f-password').fill(PASSWORD);
    await shot(customer.page, 'customer-typed');
    const inside = customer.page.frames().find((one) => one.url().endsWith('/vault')) as Frame;
    assert.deepEqual(await faults(inside), []);
    // by key: what is under a pointer in a frame of another site is known a moment after scrolling
    await frame.getByRole('button', { name: 'Encrypt and send' }).press('Enter');
    await frame.getByText(/Sent. Readable by us until/).waitFor();
    await customer.page.locator('[part=record][data-state=active]').getByText('Not opened yet').waitFor();
  });

  it('is opened with a reason, shown line by line, and hidden again', async () => {
    await agent.reload();
    await agent.locator('[data-open]').click();
    await agent.getByLabel('Why do you open it?').fill('Reproduce the problem');
    await agent.locator('[data-open-now]').click();
    const rows = agent.locator('vault-rows');
    await rows.getByText('https://shop.example/admin').waitFor();
    await rows.getByText(`hidden, ${PASSWORD.length} characters`).waitFor();
    assert.ok(!(await agent.content()).includes(PASSWORD));
    await agent.getByRole('button', { name: 'Show: Password' }).press('Enter');
    const value = rows.locator('[data-value]');
    assert.equal((await value.innerText()).trim(), PASSWORD);
    assert.equal(await rows.evaluate((element) => element.shadowRoot?.activeElement?.getAttribute('data-value')), '');
    assert.ok(!(await rows.locator('[role=status]').innerText()).includes(PASSWORD));
    await shot(agent, 'agent-shown');
    assert.deepEqual(await faults(agent.mainFrame()), []);
    await agent.keyboard.press('Escape');
    await value.waitFor({ state: 'detached' });
    await agent.getByRole('button', { name: 'Spell out: Password' }).click();
    await rows.getByText('capital L').waitFor();
    await shot(agent, 'agent-spelled');
  });

  it('tells the customer who opened it and why, is deleted, and leaves a list of what to do', async () => {
    const vault = customer.page.locator('support-vault');
    await vault.getByText('Opened once').waitFor();
    await vault.getByText('Who did what').click();
    await vault.getByText('Reproduce the problem').waitFor();
    await vault.locator('[part=remove]').click();
    await vault.getByRole('button', { name: 'Really delete?' }).click();
    await vault.locator('[part=record][data-state=revoked]').waitFor();
    const todo = vault.getByRole('checkbox', { name: 'Change the password' });
    await todo.check();
    await customer.page.reload();
    await shot(customer.page, 'customer-after');
    assert.deepEqual(noise, []);
  });
});
