import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { readTree } from '../support/accessibility-tree.ts';
import { addAgent, codeOf, signedIn, type AgentBrowser, type TestAgent } from '../support/agent-browser.ts';
import { FormPage, textFile } from '../support/form-page.ts';
import { isAsRead, isRead } from '../support/golden.ts';
import { asLines, listenOn, takeHeard, type Heard } from '../support/heard.ts';
import { STEP_LIMIT_MS } from '../support/chromium.ts';
import { shopDesks } from '../support/desks.ts';
import { VaultRoom, vaultFrame } from '../support/vault-room.ts';

/** What differs from one run to the next. */
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \\d+';
const CLOCK = '\\d+:\\d\\d [AP]M';
const CHANGING: [RegExp, string][] = [
  [/\b(?:[0-9A-F]{4}-){2}[0-9A-F]{4}\b/g, 'RECEIPT'],
  [/\b[2-9A-Z]{4}-[2-9A-Z]{4}\b/g, 'NUMBER'],
  [/SHA256:[\w+/]{43}/g, 'FINGERPRINT'],
  [/127\.0\.0\.1:\d+/g, 'HOST'],
  [new RegExp(`\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? (?:${MONTH}, )?${CLOCK}(?: \\([^)]*Time\\))?`, 'g'), 'WHEN'],
  [new RegExp(`\\b${MONTH}, \\d{4}, ${CLOCK}`, 'g'), 'WHEN'],
  [/(?<=: |[a-z·] )(?:\d+ \w{3}, )?\d+:\d\d(?= |$)/gm, 'WHEN'],
  [/(?<=\(|· |: )(?:now|\d+ (?:second|minute)s? ago)(?=\)|"|$)/gm, 'AGO'],
];
const FORM = 'support-form';
const TRACKER = 'support-tracker';
const PROBLEM = { 'content-type': 'application/problem+json' };
const refused = (status: number, code: string) =>
  ({
    kind: 'status',
    status,
    headers: PROBLEM,
    body: JSON.stringify({ type: 'about:blank', title: code, status, code, detail: code }),
  }) as const;

describe('what a screen reader is told', () => {
  let room: VaultRoom;
  let page: Page;
  let form: FormPage;
  let number: string;
  let bo: TestAgent;
  let answering: AgentBrowser;
  let agent: Page;
  const tracker = (): Locator => page.locator(TRACKER);
  const thread = (): Locator => page.locator('support-thread');
  const vault = (): Locator => page.locator('support-vault');

  const same = (text: string) => CHANGING.reduce((all, [what, instead]) => all.replaceAll(what, instead), text);
  /** Compares what is there once all has come that is on its way, such as lists of a part that shows itself before them. */
  const tree = async (name: string, within?: string, of = page) => {
    const read = async () => same(await readTree(of, within ? { within } : {}));
    let now = await read();
    for (const end = performance.now() + STEP_LIMIT_MS; !isRead(name, now) && performance.now() < end; now = await read())
      await of.evaluate(() => new Promise(requestAnimationFrame));
    isAsRead(name, now);
  };
  /** Compares what has been spoken since the last time; nothing of it may have lost the focus. */
  const heard = async (name: string, of = page): Promise<Heard[]> => {
    const all = await takeHeard(of);
    isAsRead(`heard/${name}`, same(asLines(all)));
    assert.deepEqual(
      all.filter(({ how }) => how === 'lost'),
      [],
      'the focus is never on nothing',
    );
    return all;
  };
  const rules = (...list: Parameters<typeof room.room.proxy.setRules>[1]) => room.room.proxy.setRules('counter', list);
  /** The agent writes. */
  const answers = async (text: string) => {
    const answer = await answering.ask(`/v1/desks/demo/agent/tickets/${number}/messages`, {
      method: 'POST',
      body: { text, visibility: 'public', seq: 1_000_000 },
      headers: { 'idempotency-key': randomBytes(16).toString('hex') },
    });
    assert.equal(answer.status, 201, answer.text);
  };

  before(async () => {
    room = await VaultRoom.open({
      desks: (origins) => (shopDesks(origins) as object[]).map((desk) => ({ ...desk, accessOffers: true })),
    });
    const shop = room.room;
    shop.addPage('/counter', {
      body:
        shop.script +
        shop.tag({ session: 'counter' }) +
        shop.tag({ name: 'support-launcher', session: 'counter' }) +
        shop.tag({ name: 'support-tracker', session: 'counter', attributes: `vault-pin="${room.root}"` }),
    });
    bo = await addAgent(shop.server, { name: 'Bo', admin: true });
    answering = await signedIn(shop.server, bo);
    page = await shop.browser.newPage({ locale: 'en-GB', timezoneId: 'Europe/Paris' });
    agent = await shop.browser.newPage({ locale: 'en-GB', timezoneId: 'Europe/Paris' });
    for (const one of [page, agent]) await listenOn(one);
    await page.goto(`${shop.shop.url}/counter`);
    form = new FormPage(page);
    await form.field(/^Subject/).waitFor();
    await tracker().locator('[part=empty]').waitFor();
  });
  after(() => room?.close());

  it('of an empty form', async () => {
    await tree('form-empty', FORM);
  });

  it('of a launcher, closed and open', async () => {
    const launcher = page.locator('support-launcher');
    await tree('launcher-closed', 'support-launcher');
    await takeHeard(page);
    await launcher.locator('[part=base]').first().press('Enter');
    await launcher.locator('support-form [part=submit]').waitFor();
    await tree('launcher-open', 'support-launcher');
    await page.keyboard.press('Escape');
    await launcher.locator('dialog').waitFor({ state: 'hidden' });
    await heard('launcher');
  });

  it('of what is to be corrected', async () => {
    await takeHeard(page);
    await form.form.getByRole('button', { name: 'Send message' }).press('Enter');
    await form.form.locator('[part=error][role=alert]').waitFor();
    await tree('form-errors', FORM);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Ada Martin');
    await page.keyboard.press('Tab');
    await page.keyboard.type('ada@');
    await page.keyboard.press('Tab');
    await form.form.getByText('name@example.com').first().waitFor();
    await heard('form-errors');
  });

  it('of files on their way', async () => {
    rules({ match: 'POST /uploads', times: 1, fault: refused(400, 'invalid-request') });
    await form.fill({ subject: 'Lamp flickers' });
    await takeHeard(page);
    await form.addFiles([textFile('steps.txt', 'One.')]);
    await form.form.locator('[part=file][data-state=failed]').waitFor();
    await form.addFiles([textFile('bulbs.txt', 'Three.')]);
    await form.form.locator('[part=file][data-state=done]').waitFor();
    await tree('form-files', FORM);
    await form.form.getByRole('button', { name: /^Remove steps/ }).press('Enter');
    await heard('form-files');
  });

  it('of a message that waits on this device', async () => {
    rules({ match: 'POST /tickets', fault: { kind: 'drop' } });
    await takeHeard(page);
    await form.form.getByRole('button', { name: 'Send message' }).press('Enter');
    await form.form.locator('[part=error][data-code=network]').waitFor();
    await tree('form-waits', FORM);
    await heard('form-waits');
    await page.reload();
    await form.form.locator('[part=waiting-entry]').waitFor();
    await tree('waiting-list', FORM);
    await form.form.locator('[part=edit]').press('Enter');
    await form.form.locator('[part=file][data-state=done]').waitFor();
    await heard('waiting-list');
  });

  it('of a message on its way, and of its number', async () => {
    rules({ match: 'POST /tickets', fault: { kind: 'hold' } });
    await takeHeard(page);
    await form.form.getByRole('button', { name: 'Send message' }).press('Enter');
    await room.room.proxy.when('counter', ({ path, method, held }) => held && method === 'POST' && path.endsWith('/tickets'));
    await tree('form-sending', FORM);
    rules();
    number = await form.number();
    await tree('form-receipt', FORM);
    await heard('form-sending');
  });

  it('of the tickets', async () => {
    await tracker().locator('[part=ticket]').waitFor();
    await tracker().locator('[part=kept]').waitFor();
    await takeHeard(page);
    await tree('tracker', TRACKER);
    await tracker().locator('#number').fill('K7QF-2M9X');
    await tracker().locator('#number').press('Enter');
    await tracker().locator('[part=not-here]').waitFor();
    await tracker().locator('#email').fill('ada');
    await tracker().locator('#email').press('Enter');
    await tracker().locator('#email[aria-invalid=true]').waitFor();
    await tree('tracker-tools', TRACKER);
    await tracker().locator('#email').fill('ada@example.com');
    await tracker().locator('#email').press('Enter');
    await tracker().getByText('a link is on its way').waitFor();
    await heard('tracker-tools');
  });

  it('of a ticket and an answer to it', async () => {
    await form.form.locator('[part=follow]').press('Enter');
    await thread().locator('[part=message]').waitFor();
    await thread().locator('[part=heading]:focus').waitFor();
    await tree('thread', TRACKER);
    await heard('thread-open');
    await answers('Which bulb is it?');
    await thread().locator('[part=message]').nth(1).waitFor();
    await thread().locator('[part=to-reply]').press('Enter');
    await thread().locator('#text').waitFor();
    await page.keyboard.type('A new one.');
    await tree('thread-reply', TRACKER);
    await thread().locator('[part=submit]').press('Enter');
    await thread().locator('[part=message]').nth(2).waitFor();
    await heard('thread-reply');
  });

  it('of rating and closing a ticket', async () => {
    await thread().getByRole('radio', { name: 'Yes' }).press('Space');
    await tree('thread-rating', TRACKER);
    await takeHeard(page);
    await thread().getByRole('button', { name: 'Send this' }).press('Enter');
    await thread().locator('p[part=rating]').waitFor();
    await thread().locator('[part=close] summary').press('Enter');
    await thread().locator('#reason').fill('It was the bulb.');
    await page.keyboard.press('Tab');
    await thread().locator('[part=close] [type=submit][aria-disabled=false]').waitFor();
    await page.keyboard.press('Enter');
    await thread().locator('[part=reopen]').waitFor();
    await thread().locator('[part=heading]:focus').waitFor();
    await heard('thread-closed');
    await tree('thread-closed', TRACKER);
    await thread().locator('[part=reopen]').press('Enter');
    await thread().locator('[part=close]').waitFor();
  });

  it('of access that is asked for, offered and entered', async () => {
    await agent.goto(room.room.server.agentVaultUrl);
    await agent.getByLabel('E-mail address').waitFor();
    await tree('agent-vault-sign-in', undefined, agent);
    await room.admin(agent);
    await room.ask(agent, number, ['other'], 'read the payment log');
    await agent.locator('[data-request=asked]').waitFor();
    await tree('agent-vault', undefined, agent);
    await vault().locator('[part=decline]').waitFor();
    await tree('vault-asked', 'support-vault');
    await takeHeard(page);
    await vault().locator('[part=decline]').press('Enter');
    await vault().locator('[part=offer]').waitFor();
    await tree('vault-declined', 'support-vault');
    await vault().locator('[part=offer]').press('Enter');
    await vault().locator('form[part=offer] [type=submit]').press('Enter');
    await vault().getByText('Please choose at least one.').waitFor();
    await heard('vault-offer');
    await tree('vault-offer', 'support-vault');
    await vault().getByRole('button', { name: 'Close' }).press('Enter');
    await room.ask(agent, number, ['api-key'], 'read the payment log');
    await vault().locator('[part=add]').press('Enter');
    const frame = vaultFrame(page);
    await frame.getByLabel('Service').waitFor();
    await tree('vault-page', 'support-vault');
    await takeHeard(page);
    await frame.locator('[data-send]').press('Enter');
    await frame.locator('[data-summary]').waitFor();
    await tree('vault-page-errors', 'support-vault');
    await frame.getByLabel('Service').fill('Payment');
    await frame.getByLabel('Key', { exact: true }).fill('sk-0Il1');
    await frame.locator('[data-send]').press('Enter');
    await frame.locator('[data-sent]').waitFor();
    await tree('vault-page-sent', 'support-vault');
    await heard('vault-page');
  });

  it('of the inbox', async () => {
    const inbox = agent;
    await inbox.context().clearCookies();
    await inbox.goto(room.room.server.inboxUrl);
    await inbox.getByRole('heading', { name: 'Sign in' }).waitFor();
    await tree('inbox-sign-in', undefined, inbox);
    await takeHeard(inbox);
    await inbox.getByLabel('E-mail').fill(bo.email);
    await inbox.getByLabel('Password').fill(bo.password);
    await inbox.getByLabel('Code from your app').fill(codeOf(bo.secret, 1));
    await inbox.keyboard.press('Enter');
    await inbox.getByText('Choose a ticket').waitFor();
    await inbox.getByRole('link', { name: /Lamp flickers/ }).waitFor();
    await tree('inbox-queue', undefined, inbox);
    await inbox.getByRole('link', { name: /Lamp flickers/ }).press('Enter');
    await inbox.locator('inbox-composer textarea').waitFor();
    await inbox.locator('inbox-composer support-attachments [role=status]').waitFor({ state: 'attached' });
    await tree('inbox-ticket', 'inbox-ticket', inbox);
    await inbox.getByRole('radio', { name: /note/i }).press('Space');
    await inbox.locator('inbox-composer textarea').fill('Only among us.');
    await tree('inbox-composer', 'inbox-composer', inbox);
    await inbox.locator('inbox-composer button.main').press('Enter');
    await inbox.getByText('Only among us.').first().waitFor();
    await heard('inbox', inbox);
  });

  it('of files that are refused, and of a connection that goes and comes back, once each', async () => {
    const other = await room.room.browser.newPage({ locale: 'en-GB', timezoneId: 'Europe/Paris' });
    await listenOn(other);
    await other.goto(`${room.room.shop.url}/counter`);
    const written = new FormPage(other);
    await written.fill({ subject: 'On the train' });
    await written.addFiles([textFile('steps.txt', 'One.')]);
    await written.form.locator('[part=file][data-state=done]').waitFor();
    await takeHeard(other);
    await written.addFiles([
      { name: 'setup.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
      { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    ]);
    await written.form.locator('[part=file][data-state=refused]').nth(1).waitFor();
    await heard('form-refused', other);
    for (const name of ['setup', 'empty']) await written.form.getByRole('button', { name: new RegExp(`^Remove ${name}`) }).press('Enter');
    await takeHeard(other);
    await other.context().setOffline(true);
    await written.form.getByRole('button', { name: 'Send message' }).press('Enter');
    await written.form.locator('[part=error][data-code=offline]').waitFor();
    await heard('form-offline', other);
    await other.context().setOffline(false);
    await written.number();
    await heard('form-online', other);
    await other.close();
  });

  it('of a hundred answers at once, in a few sentences', async () => {
    for (let n = 1; n <= 100; n++) await answers(`Answer ${n}`);
    await thread().getByText('Answer 100', { exact: true }).waitFor();
    // what is spoken last comes a moment after it
    const all: Heard[] = [];
    const told = () =>
      all.reduce((sum, { text }) => sum + Number(/^(\d*) ?new message/i.exec(text)?.[1] || (/^New message/.test(text) ? 1 : 0)), 0);
    for (const end = performance.now() + STEP_LIMIT_MS; told() < 100 && performance.now() < end;) {
      all.push(...(await takeHeard(page)));
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    const spoken = all.filter(({ how }) => how !== 'focus');
    assert.equal(told(), 100, JSON.stringify(spoken));
    assert.ok(spoken.length <= 5, JSON.stringify(spoken));
  });
});
