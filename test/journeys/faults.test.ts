import { messageTexts } from '@storefront-support/elements/locales';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Rule } from '../support/fault-proxy.ts';
import { FormPage, png, textFile } from '../support/form-page.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { sha256, storedTickets } from '../support/stored-files.ts';

type ToldCode = keyof Awaited<ReturnType<typeof messageTexts>>['errors'];

/** Faults that strike when the ticket is sent, and whose sentence is shown; whatever had begun before has worked. */
const FAULTS: { name: string; rule: Rule; code: ToldCode }[] = [
  { name: 'a server that is down', rule: { match: '* /', fault: { kind: 'drop' } }, code: 'network' },
  {
    name: 'a 500',
    rule: { match: 'POST /tickets', fault: { kind: 'status', status: 500, body: 'Internal Server Error' } },
    code: 'internal',
  },
  {
    name: 'a 429',
    rule: {
      match: 'POST /tickets',
      fault: {
        kind: 'status',
        status: 429,
        headers: { 'retry-after': '1', 'content-type': 'application/problem+json' },
        body: '{"type":"about:blank","title":"Too many requests","status":429,"code":"rate-limited","detail":"Try again in 1 s."}',
      },
    },
    code: 'rate-limited',
  },
  {
    name: 'a dropped connection after the server has stored the ticket',
    rule: { match: 'POST /tickets', fault: { kind: 'drop-answer' } },
    code: 'network',
  },
  {
    name: 'a captive portal',
    rule: {
      match: 'POST /tickets',
      fault: { kind: 'status', status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Hotel Wi-Fi</h1>' },
    },
    code: 'not-a-receipt',
  },
];

const messages = await messageTexts('en');

describe('a fault on the way', () => {
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open();
    for (const name of [...FAULTS.keys(), 'field', 'press', 'upload', 'lost']) room.addForm(`f${name}`);
  });
  after(() => room?.close());

  const values = (form: FormPage) =>
    Promise.all([/name/i, /e-?mail/i, /^Subject/, /^(Your )?message/i].map((name) => form.field(name).inputValue()));
  const says = (page: Page, text: string) =>
    page.locator('support-form').getByText(text, { exact: false }).first().waitFor({ timeout: 60_000 });

  for (const [n, fault] of FAULTS.entries()) {
    it(`${fault.name} is told plainly, loses nothing, and ends in exactly one ticket`, { timeout: 120_000 }, async () => {
      const form = await room.openForm(`/f${n}`);
      const { page } = form;
      const subject = `Fault ${n}`;
      const files = [png('lamp.png', subject), textFile('steps.txt', `steps ${subject}`)];
      await form.fill({ subject });
      await form.addFiles(files);
      await page.locator('support-attachments [data-state=done]').nth(1).waitFor();
      const written = await values(form);

      room.proxy.setRules(`f${n}`, [fault.rule]);
      await form.send();
      await says(page, messages.errors[fault.code]);
      assert.deepEqual(await values(form), written, 'every character is still there');
      for (const file of files) assert.ok(await form.form.getByText(file.name).first().isVisible(), `${file.name} is still there`);

      room.proxy.setRules(`f${n}`, []);
      const again = form.form.getByRole('button', { name: /try again|send/i }).last();
      await again.click();
      const number = await form.number();
      const tickets = storedTickets(room.dataDir, subject);
      assert.deepEqual(
        tickets.map((ticket) => ticket.number),
        [number],
      );
      assert.deepEqual(
        tickets[0]?.files.map((file) => file.sha256),
        files.map((file) => sha256(file.buffer)),
      );
      await page.close();
    });
  }

  it('a bad field is named beside it and in a summary that takes focus; mended, it makes one ticket', async () => {
    const form = await room.openForm('/ffield');
    const { page } = form;
    await form.fill({ subject: 'Bad field', email: 'ada@@example' });
    const written = await values(form);
    await form.send();
    const summary = form.form.getByRole('alert');
    await summary.getByText(messages.problemEmail).waitFor();
    assert.ok(await summary.evaluate((element) => element.matches(':focus, :focus-within')), 'the summary has focus');
    const email = form.field(/e-?mail/i);
    assert.equal(await email.getAttribute('aria-invalid'), 'true');
    await form.form.locator('support-field').getByText(messages.problemEmail).waitFor();
    await summary.getByRole('link').first().click();
    assert.ok(await email.evaluate((element) => element.matches(':focus')), 'the link of the summary leads to the field');
    assert.deepEqual(await values(form), written);
    assert.equal(room.proxy.seen('ffield').filter(({ method }) => method === 'POST').length, 0, 'nothing was sent');
    await email.fill('ada@example.com');
    await form.send();
    const number = await form.number();
    assert.deepEqual(
      storedTickets(room.dataDir, 'Bad field').map((ticket) => ticket.number),
      [number],
    );
    await page.close();
  });

  it('a press on send counts although leaving the field brings an error that moves the button', async () => {
    const form = await room.openForm('/fpress', { viewport: { width: 390, height: 700 } });
    const { page } = form;
    await form.field(/^Subject/).waitFor();
    await form.field(/e-?mail/i).fill('ada@@example');
    await page.waitForLoadState('networkidle');
    await form.send();
    await form.form.getByRole('alert').getByText(messages.problemEmail).waitFor();
    await page.close();
  });

  it('a file that the server has lost in between is sent anew', async () => {
    const form = await room.openForm('/flost');
    const { page } = form;
    const file = textFile('log.txt', 'first line');
    await form.fill({ subject: 'Lost upload' });
    await form.addFiles([file]);
    await page.locator('support-attachments [data-state=done]').waitFor();
    const uploads = () => room.proxy.seen('flost').filter(({ method, path }) => method === 'POST' && path.endsWith('/uploads')).length;
    assert.equal(uploads(), 1);
    room.proxy.setRules('flost', [
      {
        match: 'POST /tickets',
        times: 1,
        fault: {
          kind: 'status',
          status: 422,
          headers: { 'content-type': 'application/problem+json' },
          body: '{"type":"about:blank","title":"x","status":422,"code":"invalid-fields","detail":"x","fields":{"attachmentIds.0":{"code":"unknown","detail":"x"}}}',
        },
      },
    ]);
    await form.send();
    await form.form.getByRole('alert').waitFor();
    await form.send();
    await form.number();
    assert.equal(uploads(), 2);
    const [ticket] = storedTickets(room.dataDir, 'Lost upload');
    assert.deepEqual(
      ticket?.files.map(({ sha256: hash }) => hash),
      [sha256(file.buffer)],
    );
    await page.close();
  });

  it('a connection that breaks twice while a file is sent goes on by itself', async () => {
    const form = await room.openForm('/fupload');
    const { page } = form;
    await form.fill({ subject: 'Broken upload' });
    const file = textFile('log.txt', 'a line of the log\n'.repeat(100_000));
    room.proxy.setRules('fupload', [
      { match: 'PATCH /uploads', after: 1, times: 1, fault: { kind: 'cut-body', afterBytes: 200_000 } },
      { match: 'PATCH /uploads', after: 1, times: 1, fault: { kind: 'drop-answer' } },
    ]);
    await form.addFiles([file]);
    await form.send();
    await form.number();
    const [ticket] = storedTickets(room.dataDir, 'Broken upload');
    assert.deepEqual(
      ticket?.files.map(({ sha256: hash }) => hash),
      [sha256(file.buffer)],
    );
    assert.deepEqual(
      room.proxy
        .seen('fupload')
        .map(({ fault }) => fault)
        .filter((fault) => fault !== 'pass'),
      ['cut-body', 'drop-answer'],
    );
    await page.close();
  });
});
