import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { codeOf, type TestAgent } from '../support/agent-browser.ts';
import { deskCommand } from '../support/desk-command.ts';
import { storedRows } from '../support/stored-rows.ts';
import { InboxRoom, signInOn } from './inbox-room.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the inbox', () => {
  let room: InboxRoom;
  let ann: TestAgent;

  before(async () => {
    room = await InboxRoom.open();
    ann = await room.addAgent({ name: 'Ann Lee' });
  });
  after(() => room?.close());

  /** Rules of WCAG 2.2 AA that the page breaks. The checker comes in beside the page's policy. */
  async function broken(page: Page): Promise<string[]> {
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: axe });
    const { result } = await session.send('Runtime.evaluate', {
      expression: `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html).join(' ')))`,
      awaitPromise: true,
      returnByValue: true,
    });
    // left attached: letting go of it would take the page's virtual authenticator with it
    return result.value as string[];
  }
  const open = (number: string) => `#/open/${number}`;

  it('is served with a policy that lets in nothing else', async () => {
    const answer = await fetch(`${room.server.inboxUrl}/`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'", "frame-ancestors 'none'"])
      assert.ok(policy.split('; ').includes(rule), rule);
    assert.doesNotMatch(policy, /unsafe|\*|https?:/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
    assert.equal(answer.headers.get('cross-origin-opener-policy'), 'same-origin');
    const html = await answer.text();
    assert.doesNotMatch(html, /<script(?![^>]* src=)|<style| on\w+=| style=/);
    const [script = ''] = /\/c\/page-\w+\.js/.exec(html) ?? [];
    const file = await fetch(room.server.inboxUrl + script, { headers: { 'accept-encoding': 'br' } });
    assert.deepEqual(
      [file.status, file.headers.get('cache-control'), file.headers.get('content-encoding'), file.headers.get('content-type')],
      [200, 'max-age=31536000,immutable', 'br', 'text/javascript'],
    );
    for (const path of ['/c/..%2findex.html', '/c/index.html', '/c/page.js.br', '/c/'])
      assert.equal((await fetch(room.server.inboxUrl + path)).status, 404, path);
    assert.equal((await fetch(`${room.server.url}/c/page.css`)).status, 404);
  });

  it('lets an agent in by password and code, and out again', async () => {
    const eve = await room.addAgent({ name: 'Eve' });
    const { page, noise } = await room.visit();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.deepEqual(await broken(page), []);
    await signInOn(page, { ...eve, password: 'not the password' });
    await page.getByRole('alert').getByText('Signing in did not work').waitFor();
    assert.deepEqual(await broken(page), []);
    assert.equal(await page.getByLabel('E-mail').inputValue(), eve.email);
    await signInOn(page, eve);
    await page.getByText('Choose a ticket').waitFor();
    assert.deepEqual(await broken(page), []);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('sets an account up by a link: password, code, passkey; then a passkey alone signs in', async () => {
    const added = await deskCommand(room.server, 'agents', 'add', '--name', 'Max', '--email', 'max@shop.example', '--admin', '--json');
    const { setUp } = added.json<{ setUp: { url: string } }>();
    const { page, noise } = await room.visit(new URL(setUp.url).hash);
    await page.getByText('Welcome, Max').waitFor();
    assert.deepEqual(await broken(page), []);
    const secret = (await page.locator('.secret').innerText()).replace('Key:', '').replaceAll(/\s/g, '');
    assert.match((await page.getByRole('link', { name: 'Open in the app' }).getAttribute('href')) ?? '', /^otpauth:\/\/totp\//);
    await page.getByLabel('Choose a password').fill('short');
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByText('needs at least 12').waitFor();
    await page.getByLabel('Choose a password').fill('three plain words');
    await page.getByLabel('The code that the app shows').fill('000000');
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByText('This is not the code').waitFor();
    assert.deepEqual(await broken(page), []);
    await page.getByLabel('The code that the app shows').fill(codeOf(secret));
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByText('Choose a ticket').waitFor();
    assert.equal(new URL(page.url()).hash, '');

    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByLabel('Name of this device').fill('Laptop');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('The passkey has been added').waitFor();
    assert.deepEqual(await broken(page), []);
    await storedRows(room.server, 'update agent_session set second_factor_at = second_factor_at - 300000');
    await page.getByRole('button', { name: 'Remove Laptop' }).click();
    await page.getByText('Confirm that it is you').waitFor();
    assert.deepEqual(await broken(page), []);
    await page.getByRole('button', { name: 'Confirm by a passkey' }).click();
    await page.getByText('You have none yet').waitFor();
    await page.getByLabel('Name of this device').fill('Laptop');
    await storedRows(room.server, 'update agent_session set second_factor_at = second_factor_at - 300000');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('Password').fill('three plain words');
    await page.getByLabel('Code from your app').fill(codeOf(secret, 1));
    await page.getByRole('button', { name: 'Confirm', exact: true }).click();
    await page.getByText('The passkey has been added').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('Choose a ticket').waitFor();
    assert.deepEqual(noise, []);
    await page.context().close();
    const again = await room.visit(new URL(setUp.url).hash);
    await again.page.getByText('This link has been used').waitFor();
    assert.deepEqual(await broken(again.page), []);
    await again.page.context().close();
  });

  it('shows what customers write as text, takes notes and answers, and keeps a draft when something newer comes in', async () => {
    const { number, secret } = await room.file({ subject: '<img src=x onerror=alert(1)>', message: 'See https://evil.example <b>now</b>' });
    const { page, noise } = await room.visitAs(ann, open(number));
    await page.getByRole('heading', { name: '<img src=x onerror=alert(1)>' }).waitFor();
    await page.getByText('See https://evil.example <b>now</b>').waitFor();
    assert.equal(await page.locator('a[href*="evil.example"]').count(), 0);
    assert.deepEqual(await broken(page), []);

    await page.getByLabel('Internal note').check();
    await page.getByLabel('Your note').fill('only for us');
    assert.deepEqual(await broken(page), []);
    await page.getByRole('button', { name: 'Add the note' }).click();
    await page.getByText('The note has been added').waitFor();
    await page.locator('li.note', { hasText: 'only for us' }).waitFor();
    assert.doesNotMatch(await room.customerReads(number, secret), /only for us/);

    await page.getByLabel('Your answer').fill('It is on its way.');
    await room.customerWrites(number, secret, 'And the cable?');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByRole('heading', { name: 'Something newer has come in' }).waitFor();
    await page.locator('.newer').getByText('And the cable?').waitFor();
    assert.equal(await page.getByLabel('Your answer').inputValue(), 'It is on its way.');
    assert.deepEqual(await broken(page), []);
    await page.reload();
    await page.locator('li.requester', { hasText: 'And the cable?' }).waitFor();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('support-inbox')].some((inbox) => {
        const composer = inbox.shadowRoot?.querySelector('inbox-ticket')?.shadowRoot?.querySelector('inbox-composer');
        return composer?.shadowRoot?.querySelector('textarea')?.value === 'It is on its way.';
      }),
    );
    await page.getByLabel('Your answer').fill('Both are on their way.');
    await page.getByLabel('Attach files').setInputFiles({ name: 'label.txt', mimeType: 'text/plain', buffer: Buffer.from('a label') });
    await page.getByText('label.txt').first().waitFor();
    await page.locator('[part="file"][data-state="done"]').waitFor();
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('Your answer has been sent').waitFor();
    const seen = await room.customerReads(number, secret);
    assert.equal(seen.split('Both are on their way.').length, 2);
    assert.doesNotMatch(seen, /It is on its way/);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: /Save label.txt/ }).click();
    assert.equal((await download).suggestedFilename(), 'label.txt');
    assert.deepEqual(await broken(page), []);
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('closes, assigns and blacks out', async () => {
    const { number, secret } = await room.file({ message: 'line one\r\nmy card is 4111 1111\r\nbye' });
    const bob = await room.addAgent({ name: 'Bob' });
    const { page, noise } = await room.visitAs(bob, open(number));
    await page.getByText('Status and assignee').click();
    await page.getByLabel('Assignee', { exact: true }).last().selectOption({ label: 'Ann Lee' });
    await page.getByLabel('Status', { exact: true }).last().selectOption('closed');
    await page.getByLabel('Reason').fill('Solved by phone');
    assert.deepEqual(await broken(page), []);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Bob closed the ticket: Solved by phone').waitFor();
    await page.getByText('Closed, Ann Lee').waitFor();
    assert.equal(
      await page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight),
      0,
      'the ticket scrolls, and the window does not',
    );
    assert.match(await room.customerReads(number, secret), /Solved by phone/);

    await page.getByRole('button', { name: 'Black out a part' }).first().click();
    const area = page.getByLabel('Text of the message');
    await area.evaluate((element: HTMLTextAreaElement) => {
      const at = element.value.indexOf('4111');
      element.setSelectionRange(at, at + 9);
    });
    await page.getByRole('button', { name: 'Use this selection' }).click();
    assert.equal(await page.locator('.part').innerText(), '4111 1111');
    assert.deepEqual(await broken(page), []);
    await page.getByRole('button', { name: 'Black it out for good' }).click();
    await page.getByText('The part has been blacked out').waitFor();
    const text = await room.customerReads(number, secret);
    assert.doesNotMatch(text, /4111/);
    assert.match(text, /my card is █{9}\\r\\nbye|my card is █{9}\\nbye/);
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('shows what is offered, asked for and lent, and leads to where that is opened', async () => {
    await room.publishKeys();
    const { number, secret } = await room.file({ subject: 'Look at my shop' });
    const { page, noise } = await room.visitAs(await room.addAgent({ name: 'Ida' }), open(number));
    const access = page.locator('inbox-access');
    const link = page.locator('[data-access]');
    const place = `#${new URLSearchParams({ desk: 'open', ticket: number })}`;
    assert.equal(await link.getAttribute('href'), `${room.server.agentVaultUrl}/${place}`);
    assert.deepEqual([await link.getAttribute('target'), await link.getAttribute('rel')], ['_blank', 'noopener noreferrer']);
    assert.equal(await access.locator('section').count(), 0);
    // whoever comes back from there sees what has happened since
    const back = () => page.evaluate(() => dispatchEvent(new Event('focus')));
    const { id } = await room.customerOffers(number, secret, ['ssh', 'database']);
    await back();
    await access.getByText('The customer offers: SSH and database').waitFor();
    assert.deepEqual(await broken(page), []);
    await access.getByRole('button', { name: 'Accept' }).press('Enter');
    await access.getByText('Ida has asked for: SSH and database').waitFor();
    const record = await room.customerLends(number, secret, id, 'ssh');
    await back();
    await access.getByText(/Lent: SSH, until/).waitFor();
    assert.deepEqual(await broken(page), []);
    await room.customerRevokes(number, secret, record);
    await back();
    await access.getByText('Ended: 1').waitFor();
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('finds tickets, and narrows the list', async () => {
    const { number } = await room.file({ subject: 'A Zebra lamp' });
    await room.file({ subject: 'A Zebra shade', kind: 'pre-sale', contactId: 'sales' });
    const { page, noise } = await room.visitAs(await room.addAgent({ name: 'Finn' }));
    const rows = page.locator('inbox-queue li');
    await page.getByPlaceholder('Number, address or words').fill('zebra');
    await page.keyboard.press('Enter');
    await page.getByText('Tickets: 2').waitFor({ state: 'attached' });
    assert.equal(await rows.count(), 2);
    await page.getByText('Filters').click();
    assert.deepEqual(await broken(page), []);
    await page.getByLabel('Kind').selectOption('support');
    await page.getByText('Tickets: 1').waitFor({ state: 'attached' });
    assert.match(await rows.innerText(), new RegExp(number));
    await page.getByPlaceholder('Number, address or words').fill('nothing like it');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing was found').waitFor();
    assert.deepEqual(await broken(page), []);
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('is worked by keyboard alone, and lets single keys be switched off', async () => {
    const { number } = await room.file({ subject: 'By keyboard' });
    const { page, noise } = await room.visitAs(await room.addAgent({ name: 'Kim' }));
    const active = () =>
      page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.id || element?.textContent?.replace(/\s+/g, ' ').trim() || '';
      });
    const focusOn = async (id: string) => {
      for (let tries = 0; (await active()) !== id && tries < 50; tries++) await page.waitForTimeout(20);
      assert.equal(await active(), id);
    };
    await page.locator('inbox-queue li').first().waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    assert.deepEqual(await broken(page), []);
    // its one button has focus
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('/');
    await focusOn('search');
    await page.keyboard.type('keyboard');
    await page.keyboard.press('Enter');
    await page.getByText('Tickets: 1').waitFor({ state: 'attached' });
    await page.evaluate(() => (document.activeElement?.shadowRoot?.activeElement?.shadowRoot?.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('j');
    assert.match(await active(), new RegExp(number));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'By keyboard' }).waitFor();
    await page.keyboard.press('r');
    await focusOn('text');
    await page.keyboard.type('jk? are letters here');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Your answer has been sent').waitFor();
    await page.getByRole('button', { name: 'Account' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Single-key shortcuts').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('u');
    assert.equal(new URL(page.url()).hash, open(number));
    await page.reload();
    await page.getByRole('heading', { name: 'By keyboard' }).waitFor();
    await page.keyboard.press('u');
    assert.equal(new URL(page.url()).hash, open(number));
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('asks to sign in again when the session has ended, and has the draft still', async () => {
    const { number } = await room.file({ subject: 'Long talk' });
    const max = await room.addAgent({ name: 'Lou' });
    const { page, agentBrowser } = await room.visitAs(max, open(number));
    await page.getByLabel('Your answer').fill('half an answer');
    assert.equal((await agentBrowser.ask('/v1/agent/sign-out', { method: 'POST' })).status, 204);
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('Your session has ended').waitFor();
    assert.equal(await page.getByText('Long talk').first().isVisible(), false);
    assert.deepEqual(await broken(page), []);
    await signInOn(page, max, 1);
    await page.getByRole('heading', { name: 'Long talk' }).waitFor();
    assert.equal(await page.getByLabel('Your answer').inputValue(), 'half an answer');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('Your answer has been sent').waitFor();
    await page.context().close();
  });

  it('fits a phone, in French and from right to left', async () => {
    const { number } = await room.file({ subject: 'Unpleasantlylongwordwithoutanyspaces'.repeat(4).slice(0, 118) });
    const { page, noise } = await room.visitAs(await room.addAgent({ name: 'Fay' }), '', {
      viewport: { width: 390, height: 844 },
      locale: 'fr-FR',
      colorScheme: 'dark',
    });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await page.locator('inbox-queue li').first().waitFor();
    assert.equal(await overflow(), 0);
    assert.deepEqual(await broken(page), []);
    await page.locator('inbox-queue li', { hasText: number }).click();
    await page.getByLabel('Votre réponse').waitFor();
    assert.equal(await page.locator('inbox-queue').isVisible(), false);
    assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
    assert.equal(await overflow(), 0);
    assert.deepEqual(await broken(page), []);
    await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    assert.equal(await overflow(), 0);
    await page.getByRole('link', { name: 'Retour à la liste' }).click();
    await page.locator('inbox-queue li').first().waitFor();
    assert.deepEqual(noise, []);
    await page.context().close();
  });
});
