import type { Page } from 'playwright-core';
import { addAgent } from '../support/agent-browser.ts';
import { caughtMails } from '../support/stored-files.ts';
import { addAuthenticator, addPasskey } from '../support/passkeys.ts';
import { vaultFrame, VaultRoom } from '../support/vault-room.ts';
import type { Visit } from './inbox-walk.ts';

/** Through what a server shows to customers and to the agents who are lent something, each page a document of its own. */
export async function walkShop(visit: Visit): Promise<void> {
  const room = await VaultRoom.open();
  try {
    await serverPages(room, visit);
    await withoutScript(room, visit);
    await doctor(room, visit);
    await lending(room, visit);
  } finally {
    await room.close();
  }
}

async function serverPages({ room }: VaultRoom, visit: Visit): Promise<void> {
  const { url } = room.server;
  const page = await room.open(`${url}/dev/mail`, { locale: 'en-GB' });
  await visit('server: no mail', page);
  await page.goto(`${url}/desks/demo`);
  await page.locator('support-form').getByRole('textbox').first().waitFor();
  await visit('server: desk page', page);
  await page.goto(`${url}/docs`);
  await visit('server: interface', page);
  await page.close();
}

/** The pages that answer a form without a script, up to the number. */
async function withoutScript({ room }: VaultRoom, visit: Visit): Promise<void> {
  const { url } = room.server;
  const form = room.addPage('/plain', {
    body: `<form method="post" enctype="multipart/form-data" action="${url}/v1/desks/demo/tickets/form"><button>Send</button></form>`,
  });
  const page = await room.open(form, { locale: 'en-GB' });
  await page.getByRole('button', { name: 'Send' }).click();
  await page.locator('.problem[role=alert]').waitFor();
  await visit('form page: to correct', page);
  await page.locator('[name=contactId]').first().check();
  await page.locator('[name="requester.name"]').fill('Ann Lee');
  await page.locator('[name="requester.email"]').fill('ann@customer.example');
  await page.locator('[name=subject]').fill('Where is my lamp?');
  await page.locator('[name=message]').fill('It was due on Monday.');
  await page.locator('.plain-form button.first').click();
  await page.locator('.problem').waitFor({ state: 'detached' });
  await visit('form page: held', page);
  let link: string | undefined;
  while (!link) link = (await caughtMails(url)).map(({ text }) => /^http\S+\/confirm\/\S+$/m.exec(text)?.[0]).find(Boolean);
  await page.goto(link);
  await visit('form page: to confirm', page);
  await page.locator('[value=confirm]').click();
  await page.locator('dl.number').waitFor();
  await visit('form page: sent', page);
  await page.goto(link.slice(0, -4) + 'xxxx');
  await visit('form page: over', page);
  await page.close();
}

async function doctor({ room }: VaultRoom, visit: Visit): Promise<void> {
  const head = '<style>support-form { display: block; min-block-size: 66rem }</style>';
  const well = room.addPage('/well', { head, body: `<main><h1>Lamp</h1>${room.tag()}</main>${room.script}` });
  const page = await room.open(`${well}?support-doctor`, { locale: 'en-GB' });
  await page.locator('support-doctor section').waitFor();
  await visit('doctor: all is well', page);
  const ill = room.addPage('/ill', {
    head: `${head}<style>main * { float: left } :root { --support-color-accent: #ffd814 }</style>`,
    body: `<main><h1>Lamp</h1>${room.tag()}</main>${room.script}`,
  });
  await page.goto(`${ill}?support-doctor`);
  await page.locator('support-doctor li[data-weight=problem]').first().waitFor();
  await visit('doctor: in the way', page);
  await page.close();
}

async function lending(vault: VaultRoom, visit: Visit): Promise<void> {
  const { room } = vault;
  const { server } = room;
  const customer = await vault.customer('', { locale: 'en-GB' });
  const agent = await room.browser.newPage({ locale: 'en-GB' });
  await addAuthenticator(agent);
  const dana = await addAgent(server, { name: 'Dana K', admin: true });
  await addPasskey(agent, server.inboxUrl, dana);
  await agent.goto(server.agentVaultUrl);
  await agent.getByRole('button', { name: 'Use a passkey' }).waitFor();
  await visit('agents’ vault: sign in', agent);
  await agent.getByLabel('E-mail address').fill(dana.email);
  await agent.getByLabel('Password').fill('not the password');
  await agent.getByLabel('Code of your app').fill('000000');
  await agent.getByRole('button', { name: 'Sign in' }).click();
  await agent.locator('[data-problem]').waitFor();
  await visit('agents’ vault: sign in refused', agent);
  await agent.getByRole('button', { name: 'Use a passkey' }).click();
  await agent.locator('[data-lacking]').waitFor();
  await visit('agents’ vault: key missing', agent);
  await agent
    .getByLabel('File of the key')
    .setInputFiles({ name: 'team-1.age', mimeType: 'application/octet-stream', buffer: await vault.wrappedKey() });
  await agent.getByRole('button', { name: 'Hand it over' }).click();
  await agent.locator('[data-lacking]').waitFor({ state: 'detached' });
  await visit('agents’ vault: no device', agent);
  await agent.getByLabel('Name of this device').fill('Laptop');
  await agent.getByRole('button', { name: 'Make one with a passkey' }).click();
  const code = await agent.locator('[data-code-shown]').innerText();
  await agent.getByText('No device of yours has the key?').click();
  await visit('agents’ vault: letting in', agent);
  await agent.getByLabel('Code that they read out to you').fill(code);
  await agent.getByLabel('Recovery key').fill(vault.recovery.identity);
  await agent.getByRole('button', { name: 'Let in' }).click();
  await agent.locator('[data-newcomer]').waitFor({ state: 'detached' });
  await visit('agents’ vault: nothing lent', agent);
  await vault.ask(agent, customer.number, ['admin-panel', 'sftp'], 'reproduce the checkout error');
  await agent.locator('[data-request=asked]').waitFor();
  await visit('agents’ vault: asked', agent);

  await enter(vault, customer.page, visit);

  await agent.reload();
  await agent.locator('[data-record]').locator('[data-open]').click();
  await visit('agents’ vault: why', agent);
  await agent.getByLabel('Why do you open it?').fill('Reproduce the problem');
  await agent.locator('[data-open-now]').click();
  await agent.locator('vault-rows').getByText('https://shop.example/admin').waitFor();
  await visit('agents’ vault: opened', agent);
  await agent.getByRole('button', { name: 'Show: Password' }).press('Enter');
  await visit('agents’ vault: shown', agent);
  await agent.close();

  const page = await room.open(`${server.url}/dev/mail`, { locale: 'en-GB' });
  await visit('server: mails', page);
  await page.locator('ul.mails a').last().click();
  await visit('server: a mail', page);
  await page.close();
}

async function enter(vault: VaultRoom, page: Page, visit: Visit): Promise<void> {
  await page.locator('[part=add]').click();
  const frame = vaultFrame(page);
  await frame.getByText('Only Acme Support can open what you enter here.').waitFor();
  await visit('shop page: lending in a frame', page);
  const tab = await vault.room.browser.newPage({ locale: 'en-GB' });
  await tab.goto((await page.locator('[part=page]').getAttribute('href')) ?? '');
  await tab.getByText('Only Acme Support').waitFor();
  await visit('vault page: choose what', tab);
  await tab.getByRole('radio', { name: 'Admin panel' }).check();
  await visit('vault page: type it', tab);
  await tab.getByRole('button', { name: 'Encrypt and send' }).click();
  await tab.locator('[data-summary]').waitFor();
  await visit('vault page: to correct', tab);
  await tab.getByLabel('Address').fill('https://shop.example/admin');
  await tab.getByLabel('User name').fill('support');
  await tab.locator('#f-password').fill('Lent-for-a-week-77!');
  await tab.getByRole('button', { name: 'Encrypt and send' }).click();
  await tab.getByText(/Sent. Readable by us until/).waitFor();
  await visit('vault page: sent', tab);
  await tab.goto(tab.url());
  await tab.locator('[role=alert]').waitFor();
  await visit('vault page: no pass', tab);
  await tab.close();
  await page.locator('[part=record][data-state=active]').waitFor();
  await page.locator('[data-hide]').click();
  await visit('shop page: lent', page);
}
