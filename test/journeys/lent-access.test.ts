import assert from 'node:assert/strict';
import { mkdtemp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { addAgent } from '../support/agent-browser.ts';
import { blockWith, DocumentedCommands } from '../support/documented-commands.ts';
import { checkPage } from '../support/page-check.ts';
import { addAuthenticator, addPasskey } from '../support/passkeys.ts';
import { vaultFrame, VaultRoom } from '../support/vault-room.ts';

const PASSWORD = 'Lent-for-a-week-77!';
const GUIDE = 'stories/docs/operators-guide.mdx';

const shots = process.env['SHOTS'];

describe('access that is lent', () => {
  let room: VaultRoom;
  let customer: { page: Page; number: string };
  let agent: Page;
  const noise: string[] = [];

  const shot = async (page: Page, name: string) => {
    if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  };
  const checkAgent = () => checkPage(agent, { secrets: [PASSWORD] });
  const checkCustomer = () => checkPage(customer.page, { secrets: [PASSWORD], within: 'support-tracker' });

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

  it('is opened by a passkey that signs in and holds the key of the device, let in by the recovery key', async () => {
    const { server } = room.room;
    await addAuthenticator(agent);
    await addPasskey(agent, server.inboxUrl, await addAgent(server, { name: 'Dana K', admin: true }));
    await agent.goto(server.agentVaultUrl);
    await agent.getByRole('button', { name: 'Use a passkey' }).waitFor();
    await checkAgent();
    await agent.getByRole('button', { name: 'Use a passkey' }).click();
    await agent.getByText('Key 1 of your team is missing here').waitFor();
    await agent
      .getByLabel('File of the key')
      .setInputFiles({ name: 'team-1.age', mimeType: 'application/octet-stream', buffer: await room.wrappedKey() });
    await shot(agent, 'agent-device');
    await checkAgent();
    await agent.getByRole('button', { name: 'Hand it over' }).click();
    await agent.locator('[data-lacking]').waitFor({ state: 'detached' });
    await agent.getByLabel('Name of this device').fill('Laptop');
    await agent.getByRole('button', { name: 'Make one with a passkey' }).click();
    const code = await agent.locator('[data-code-shown]').innerText();
    await agent.getByLabel('Code that they read out to you').fill(code);
    await agent.getByText('No device of yours has the key?').click();
    await agent.getByLabel('Recovery key').fill(room.recovery.identity);
    await shot(agent, 'agent-enrol');
    await checkAgent();
    await agent.getByRole('button', { name: 'Let in' }).click();
    await agent.locator('[data-newcomer]').waitFor({ state: 'detached' });
  });

  it('is asked for, and the customer is told who and why at once, and by mail that there is something to read', async () => {
    await room.ask(agent, customer.number, ['admin-panel', 'sftp'], 'reproduce the checkout error');
    await agent.locator('[data-request=asked]').waitFor();
    await shot(agent, 'agent-ask');
    await checkAgent();
    const vault = customer.page.locator('support-vault');
    await vault.getByText('Dana K asks for:').waitFor();
    await vault.getByText('reproduce the checkout error').waitFor();
    await checkCustomer();
    const { text, envelope } = await room.mail('access-asked', customer.number);
    assert.equal(envelope.to, 'ada@example.com');
    assert.match(text, /send no passwords by mail[^]*http:\/\/localhost:\d+\//);
    assert.doesNotMatch(text, /checkout error|Admin panel|SFTP/);
  });

  it('is entered in a frame of another site, twice, and has arrived', async () => {
    await customer.page.locator('[part=add]').click();
    const frame = vaultFrame(customer.page);
    await frame.getByText('Only Acme Support can open what you enter here.').waitFor();
    await frame.getByText('the one that your shop knows').waitFor();
    await checkCustomer();
    await frame.getByRole('radio', { name: 'Admin panel' }).check();
    // by key: what is under a pointer in a frame of another site is known a moment after scrolling
    await frame.getByRole('button', { name: 'Encrypt and send' }).press('Enter');
    await frame.locator('[data-summary]').waitFor();
    await checkCustomer();
    await frame.getByLabel('Address').fill('https://shop.example/admin');
    await frame.getByLabel('User name').fill('support');
    await frame.locator('#f-password').fill(PASSWORD);
    await frame.getByRole('button', { name: 'Show: Password' }).press('Enter');
    await shot(customer.page, 'customer-typed');
    await checkCustomer();
    await frame.getByRole('button', { name: 'Encrypt and send' }).press('Enter');
    await frame.getByText(/Sent. Readable by us until/).waitFor();
    await customer.page.locator('[part=record][data-state=active]').getByText('Not opened yet').waitFor();
    await checkCustomer();
    await frame.getByRole('button', { name: 'Add another record' }).press('Enter');
    await frame.getByRole('radio', { name: 'SFTP' }).check();
    await frame.getByText(/^expiry-time="\d{8}/).waitFor();
    await frame.getByLabel('Host', { exact: true }).fill('shop.example');
    await frame.getByLabel('User name').fill('deploy');
    await checkCustomer();
    await frame.getByRole('button', { name: 'Encrypt and send' }).press('Enter');
    await customer.page.locator('[part=record][data-state=active]').nth(1).waitFor();
  });

  it('is opened with a reason, shown line by line, and hidden again', async () => {
    await agent.reload();
    await agent.locator('[data-record]', { hasText: 'Admin panel' }).locator('[data-open]').click();
    await agent.getByLabel('Why do you open it?').fill('Reproduce the problem');
    await checkAgent();
    await agent.locator('[data-open-now]').click();
    const rows = agent.locator('vault-rows');
    await rows.getByText('https://shop.example/admin').waitFor();
    await rows.getByText(`hidden, ${PASSWORD.length} characters`).waitFor();
    await rows.getByRole('button', { name: 'Copy: User name' }).waitFor();
    assert.equal(await rows.getByRole('button', { name: 'Copy: Second factor' }).count(), 0, 'what was chosen is told in words');
    assert.ok(!(await agent.content()).includes(PASSWORD));
    await checkAgent();
    await agent.getByRole('button', { name: 'Show: Password' }).press('Enter');
    const value = rows.locator('[data-value]');
    assert.equal((await value.innerText()).trim(), PASSWORD);
    assert.equal(await rows.evaluate((element) => element.shadowRoot?.activeElement?.getAttribute('data-value')), '');
    await shot(agent, 'agent-shown');
    await checkAgent();
    await agent.keyboard.press('Escape');
    await value.waitFor({ state: 'detached' });
    await agent.getByRole('button', { name: 'Spell out: Password' }).click();
    await rows.getByText('capital L').waitFor();
    await shot(agent, 'agent-spelled');
    await checkAgent();
    await agent.evaluate(() => dispatchEvent(new Event('blur')));
    await rows.getByText('capital L').waitFor({ state: 'detached' });
    const focused = () => rows.evaluate((element) => element.shadowRoot?.activeElement?.getAttribute('aria-label'));
    assert.equal(await focused(), 'Show: Password', 'what had the focus was hidden');
  });

  it('opens with the age command too, as the operator’s guide has it', async () => {
    const home = await mkdtemp(path.join(room.room.folder, 'operator-'));
    const [download] = await Promise.all([agent.waitForEvent('download'), agent.locator('[data-save-sealed]').click()]);
    assert.equal(download.suggestedFilename(), 'record.age');
    await download.saveAs(path.join(home, 'record.age'));
    await room.writeTeamFolder(path.join(home, 'vault-team'));
    new DocumentedCommands(home).run(await blockWith(GUIDE, 'age -d'));
    const { bind, data } = JSON.parse(await readFile(path.join(home, 'record.json'), 'utf8')) as {
      bind: { ticket: string };
      data: { password: string };
    };
    assert.deepEqual([bind.ticket, data.password], [customer.number, PASSWORD]);
  });

  it('tells the customer who opened it and why, is deleted, and leaves a list of what to do', async () => {
    const vault = customer.page.locator('support-vault');
    const record = vault.locator('[part=record]', { hasText: 'Admin panel' });
    await record.getByText('Opened once').waitFor();
    await vault.getByText('Who did what').click();
    await vault.getByText('Reproduce the problem').waitFor();
    assert.match(await vault.locator('[part=audit]').innerText(), /Dana K – opened a record/);
    await checkCustomer();
    const { text } = await room.mail('access-opened', customer.number);
    assert.doesNotMatch(text, /Reproduce|Admin panel/);
    await record.locator('[part=remove]').dblclick();
    await record.getByRole('button', { name: 'Really delete?' }).click();
    await vault.locator('[part=record][data-state=revoked]').waitFor();
    await checkCustomer();
    const kept = customer.page.waitForResponse((answer) => answer.url().endsWith('/after-care') && answer.ok());
    await record.getByRole('checkbox', { name: 'Change the password' }).check();
    await kept;
    await room.comeBack(customer);
    await record.getByRole('checkbox', { name: 'Change the password', checked: true }).waitFor();
    assert.equal(await record.getByRole('checkbox', { name: 'Delete the account' }).isChecked(), false);
    await shot(customer.page, 'customer-after');
    assert.deepEqual(noise, []);
  });

  it('is told to be gone to an agent whose list is older', async () => {
    const record = agent.locator('[data-record]', { hasText: 'Admin panel' });
    await agent.locator('[data-close]').click();
    await record.locator('[data-open]').click();
    await agent.getByLabel('Why do you open it?').fill('Look again');
    await agent.locator('[data-open-now]').click();
    await agent.getByText('This has ended: it was deleted').waitFor();
    await record.waitFor({ state: 'detached' });
    await checkAgent();
  });
});
