import type { Page } from 'playwright-core';
import { addAgent } from '../support/agent-browser.ts';
import { deskCommand } from '../support/desk-command.ts';
import { InboxRoom, signInOn } from '../inbox/inbox-room.ts';

/** Called with each state of `STATES` as a page is in it. */
export type Visit = (name: string, page: Page) => Promise<void>;

/** Through the inbox, as an agent who is new. */
export async function walkInbox(visit: Visit): Promise<void> {
  const room = await InboxRoom.open();
  try {
    await signingIn(room, visit);
    await atWork(room, visit);
  } finally {
    await room.close();
  }
}

async function signingIn(room: InboxRoom, visit: Visit): Promise<void> {
  const added = await deskCommand(room.server, 'agents', 'add', '--name', 'Max', '--email', 'max@shop.example', '--admin', '--json');
  const { setUp } = added.json<{ setUp: { url: string } }>();
  const { page } = await room.visit(new URL(setUp.url).hash);
  await page.getByText('Welcome, Max').waitFor();
  await visit('inbox: set up', page);
  await page.getByLabel('Choose a password').fill('three plain words');
  await page.getByLabel('The code that the app shows').fill('000000');
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.getByText('This is not the code').waitFor();
  await visit('inbox: set up refused', page);
  await page.goto('about:blank');
  await page.goto(`${room.server.inboxUrl}/#set-up=${'x'.repeat(43)}`);
  await visit('inbox: link over', page);
  await page.goto('about:blank');
  await page.goto(`${room.server.inboxUrl}/`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await visit('inbox: sign in', page);
  const eve = await room.addAgent({ name: 'Eve' });
  await signInOn(page, { ...eve, password: 'not the password' });
  await page.getByRole('alert').getByText('Signing in did not work').waitFor();
  await visit('inbox: sign in refused', page);
  const idle = await room.visitAs(await addAgent(room.server, { name: 'Uma' }));
  await visit('inbox: no desk', idle.page);
  await idle.page.context().close();
  await page.context().close();
}

async function atWork(room: InboxRoom, visit: Visit): Promise<void> {
  const ann = await room.addAgent({ name: 'Ann Lee' });
  const { page, agentBrowser } = await room.visitAs(ann);
  await page.getByText('No open tickets').or(page.locator('inbox-queue .foot')).first().waitFor();
  await visit('inbox: empty queue', page);
  const message = 'It hums when it is dimmed.\nMy card is 4111 1111.';
  const { number, secret } = await room.file({ subject: 'The lamp hums when it is dimmed', message, orderReference: 'A-1024' });
  for (const subject of ['Where is my parcel?', 'A bill with our VAT number, please']) await room.file({ subject });
  await page.reload();
  await page.locator('inbox-queue li').nth(2).waitFor();
  await visit('inbox: queue', page);
  await page.locator('summary', { hasText: 'Filters' }).click();
  await visit('inbox: filters', page);
  await page.getByPlaceholder('Number, address or words').fill('nothing like it');
  await page.keyboard.press('Enter');
  await page.getByText('Nothing was found').waitFor();
  await page.locator('summary', { hasText: 'Filters' }).click();
  await visit('inbox: nothing found', page);
  await page.getByPlaceholder('Number, address or words').fill('');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Account' }).click();
  await visit('inbox: account', page);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await visit('inbox: shortcuts', page);
  await page.keyboard.press('Escape');

  await page.locator('inbox-queue li', { hasText: number }).click();
  await page.getByRole('heading', { name: 'The lamp hums' }).waitFor();
  await visit('inbox: ticket', page);
  await page.locator('summary', { hasText: 'Status and assignee' }).click();
  await visit('inbox: manage', page);
  await page.locator('summary', { hasText: 'Status and assignee' }).click();
  await page.getByRole('button', { name: 'Black out a part' }).first().click();
  await visit('inbox: redaction', page);
  await page.getByLabel('Text of the message').evaluate((area: HTMLTextAreaElement) => {
    const at = area.value.indexOf('4111');
    area.setSelectionRange(at, at + 9);
  });
  await page.getByRole('button', { name: 'Use this selection' }).click();
  await visit('inbox: redaction chosen', page);
  await page.getByRole('button', { name: 'Black it out for good' }).click();
  await page.getByText('The part has been blacked out').waitFor();
  await visit('inbox: blacked out', page);

  await page.getByLabel('Internal note').check();
  await page.getByLabel('Your note').fill('A new bulb has been sent.');
  await visit('inbox: note', page);
  await page.getByRole('button', { name: 'Add the note' }).click();
  await page.getByText('The note has been added').waitFor();
  await page.getByLabel('Your answer').fill('It is on its way.');
  await room.customerWrites(number, secret, 'And the cable?');
  await page.getByRole('button', { name: 'Send the answer' }).click();
  await page.getByRole('heading', { name: 'Something newer has come in' }).waitFor();
  await visit('inbox: something newer', page);
  await page.getByLabel('Attach files').setInputFiles({ name: 'label.txt', mimeType: 'text/plain', buffer: Buffer.from('a label') });
  await page.locator('[part="file"][data-state="done"]').waitFor();
  await visit('inbox: with a file', page);
  await page.getByRole('button', { name: /^Send/ }).click();
  await page.getByText('Your answer has been sent').waitFor();
  await visit('inbox: answered', page);

  await room.publishKeys();
  const back = () => page.evaluate(() => dispatchEvent(new Event('focus')));
  const access = page.locator('inbox-access');
  const { id } = await room.customerOffers(number, secret, ['ssh', 'database']);
  await back();
  await access.getByText('The customer offers: SSH and database').waitFor();
  await visit('inbox: access offered', page);
  await access.getByRole('button', { name: 'Accept' }).click();
  await access.getByText('Ann Lee has asked for: SSH and database').waitFor();
  await room.customerLends(number, secret, id, 'ssh');
  await back();
  await access.getByText(/Lent: SSH, until/).waitFor();
  await visit('inbox: access lent', page);

  await page.locator('summary', { hasText: 'Status and assignee' }).click();
  await page.getByLabel('Status', { exact: true }).last().selectOption('closed');
  await page.getByLabel('Reason').fill('Solved by phone');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Ann Lee closed the ticket: Solved by phone').waitFor();
  await page.locator('summary', { hasText: 'Status and assignee' }).click();
  await visit('inbox: closed', page);

  await agentBrowser.ask('/v1/agent/sign-out', { method: 'POST' });
  await page.getByLabel('Your answer').fill('half an answer');
  await page.getByRole('button', { name: 'Send the answer' }).click();
  await page.getByText('Your session has ended').waitFor();
  await visit('inbox: session ended', page);
  await page.context().close();
}
