import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { root } from '../architecture/workspace.ts';
import { addAgent, codeOf, type TestAgent } from '../support/agent-browser.ts';
import { Keyboard } from '../support/keyboard.ts';
import { checkPage } from '../support/page-check.ts';
import { vaultFrame, VaultRoom } from '../support/vault-room.ts';

const SECRET = 'sk-lent-by-keys-0Il1';

describe('access that is lent without a pointer', () => {
  let room: VaultRoom;
  let customer: { page: Page; number: string };
  let agent: Page;
  let dana: TestAgent;
  let theirs: Keyboard;
  let ours: Keyboard;

  before(async () => {
    room = await VaultRoom.open();
    customer = await room.customer();
    agent = await room.room.browser.newPage({ locale: 'en-GB' });
    const setUp = await room.room.browser.newPage({ locale: 'en-GB' });
    await room.admin(setUp);
    await setUp.close();
    dana = await addAgent(room.room.server, { name: 'Dana K', admin: true });
    [theirs, ours] = [new Keyboard(customer.page), new Keyboard(agent)];
  });
  after(() => room.close());

  it('lets an agent in, with a key of this browser', async () => {
    await agent.goto(room.room.server.agentVaultUrl);
    await agent.getByLabel('E-mail address').waitFor();
    await ours.type('E-mail address', dana.email);
    await ours.type('Password', dana.password);
    await ours.type('Code of your app', codeOf(dana.secret));
    await ours.press('Sign in');
    await ours.lands('Lent access');
    await ours.type('Name of this device', 'Laptop');
    await ours.press('Make a key');
    await ours.lands(/^(\w{5}-){4}\w{5}$/);
    await ours.type('Code that they read out to you', await ours.focused());
    await ours.press('No device of yours has the key?');
    await ours.type('Recovery key', room.recovery.identity);
    await ours.press('Let in');
    await ours.lands('Lent access');
    await agent.locator('[data-newcomer]').waitFor({ state: 'detached' });
  });

  it('is asked for once something was chosen', async () => {
    await ours.type('Number of the ticket', customer.number);
    await ours.type('What for?', 'read the payment log');
    await ours.press('Ask');
    await ours.lands('Admin panel');
    await checkPage(agent, { secrets: [] });
    await ours.press('API key', 'Space');
    await ours.press('Ask');
    await agent.locator('[data-request=asked]').waitFor();
    await customer.page.locator('support-vault').getByText('read the payment log').waitFor();
  });

  it('is entered and sent, and the way goes on behind the frame', async () => {
    await theirs.press('Add record');
    const frame = vaultFrame(customer.page);
    await frame.getByLabel('Service').waitFor();
    await theirs.type('Service', 'Payment');
    await theirs.type('Key', SECRET);
    await theirs.press('Show: Key');
    await theirs.lands('Hide: Key');
    await theirs.reach('7 days');
    await customer.page.keyboard.press('ArrowLeft');
    await theirs.lands('3 days');
    await theirs.press('Encrypt and send');
    await theirs.lands(/^Sent\. Readable by us until/);
    await theirs.reach('Open in a secure window');
    await theirs.reach('Close', 'Shift+Tab');
    await customer.page.keyboard.press('Enter');
    await theirs.lands('Add another record');
  });

  it('is opened, shown, hidden, spelled out and closed, each from where the last one has left the focus', async () => {
    await agent.reload();
    await agent.locator('[data-open]').waitFor();
    await ours.press('Open');
    await ours.lands('Why do you open it?');
    await agent.keyboard.press('Tab');
    await ours.press('Cancel');
    await ours.lands('Open');
    await agent.keyboard.press('Enter');
    await ours.lands('Why do you open it?');
    await agent.keyboard.type('Read the logs');
    await agent.keyboard.press('Enter');
    await ours.lands(/^API key · /);
    await ours.press('Show: Key');
    await ours.lands(SECRET);
    await checkPage(agent, { secrets: [SECRET] });
    await agent.keyboard.press('Escape');
    await ours.lands('Show: Key');
    await ours.press('Spell out: Key');
    await ours.lands(/small s/);
    await agent.keyboard.press('Escape');
    await ours.press('Close');
    await ours.lands('Open');
  });

  it('is seen, taken away as a list that checks out, deleted, and its door closed', async () => {
    const vault = customer.page.locator('support-vault');
    await vault.getByText('Opened once').waitFor();
    await theirs.press('Who did what');
    await vault.getByText('Read the logs').waitFor();
    const download = customer.page.waitForEvent('download');
    await theirs.press('Save this list');
    const list = path.join(room.room.folder, 'audit.json');
    await (await download).saveAs(list);
    const { stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'examples/lent-access/verify-audit.mjs'), list], {
      encoding: 'utf8',
    });
    assert.match(stdout, /^Good: 4 entries/, stderr);
    await theirs.reach('Delete now', 'Shift+Tab');
    await customer.page.keyboard.press('Enter');
    await theirs.lands('Really delete?');
    await customer.page.keyboard.press('Enter');
    await theirs.lands('Access information');
    await theirs.press('Revoke the key', 'Space');
    await vault.getByRole('checkbox', { name: 'Revoke the key', checked: true }).waitFor();
    await checkPage(customer.page, { secrets: [SECRET], within: 'support-tracker' });
  });
});
