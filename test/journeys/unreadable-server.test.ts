import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import PostalMime from 'postal-mime';
import { canariesBelow, ENCODINGS, encodingsIn, hits, newCanary, newWord } from '../support/canaries.ts';
import { FormPage } from '../support/form-page.ts';
import { keptEntries } from '../support/kept-entries.ts';
import { startRecordingProxy, type RecordingProxy } from '../support/recording-proxy.ts';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.ts';
import { vaultFrame, VaultRoom } from '../support/vault-room.ts';

describe('a server that holds what was lent', () => {
  const lent = {
    login: newCanary('login'),
    password: newCanary('password'),
    note: newCanary('note'),
    rowName: newCanary('rowname'),
    rowValue: newCanary('rowvalue'),
    fileName: newCanary('filename').replace('/?', ''),
    fileText: newCanary('filetext'),
  };
  const [message, reason, draft] = [newWord(), newWord(), newWord()];
  const secrets = Object.values(lent);
  let proxy: RecordingProxy;
  let relay: SmtpSink;
  let room: VaultRoom;
  let shown = '';

  before(async () => {
    [proxy, relay] = await Promise.all([startRecordingProxy(), startSmtpSink()]);
    room = await VaultRoom.open({
      // the whole browser, for a shell of it keeps no history and no passwords
      profile: true,
      backForwardCache: true,
      switches: [`--proxy-server=${proxy.url}`, '--proxy-bypass-list=<-loopback>'],
      env: { SMTP_URL: relay.url },
    });
  });
  after(async () => {
    await room?.close();
    await relay?.stop();
    await proxy?.close();
  });

  it('is searched in nine encodings, each of which is found wherever it begins', () => {
    const [word] = secrets as [string];
    assert.equal(Object.keys(ENCODINGS).length, 9);
    for (const before of ['', 'x', 'xy']) {
      const text = `${before}${word}yz`;
      const planted: [string, Buffer][] = [
        ['utf-8', Buffer.from(text)],
        ['utf-16le', Buffer.from(text, 'utf16le')],
        ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
        ['base64', Buffer.from(Buffer.from(text).toString('base64'))],
        ['base64url', Buffer.from(Buffer.from(text).toString('base64url'))],
        ['hex, small', Buffer.from(Buffer.from(text).toString('hex'))],
        ['hex, capitals', Buffer.from(Buffer.from(text).toString('hex').toUpperCase())],
        ['percent', Buffer.from(encodeURIComponent(text))],
        ['json', Buffer.from(JSON.stringify({ text }))],
      ];
      for (const [name, bytes] of planted) assert.ok(encodingsIn(bytes, word).includes(name), `${name} after "${before}"`);
    }
    assert.deepEqual(encodingsIn(Buffer.from(newCanary('login')), word), []);
  });

  it('is sent three records, typed key by key, one with a file, and one is opened', async () => {
    const { page, number } = await room.customer('', undefined, `The lamp ${message} flickers.`);
    const agent = await room.room.browser.newPage();
    await room.admin(agent);
    await room.enrol(agent);
    await room.ask(agent, number, ['admin-panel', 'file', 'other'], reason);
    const frame = vaultFrame(page);
    const send = async (count: number) => {
      await frame.getByRole('button', { name: 'Encrypt and send' }).press('Enter');
      await page.locator('[part=record][data-state=active]').nth(count).waitFor();
    };
    const type = async (place: string, text: string) => {
      await frame.locator(place).focus();
      await page.keyboard.type(text);
    };
    await page.bringToFront();
    await page.locator('[part=add]').press('Enter');
    await frame.getByRole('radio', { name: 'Admin panel' }).check();
    await type('#f-url', 'https://shop.example/admin');
    await type('#f-login', lent.login);
    await type('#f-password', lent.password);
    await type('#f-note', lent.note);
    await send(0);
    await frame.getByRole('button', { name: 'Add another record' }).press('Enter');
    await frame.getByRole('radio', { name: 'Something else' }).check();
    await type('#n-0', lent.rowName);
    await type('#v-0', lent.rowValue);
    await send(1);
    await frame.getByRole('button', { name: 'Add another record' }).press('Enter');
    await frame.getByRole('radio', { name: 'File' }).check();
    const file = path.join(room.room.folder, 'of-the-customer', lent.fileName);
    await mkdir(path.dirname(file));
    await writeFile(file, `-----BEGIN KEY-----\n${lent.fileText}\n`);
    await frame.locator('#f-file').setInputFiles(file);
    await send(2);

    await agent.bringToFront();
    await agent.reload();
    await agent.locator('[data-record]', { hasText: 'Admin panel' }).locator('[data-open]').press('Enter');
    await agent.getByLabel('Why do you open it?').fill('Look');
    await agent.locator('[data-open-now]').press('Enter');
    await agent.getByRole('button', { name: 'Show: Password' }).press('Enter');
    shown = (await agent.locator('[data-value]').innerText()).trim();
    assert.equal(shown, lent.password);
    await relay.arrived(4);

    // what is left in a form is what a profile is known to keep
    room.room.addPage('/draft', { body: room.room.script + room.room.tag() });
    const form = new FormPage(await room.room.open('/draft'));
    await form.fill({ subject: 'Later', message: `The lamp ${draft} hums.` });
    const isKept = async () => (await keptEntries(form.page)).some(({ values }) => values['message']?.includes(draft));
    while (!(await isKept())) await form.page.evaluate(() => new Promise(requestAnimationFrame));
  });

  it('has none of it in its database, its write-ahead log, its headers, its queue and its files, while it runs and after', async () => {
    const { dataDir, server } = room.room;
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const names = files.map((entry) => path.relative(dataDir, path.join(entry.parentPath, entry.name)));
    for (const expected of [/^support\.sqlite$/, /^support\.sqlite-wal$/, /^headers\//])
      assert.ok(
        names.some((name) => expected.test(name)),
        `${expected} is among ${names.join(', ')}`,
      );
    assert.deepEqual(canariesBelow(dataDir, secrets), []);
    for (const word of [message, reason]) assert.match(canariesBelow(dataDir, [word]).join('\n'), /^support\.sqlite(-wal)?: .* as utf-8$/m);
    assert.deepEqual(hits('log', Buffer.from(server.output()), [...secrets, message, reason]), []);
    assert.match(server.output(), /"method":"PUT","route":"[^"]*\/vault\/records\/:id","status":201/);
    await server.kill('SIGKILL');
    assert.deepEqual(canariesBelow(dataDir, secrets), []);
  });

  it('has none of it in a mail, as sent and as read', async () => {
    const mails = await relay.mails();
    const everything: Buffer[] = [];
    for (const { raw, from, to } of mails) {
      const { subject = '', text = '', html = '', attachments } = await PostalMime.parse(raw);
      everything.push(raw, Buffer.from([from, ...to, subject, text, html].join('\n')));
      for (const { content } of attachments) everything.push(Buffer.from(content as ArrayBuffer));
    }
    const bytes = Buffer.concat(everything);
    assert.ok(bytes.includes(Buffer.from('temporary access')));
    assert.deepEqual(hits('mails', bytes, secrets), []);
    assert.deepEqual(hits('mails', bytes, [reason]), []);
  });

  it('has none of it in what went over the line, in either direction', () => {
    const { sent, answered } = proxy.recorded();
    assert.deepEqual(hits('sent', sent, secrets), []);
    assert.deepEqual(hits('answered', answered, secrets), []);
    assert.ok(encodingsIn(sent, message).includes('utf-8'));
    assert.ok(encodingsIn(answered, message).length > 0 && encodingsIn(answered, reason).length > 0);
    assert.ok(sent.includes('age-encryption.org/v1') && answered.includes('age-encryption.org/v1'));
  });

  it('and the browser have left none of it in the browser’s profile', async () => {
    await room.room.browser.close();
    const profile = path.join(room.room.folder, 'profile');
    assert.deepEqual(canariesBelow(profile, [...secrets, room.recovery.identity]), []);
    assert.ok(canariesBelow(profile, [draft]).length > 0, 'a draft is found where the profile keeps it');
    for (const kept of ['History', 'Login Data', 'Web Data'])
      assert.ok(
        readdirSync(profile, { recursive: true }).some((name) => path.basename(String(name)) === kept),
        kept,
      );
  });
});
