import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Browser as FirefoxBrowser } from 'puppeteer-core';
import type { Desk } from '../../packages/contract/src/index.ts';
// @ts-expect-error a built file
import { printForm } from '../../packages/embed/dist/embed/printed/print-form.js';
import { readdirSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { listenForNoise } from '../support/chromium.ts';
import { shopDesks } from '../support/desks.ts';
import { firefoxPath, launchFirefox } from '../support/firefox.ts';
import { textFile } from '../support/form-page.ts';
import { boxesOf, isTakenOver, stateOf, watchShifts, type Box } from '../support/printed-page.ts';
import { launchRoomBrowser } from '../support/room-browser.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { storedRows } from '../support/stored-rows.ts';
import { hasWebkit, openWebkit, startWebkitDriver, type WebkitDriver, type WebkitPage } from '../support/webkit.ts';

const print = printForm as (form: Record<string, unknown>) => Promise<string>;
const LETTER = 'Dear workshop,\n'.repeat(40);
const held = [{ match: 'GET /v1/desks/demo', fault: { kind: 'hold' } } as const];

/** Of a form that another build has printed. */
const EARLIER = { 'requester.name': 'Ada Martin', 'requester.email': 'ada@example.com', subject: 'A lamp', message: 'It hums.' };

let room: ShopRoom;
let desk: Desk;
let pages = 0;

/** Puts a printed form on a page of its own. */
async function printedPage({
  content,
  printed = {},
  head = '',
  headers = {},
  attributes = '',
  of = 'demo',
  earlier,
}: {
  /** Name of a form that another build has printed. */
  earlier?: string;
  content?: string;
  printed?: Record<string, unknown>;
  head?: string;
  headers?: Record<string, string>;
  attributes?: string;
  of?: string;
} = {}): Promise<{ url: string; session: string }> {
  const session = `printed-${++pages}`;
  const endpoint = room.proxy.session(session);
  const places: Record<string, string> = { '{{endpoint}}': endpoint, '{{files}}': room.server.url };
  const recorded = earlier && (await readFile(new URL(`../support/printed/${earlier}.html`, import.meta.url), 'utf8'));
  const html =
    content ??
    recorded?.replace(/\{\{\w+\}\}/g, (place) => places[place]!) ??
    (await print({ desk, locale: 'en', endpoint, files: room.server.url, ...printed }));
  const above = '<p>Above the form.</p><div id="tall"></div>';
  const body = `${above}${room.tag({ session, content: html, attributes, desk: of })}<p id="after">After the form.</p><div id="tall"></div>`;
  const style = '<link rel="stylesheet" href="/tall.css">';
  return { url: room.addPage(`/${session}`, { head: style + head, body, headers }), session };
}

async function open(url: string): Promise<Page> {
  const page = await room.browser.newPage({ viewport: { width: 390, height: 800 } });
  await page.addInitScript(watchShifts);
  await page.goto(url, { waitUntil: 'load' });
  return page;
}

const start = (page: Page) => page.addScriptTag({ url: `${room.server.url}/embed.js`, type: 'module' });
const takenOver = (page: Page) => page.waitForFunction(isTakenOver);
const field = (page: Page, name: string) => page.locator(`support-form [name="${name}"]`);

function assertUnmoved(before: Box[], after: Box[]): void {
  assert.deepEqual(
    after.map(({ what }) => what),
    before.map(({ what }) => what),
  );
  for (const [n, { what, box }] of before.entries())
    for (const [side, length] of box.entries())
      assert.ok(Math.abs(after[n]!.box[side]! - length) <= 0.5, `${what}: ${box} → ${after[n]!.box}`);
}

/** Two frames: what was to be painted has been. */
const painted = (page: Page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

before(async () => {
  const many = (origins: string[]) => {
    const [demo] = shopDesks(origins) as [{ desk: Desk; notify: Record<string, string> }];
    const contacts = [...'abcdef'].map((id) => ({ ...demo.desk.contacts[0]!, id, name: `Contact ${id}` }));
    const notify = Object.fromEntries(contacts.map(({ id }) => [id, `${id}@shop.example`]));
    return [demo, { ...demo, desk: { ...demo.desk, id: 'many', contacts }, notify }];
  };
  room = await ShopRoom.open({ desks: many });
  room.pages['/tall.css'] = { html: '#tall{height:300px}', headers: { 'content-type': 'text/css' } };
  desk = (await (await fetch(`${room.server.url}/v1/desks/demo`)).json()) as Desk;
});
after(() => room?.close());

describe('a printed form', () => {
  it('is taken over with text, choice, files, focus and caret, and nothing moves', async () => {
    const { url, session } = await printedPage();
    const page = await open(url);
    const noise = listenForNoise(page);
    room.proxy.setRules(session, held);
    await page.getByRole('radio', { name: 'Webmaster' }).check();
    await field(page, 'requester.name').fill('Ada Martin');
    await field(page, 'orderReference').fill('KR-77');
    await field(page, 'files').setInputFiles([textFile('parcel.txt', 'dented'), textFile('lamp.txt', 'cracked')]);
    await start(page);
    await room.proxy.when(session, ({ held }) => held);
    // while the desk is on its way
    await field(page, 'requester.email').fill('ada@example.com');
    await field(page, 'message').fill(LETTER);
    await field(page, 'message').evaluate((area: HTMLTextAreaElement) => {
      area.style.height = '200px';
      area.setSelectionRange(20, 45, 'backward');
      area.scrollTop = 120;
    });
    const [boxes, state] = [await page.evaluate(boxesOf), await page.evaluate(stateOf)];
    assert.equal(state['focus'], 'message');
    await painted(page);
    await page.evaluate(() => ((window as unknown as { shifts: number[] }).shifts.length = 0));
    room.proxy.setRules(session, []);
    await takenOver(page);
    await painted(page);
    assertUnmoved(boxes, await page.evaluate(boxesOf));
    assert.deepEqual(await page.evaluate(stateOf), state);
    assert.deepEqual(await page.evaluate('shifts'), []);
    assert.equal(state['contactId'], 'webmaster');
    assert.deepEqual(state['files'], ['parcel.txt', 'lamp.txt']);
    // the next key lists the files, and is not lost
    await page.keyboard.type('!');
    await page.locator('support-attachments').getByText('parcel.txt').waitFor();
    assert.equal((await page.evaluate(stateOf))['message'], LETTER.slice(0, 20) + '!' + LETTER.slice(45));
    await page.locator('support-field').filter({ hasText: 'Subject' }).locator('input').fill('Two files');
    await page.getByRole('button', { name: 'Send message' }).click();
    await page.locator('support-form').locator('[part=number]').waitFor();
    const posted = room.proxy.seen(session).filter(({ method, path }) => method === 'POST' && /tickets$/.test(path));
    assert.equal(posted.length, 1);
    assert.deepEqual(noise, []);
    await page.close();
  });

  it('waits for contacts that come late, and keeps the one that was chosen of many', async () => {
    const contacts = [...'abcdef'].map((id) => ({ ...desk.contacts[0]!, id, name: `Contact ${id}` }));
    const { url, session } = await printedPage({ printed: { desk: { ...desk, contacts } } });
    const page = await open(url);
    const answer = JSON.stringify({ ...desk, contacts });
    room.proxy.setRules(session, [{ match: 'GET /v1/desks/demo', fault: { kind: 'stall' } }]);
    await page.route(`**/~${session}/v1/desks/demo`, async (route) => {
      await field(page, 'contactId').focus();
      await field(page, 'contactId').selectOption('d');
      await route.fulfill({ body: answer, headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' } });
    });
    const boxes = await page.evaluate(boxesOf);
    await start(page);
    await takenOver(page);
    await painted(page);
    assertUnmoved(boxes, await page.evaluate(boxesOf));
    const state = await page.evaluate(stateOf);
    assert.deepEqual([state['contactId'], state['focus']], ['d', 'contactId']);
    assert.deepEqual(await page.evaluate('shifts'), []);
    await page.close();
  });

  it('is taken over from an earlier build that asks for less, by the names of its fields', async () => {
    const { url, session } = await printedPage({ earlier: 'one-field-less' });
    const page = await open(url);
    room.proxy.setRules(session, held);
    await page.getByRole('radio', { name: 'Webmaster' }).check();
    for (const [name, value] of Object.entries(EARLIER)) await field(page, name).fill(value);
    await field(page, 'message').evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(2, 4));
    await start(page);
    await room.proxy.when(session, ({ held }) => held);
    const state = await page.evaluate(stateOf);
    room.proxy.setRules(session, []);
    await takenOver(page);
    const { page: _scrolled, ...before } = state;
    const { page: _now, orderReference, files, ...now } = await page.evaluate(stateOf);
    assert.deepEqual([orderReference, files], ['', []]);
    assert.deepEqual(now, before);
    await page.getByRole('button', { name: 'Send message' }).click();
    await page.locator('support-form').locator('[part=number]').waitFor();
    const posted = room.proxy.seen(session).filter(({ method, path }) => method === 'POST' && /tickets/.test(path));
    assert.deepEqual(
      posted.map(({ path }) => path),
      ['/v1/desks/demo/tickets'],
    );
    await page.close();
  });

  it('is taken over from one that asks for more, or sends what there is no place for with the message', async () => {
    const { url } = await printedPage({ earlier: 'one-field-more' });
    const page = await open(url);
    await field(page, 'contactId').selectOption('webmaster');
    await field(page, 'kind').check();
    await field(page, 'message').fill('By name');
    await field(page, 'requester.email').fill('adamartin@example.com');
    await page.keyboard.press('Home');
    for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowRight');
    await start(page);
    await page.waitForFunction(() => document.querySelector('support-form')!.shadowRoot!.querySelector('support-field'));
    await page.keyboard.type('.');
    const { contactId, kind, subject, message, 'requester.email': email, focus } = await page.evaluate(stateOf);
    assert.deepEqual(
      [contactId, kind, subject, message, email, focus],
      ['webmaster', true, 'From the shop', 'By name', 'ada.martin@example.com', 'requester.email'],
    );
    assert.equal(await page.locator('support-form form').count(), 1);
    await page.close();
    // what has no place in the form is not thrown away
    const kept = await open(url);
    await field(kept, 'mobile').fill('0199 001234');
    const desks = kept.waitForResponse((response) => response.url().endsWith('/v1/desks/demo'));
    await start(kept);
    await (await desks).finished();
    await painted(kept);
    assert.equal(await kept.locator('support-field').count(), 0);
    await field(kept, 'contactId').selectOption('webmaster');
    for (const [name, value] of Object.entries(EARLIER)) await field(kept, name).fill(value);
    const posted = kept.waitForRequest((request) => request.url().endsWith('/tickets/form'));
    await kept.getByRole('button', { name: 'Go' }).click();
    const body = (await posted).postData() ?? '';
    assert.match(body, /name="message"\r\n\r\nIt hums\.\r\n\r\nMobile: 0199 001234\r\n--/);
    await kept.getByRole('heading', { name: 'Please look into your mailbox' }).waitFor();
    await kept.close();
  });

  it('loses no key of somebody who is typing', async () => {
    const { url, session } = await printedPage();
    const page = await open(url);
    room.proxy.setRules(session, held);
    await start(page);
    await room.proxy.when(session, ({ held }) => held);
    await field(page, 'message').focus();
    const text = 'The quick brown fox jumps over the lazy dog, twice.';
    const typed = page.keyboard.type(text, { delay: 8 });
    await page.waitForFunction(
      () => (document.querySelector('support-form')!.shadowRoot!.querySelector('textarea')?.value.length ?? 0) > 10,
    );
    room.proxy.setRules(session, []);
    await Promise.all([typed, takenOver(page)]);
    assert.equal((await page.evaluate(stateOf))['message'], text);
    await page.close();
  });

  it('stays while a character that takes several keys is written, and while a button is held down', async () => {
    const { url, session } = await printedPage();
    const page = await open(url);
    const protocol = await page.context().newCDPSession(page);
    const begun = [
      () => protocol.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 }),
      async () => {
        await page.getByText('I have a question').hover();
        await page.mouse.down();
      },
    ];
    const ended = [() => protocol.send('Input.insertText', { text: '日本語' }), () => page.mouse.up()];
    for (const [n, begin] of begun.entries()) {
      if (n) await page.reload();
      room.proxy.setRules(session, held);
      await start(page);
      await room.proxy.when(session, (seen) => seen.held && seen.until === null);
      await field(page, 'subject').focus();
      await begin();
      const desks = page.waitForResponse((response) => response.url().endsWith('/v1/desks/demo'));
      room.proxy.setRules(session, []);
      await (await desks).finished();
      await painted(page);
      assert.equal(await page.locator('support-field').count(), 0);
      await ended[n]!();
      await takenOver(page);
      const { subject, kind } = await page.evaluate(stateOf);
      assert.deepEqual([subject, kind], n ? ['', true] : ['日本語', false]);
    }
    await page.close();
  });

  it('takes files from a dialog that was open before', async () => {
    const { url, session } = await printedPage();
    const page = await open(url);
    room.proxy.setRules(session, held);
    await start(page);
    await room.proxy.when(session, ({ held }) => held);
    const [dialog] = await Promise.all([page.waitForEvent('filechooser'), page.locator('support-form').getByText('Choose files').click()]);
    room.proxy.setRules(session, []);
    await takenOver(page);
    await dialog.setFiles(textFile('late.txt', 'late'));
    await page.waitForFunction(
      () => document.querySelector('support-form')!.shadowRoot!.querySelector<HTMLInputElement>('[type=file]')!.files!.length,
    );
    await page.locator('support-form').getByText('Choose files').hover();
    await page.mouse.down();
    await page.locator('support-attachments').getByText('late.txt').waitFor();
    await page.close();
  });

  it('stays where it was sent by the browser itself, on the way and after going back, and nothing is sent twice', async () => {
    const { url, session } = await printedPage();
    const page = await open(url);
    room.proxy.setRules(session, [...held, { match: 'POST /tickets/form', fault: { kind: 'hold' } }]);
    await start(page);
    await room.proxy.when(session, ({ held }) => held);
    await page.getByRole('radio', { name: 'Webmaster' }).check();
    for (const [name, value] of Object.entries({
      'requester.name': 'Ada',
      'requester.email': 'ada@example.com',
      subject: 'Once',
      message: 'Only once.',
    }))
      await field(page, name).fill(value);
    await page.getByRole('button', { name: 'Send message' }).click({ noWaitAfter: true });
    await room.proxy.when(session, ({ method, held }) => method === 'POST' && held);
    // the page of the answer may come first, and ends what is on its way
    const desks = page.waitForResponse((response) => response.url().endsWith('/v1/desks/demo')).catch(() => undefined);
    room.proxy.setRules(session, [
      {
        match: 'POST /tickets/form',
        fault: { kind: 'status', status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Thank you</h1>' },
      },
    ]);
    await Promise.race([desks, page.waitForURL(/tickets\/form/)]);
    await page.waitForURL(/tickets\/form/);
    await page.goBack();
    await field(page, 'message').waitFor();
    await painted(page);
    const posts = room.proxy.seen(session).filter(({ method }) => method === 'POST');
    assert.equal(posts.length, 1);
    await page.close();
  });

  it('works under a policy that names its origin, and where its style sheet is refused', async () => {
    const strict = (styles: string) =>
      `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; connect-src ${room.proxy.url}; style-src ${styles}; form-action ${room.proxy.url}; require-trusted-types-for 'script'; trusted-types 'none'`;
    for (const styles of [`${room.server.url} ${room.shop.url}`, "'none'"]) {
      const script = `<script nonce="abc" type="module" src="${room.server.url}/embed.js"></script>`;
      const policy = { 'content-security-policy': strict(styles) };
      const { url } = await printedPage({ head: script, headers: policy });
      const page = await room.browser.newPage();
      await page.addInitScript(() => {
        const refused: string[] = [];
        Object.assign(window, { refused });
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective));
      });
      await page.goto(url);
      await takenOver(page);
      assert.deepEqual(await page.evaluate('refused'), styles === "'none'" ? ['style-src-elem', 'style-src-elem'] : []);
      await page.getByRole('textbox', { name: 'Subject' }).fill('Strict');
      await page.close();
    }
  });

  it('is an ordinary tag where a script has put it into the page as text', async () => {
    const { url, session } = await printedPage({ content: '' });
    const page = await open(url);
    const html = await print({ desk, locale: 'en', endpoint: room.proxy.session(session), files: room.server.url });
    await page.evaluate((markup) => (document.querySelector('support-form')!.innerHTML = markup), html);
    await start(page);
    await takenOver(page);
    await page.close();
  });

  it('stays, and can be sent, where the script, its parts or the server cannot be reached', async () => {
    const address = '<a href="mailto:help@shop.example">Write to us</a>';
    for (const blocked of ['**/embed.js', '**/c/form-*', '**/c/take-over-*', '**/v1/**']) {
      const { url, session } = await printedPage();
      room.pages[`/${session}`]!.html = room.pages[`/${session}`]!.html.replace('</template>', `</template>${address}`);
      const page = await open(url);
      await field(page, 'message').fill('Still here');
      const boxes = await page.evaluate(boxesOf);
      await page.route(blocked, (route) => route.abort());
      const failed = page.waitForEvent('requestfailed');
      await start(page).catch(() => undefined);
      await failed;
      await page.waitForLoadState('networkidle');
      assertUnmoved(boxes, await page.evaluate(boxesOf));
      assert.equal(await field(page, 'message').inputValue(), 'Still here', blocked);
      const posted = await field(page, 'message').evaluate((area: HTMLTextAreaElement) => {
        const event = new SubmitEvent('submit', { bubbles: true, cancelable: true });
        area.form!.dispatchEvent(event);
        return !event.defaultPrevented;
      });
      assert.ok(posted, blocked);
      await page.close();
    }
  });
});

describe('what takes the place of a printed form', () => {
  it('is a part of 1.75 kB', () => {
    const folder = fileURLToPath(new URL('../../packages/embed/dist/embed/c/', import.meta.url));
    const parts = readdirSync(folder).filter((name) => /^take-over-[\w-]+\.js\.br$/.test(name));
    const newest = parts.map((name) => statSync(folder + name)).sort((a, b) => b.mtimeMs - a.mtimeMs)[0];
    assert.ok(newest && newest.size <= 1_750, `${newest?.size} bytes`);
  });
});

/** Messages of this subject that wait for their senders to confirm them. */
async function heldWith(subject: string): Promise<number> {
  const rows = await storedRows(room.server, 'SELECT COUNT(*) AS count FROM held_ticket WHERE draft LIKE ?', `%${subject}%`);
  return Number(rows[0]!['count']);
}

/** What somebody writes into a printed form before it is sent by the browser itself. Runs inside the page. */
function fillIn(subject: string): void {
  const root = document.querySelector('support-form')!.shadowRoot!;
  root.querySelector<HTMLElement>('[value=webmaster]')!.click();
  const answers = { 'requester.name': 'Ada Martin', 'requester.email': `${subject}@example.com`, subject, message: 'Only once.' };
  for (const [name, value] of Object.entries(answers)) {
    root.querySelector<HTMLInputElement>(`[name="${name}"]`)!.focus();
    document.execCommand('insertText', false, value);
  }
  addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { persisted }));
}

describe('a printed form that comes back as its page was kept', () => {
  it('is as it was sent, is not taken over, and makes no second message, in Chromium', async () => {
    const { url, session } = await printedPage({ head: room.script });
    const browser = await launchRoomBrowser({ backForwardCache: true });
    try {
      const page = await browser.newPage();
      room.proxy.setRules(session, held);
      await page.goto(url);
      await room.proxy.when(session, (seen) => seen.held);
      await page.evaluate(fillIn, 'kept-in-chromium');
      for (const time of ['first', 'second']) {
        await page.getByRole('button', { name: 'Send message' }).click();
        await page.getByRole('heading', { name: 'Please look into your mailbox' }).waitFor();
        await page.goBack({ waitUntil: 'commit' });
        await page.waitForFunction('window.persisted');
        room.proxy.setRules(session, []);
        await painted(page);
        const { message, subject, contactId } = await page.evaluate(stateOf);
        assert.deepEqual([message, subject, contactId], ['Only once.', 'kept-in-chromium', 'webmaster'], time);
        assert.equal(await page.locator('support-field').count(), 0, time);
      }
      assert.equal(await heldWith('kept-in-chromium'), 1);
    } finally {
      await browser.close();
    }
  });
});

describe('a printed form in Firefox', { skip: !firefoxPath() && 'there is no Firefox' }, () => {
  let browser: FirefoxBrowser;
  before(async () => {
    browser = await launchFirefox();
  });
  after(() => browser?.close());

  it('is taken over with nothing moved, and keeps what is written', async () => {
    const { url, session } = await printedPage();
    room.proxy.setRules(session, held);
    const page = await browser.newPage();
    await page.goto(url);
    await page.addScriptTag({ url: `${room.server.url}/embed.js`, type: 'module' });
    await room.proxy.when(session, (seen) => seen.held);
    await (await page.$('>>> [value=webmaster]'))!.click();
    await (await page.$('>>> [name="requester.email"]'))!.click();
    await page.keyboard.type('ada@example.com');
    await page.keyboard.press('Home');
    const [boxes, state] = [await page.evaluate(boxesOf), await page.evaluate(stateOf)];
    room.proxy.setRules(session, []);
    await page.waitForFunction(isTakenOver);
    assertUnmoved(boxes, await page.evaluate(boxesOf));
    assert.deepEqual(await page.evaluate(stateOf), state);
    await page.keyboard.type('x');
    assert.equal((await page.evaluate(stateOf))['requester.email'], 'xada@example.com');
    await page.close();
  });

  it('comes back as it was sent, and makes no second message', async () => {
    const { url } = await printedPage();
    const page = await browser.newPage();
    await page.goto(url);
    await page.evaluate(fillIn, 'kept-in-firefox');
    for (let n = 0; n < 2; n++) {
      await (await page.$('>>> [type=submit]'))!.click();
      await page.waitForSelector('::-p-text(Please look into your mailbox)');
      // of a page that comes back as it was nothing is loaded that could be waited for
      await page.evaluate(() => history.back());
      await page.waitForFunction('window.persisted');
      const { message, subject, contactId } = await page.evaluate(stateOf);
      assert.deepEqual([message, subject, contactId], ['Only once.', 'kept-in-firefox', 'webmaster']);
    }
    assert.equal(await heldWith('kept-in-firefox'), 1);
    await page.close();
  });
});

describe('a printed form in WebKitGTK', { skip: !hasWebkit() && 'there is no WebKitGTK' }, () => {
  let driver: WebkitDriver;
  let page: WebkitPage;
  before(async () => {
    driver = await startWebkitDriver();
    page = await openWebkit(driver);
  });
  after(async () => {
    await page?.close();
    driver?.close();
  });

  const ROOT = 'document.querySelector("support-form").shadowRoot';
  const inRoot = (selector: string) => `${ROOT}.querySelector('${selector}')`;
  const startHere = () =>
    page.evaluate(`void document.head.append(Object.assign(document.createElement('script'),
      { type: 'module', src: '${room.server.url}/embed.js' }))`);

  it('is there while its page still comes, and is taken over with text, choice, files, focus and selection, and nothing moves', async () => {
    const seen = `<script>streamed = document.querySelector('support-form').shadowRoot.querySelector('form') !== null</script></template>`;
    const content = await print({ desk, locale: 'en', endpoint: room.proxy.session(`printed-${pages + 1}`), files: room.server.url });
    const { url, session } = await printedPage({ content: content.replace('</template>', seen) });
    const files = ['parcel.txt', 'lamp.txt'].map((name) => path.join(room.folder, name));
    for (const file of files) await writeFile(file, 'dented');
    room.proxy.setRules(session, held);
    await page.goto(url);
    assert.ok(await page.evaluate('streamed'));
    await page.click(inRoot('[value=webmaster]'));
    await page.click(inRoot('[name="requester.email"]'));
    await page.type('ada@example.com');
    await page.choose(inRoot('[type=file]'), files);
    await startHere();
    await room.proxy.when(session, (seen) => seen.held);
    await page.evaluate(`${inRoot('[name=message]')}.style.height = '200px'`);
    await page.click(inRoot('[name=message]'));
    await page.evaluate(`document.execCommand('insertText', false, ${JSON.stringify(LETTER)})`);
    for (let n = 0; n < 3; n++) await page.press('ArrowLeft', { shift: n > 0 });
    await page.evaluate(`${inRoot('[name=message]')}.scrollTop = 120`);
    const [boxes, state] = [await page.evaluate(boxesOf), await page.evaluate(stateOf)];
    assert.deepEqual([state['focus'], state['contactId'], state['files']], ['message', 'webmaster', ['parcel.txt', 'lamp.txt']]);
    room.proxy.setRules(session, []);
    await page.waitFor(isTakenOver);
    assertUnmoved(boxes, await page.evaluate(boxesOf));
    assert.deepEqual(await page.evaluate(stateOf), state);
    // what is selected is written over, and the files are listed
    await page.type('!');
    await page.waitFor(`${inRoot('support-attachments')}?.shadowRoot?.textContent.includes('lamp.txt')`);
    assert.equal((await page.evaluate(stateOf))['message'], `${LETTER.slice(0, -3)}!${LETTER.slice(-1)}`);
  });

  it('keeps the contact that was chosen of many, and the caret in an address, while the contacts are late', async () => {
    const many = (await (await fetch(`${room.server.url}/v1/desks/many`)).json()) as Desk;
    const { url, session } = await printedPage({ printed: { desk: many }, of: 'many' });
    room.proxy.setRules(session, [{ match: 'GET /v1/desks/many', fault: { kind: 'hold' } }]);
    await page.goto(url);
    await startHere();
    await room.proxy.when(session, (seen) => seen.held);
    await page.evaluate(`void (${inRoot('select')}.value = 'd')`);
    await page.click(inRoot('[name="requester.email"]'));
    await page.type('adamartin@example.com');
    await page.press('Home');
    for (let n = 0; n < 3; n++) await page.press('ArrowRight');
    const [boxes, state] = [await page.evaluate(boxesOf), await page.evaluate(stateOf)];
    room.proxy.setRules(session, []);
    await page.waitFor(isTakenOver);
    assertUnmoved(boxes, await page.evaluate(boxesOf));
    assert.deepEqual(await page.evaluate(stateOf), state);
    assert.equal(state['contactId'], 'd');
    await page.type('.');
    assert.equal((await page.evaluate(stateOf))['requester.email'], 'ada.martin@example.com');
  });

  it('is taken over from an earlier build', async () => {
    const { url } = await printedPage({ earlier: 'one-field-less' });
    await page.goto(url);
    await page.click(inRoot('[value=webmaster]'));
    await page.click(inRoot('[name=message]'));
    await page.type('It hums');
    await startHere();
    await page.waitFor(isTakenOver);
    await page.type('.');
    const { contactId, message, focus } = await page.evaluate(stateOf);
    assert.deepEqual([contactId, message, focus], ['webmaster', 'It hums.', 'message']);
  });
});

describe('a form of the page’s own inside the tag', () => {
  const own =
    '<form method="post" action="/contact"><input name="from" aria-label="From"><textarea name="body" aria-label="Body"></textarea><button>Go</button></form>';
  const shown = (page: Page) => page.getByRole('textbox', { name: 'Body' }).isVisible();

  it('is there until ours can take its place', async () => {
    const { url, session } = await printedPage({ content: own });
    const page = await open(url);
    room.proxy.setRules(session, held);
    await start(page);
    await room.proxy.when(session, ({ held }) => held);
    assert.ok(await shown(page));
    room.proxy.setRules(session, []);
    await takenOver(page);
    assert.ok(!(await shown(page)));
    await page.close();
  });

  it('is left to whoever has begun to fill it in', async () => {
    for (const leave of [false, true]) {
      const { url } = await printedPage({ content: own });
      const page = await open(url);
      await page.getByRole('textbox', { name: 'Body' }).click();
      if (leave) {
        await page.keyboard.type('Half a sen');
        await page.getByText('After the form.').click();
      }
      const desks = page.waitForResponse((response) => response.url().endsWith('/v1/desks/demo'));
      await start(page);
      await (await desks).finished();
      await page.waitForLoadState('networkidle');
      assert.ok(await shown(page));
      if (!leave) await page.keyboard.type('Half a sen');
      assert.equal(await page.getByRole('textbox', { name: 'Body' }).inputValue(), 'Half a sen');
      await page.close();
    }
  });

  it('can be sent where our server cannot be reached', async () => {
    room.pages['/contact'] = { html: '<h1>The shop has it</h1>' };
    const { url } = await printedPage({ content: own });
    const page = await open(url);
    await page.route('**/v1/**', (route) => route.abort());
    await start(page);
    await page.locator('support-form').getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: 'Body' }).fill('By the shop’s own way');
    await page.getByRole('button', { name: 'Go' }).click();
    await page.getByRole('heading', { name: 'The shop has it' }).waitFor();
    await page.close();
  });
});
