import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { SupportError } from '@storefront-support/contract';
import { conformanceCases, type ConformanceFault } from '@storefront-support/contract/conformance';
import { ZammadAdapter } from '@storefront-support/adapters/zammad';
import type { Page } from 'playwright-core';
import { DRAFT_IN_PAGE, POLLUTION_IN_PAGE, openAdapterPage, type AdapterPage } from '../support/adapter-page.ts';
import { draftOf, keysOf } from '../support/help-desk-drafts.ts';
import { startZammad } from '../support/stand-ins/zammad/zammad-desk.ts';

const FAULTS: ConformanceFault[] = ['status-500', 'drop-answer', 'stall', 'html-answer', 'empty-answer', 'no-content'];
const HOUR = 3_600_000;

const desk = await startZammad();
const options = { url: desk.url, locale: 'en', otherWays: [] };
const newAdapter = () => new ZammadAdapter(options);
const submits = () => desk.host.seen.filter((line) => line === 'POST /api/v1/form_submit').length;
const configures = () => desk.host.seen.filter((line) => line === 'POST /api/v1/form_config').length;

after(() => desk.host.close());

describe('the zammad adapter', { concurrency: 1 }, async () => {
  const harness = {
    adapter: newAdapter,
    countTickets: () => desk.tickets.length,
    countable: true,
    stored: (marker: string) =>
      desk.tickets
        .filter(({ title, body }) => title.includes(marker) || body.includes(marker))
        .map(({ body, email, files }) => ({
          message: body,
          email,
          files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
        })),
    faults: FAULTS,
    fail: (fault: ConformanceFault) => void (desk.host.fault = fault),
    lift: () => void (desk.host.fault = undefined),
  };
  for (const { name, run } of await conformanceCases(harness)) it(name, run);

  it('asks for nothing that the form channel does not have', () => assert.deepEqual(desk.host.violations, []));
});

describe('the zammad adapter, towards the form channel', { concurrency: 1 }, () => {
  afterEach(() => Object.assign(desk.settings, { formOn: true, perHour: 1_000, withoutMail: [] }));

  it('gives the number of the ticket, and files the message with its order', async () => {
    const draft = draftOf();
    const { ticket, confirmationMail } = await newAdapter().createTicket(draft, { keys: keysOf() });
    const filed = desk.tickets.at(-1);
    assert.deepEqual([ticket?.number, ticket?.status, confirmationMail], [filed?.number, 'open', 'unknown']);
    assert.deepEqual(
      [filed?.name, filed?.email, filed?.title, plain(filed?.body)],
      [draft.requester.name, draft.requester.email, draft.subject, `${draft.message}\n\n№ ${draft.orderReference}`],
    );
  });

  it('asks for a token at first focus, once, and sends with it', async () => {
    const adapter = newAdapter();
    const asked = configures();
    await adapter.prepare();
    await adapter.prepare();
    await adapter.createTicket(draftOf(), { keys: keysOf() });
    await adapter.createTicket(draftOf(), { keys: keysOf() });
    assert.equal(configures() - asked, 1);
  });

  it('sends once more with a fresh token when the first is older than a day', async () => {
    const adapter = newAdapter();
    await adapter.prepare();
    desk.advance(25 * HOUR);
    const [filed, sent] = [desk.tickets.length, submits()];
    await adapter.createTicket(draftOf(), { keys: keysOf() });
    assert.deepEqual([desk.tickets.length - filed, submits() - sent], [1, 2]);
  });

  it('names the fields that Zammad finds wrong inside a 200', async () => {
    desk.settings.withoutMail.push('nowhere.example');
    const draft = draftOf({ requester: { name: 'Zoë', email: 'zoe@nowhere.example' } });
    await assert.rejects(newAdapter().createTicket(draft, { keys: keysOf() }), ({ code, fields }: SupportError) => {
      assert.deepEqual(
        [code, Object.keys(fields ?? {}), fields?.['requester.email']?.code],
        ['invalid-fields', ['requester.email'], 'invalid'],
      );
      return true;
    });
  });

  it('keeps files for the next try after a refusal, and gives them to one ticket', async () => {
    const adapter = newAdapter();
    const keys = keysOf();
    const { id } = await adapter.attachments.upload(new File(['Label'], 'étiquette.txt', { type: 'text/plain' }), keys);
    desk.settings.perHour = 0;
    await assert.rejects(adapter.createTicket(draftOf({ attachmentIds: [id] }), { keys }), { code: 'rate-limited', retryable: true });
    desk.settings.perHour = 1_000;
    await adapter.createTicket(draftOf({ attachmentIds: [id] }), { keys });
    const [file] = desk.tickets.at(-1)?.files ?? [];
    assert.deepEqual([file?.name, Buffer.from(file?.bytes ?? []).toString()], ['étiquette.txt', 'Label']);
    await assert.rejects(adapter.createTicket(draftOf({ attachmentIds: [id] }), { keys }), { code: 'invalid-fields' });
  });

  it('leaves no doubt where nothing could be filed', async () => {
    desk.host.fault = 'drop-answer';
    const sending = newAdapter().createTicket(draftOf(), { keys: keysOf() });
    await assert.rejects(sending, { code: 'load-failed', retryable: true }).finally(() => (desk.host.fault = undefined));
  });

  it('says what to switch on where the form is off', async () => {
    desk.settings.formOn = false;
    await assert.rejects(newAdapter().prepare(), { code: 'misconfigured', message: /Channels → Form/ });
  });

  it('files nothing for what was filled in by a robot', async () => {
    const filed = desk.tickets.length;
    await assert.rejects(newAdapter().createTicket(draftOf(), { keys: keysOf(), trap: 'http://x' }), { code: 'looks-automated' });
    assert.equal(desk.tickets.length, filed);
  });
});

describe('the zammad adapter in Chromium, on another origin', { concurrency: 1 }, () => {
  let shop: AdapterPage;
  let page: Page;
  before(async () => {
    shop = await openAdapterPage('@storefront-support/adapters/zammad', 'ZammadAdapter');
    ({ page } = shop);
  });
  after(() => shop?.close());

  it('files a ticket with files', async () => {
    const number = await page.evaluate(`(async () => {
      ${DRAFT_IN_PAGE}
      const adapter = new ZammadAdapter(${JSON.stringify(options)});
      const keys = newKeys();
      const { id } = await adapter.attachments.upload(new File(['é'.repeat(70_000)], 'ünï 📎.txt', { type: 'text/plain' }), keys);
      return (await adapter.createTicket(draftOf('from Chromium', { attachmentIds: [id] }), { keys })).ticket.number;
    })()`);
    const { number: filed, title, body, files } = desk.tickets.at(-1)!;
    assert.deepEqual([number, title, plain(body)], [filed, 'Où est mon colis ? 📦', 'It has not come: from Chromium\n\n№ ORD-1']);
    assert.deepEqual([files[0]?.name, files[0]?.bytes.length], ['ünï 📎.txt', 140_000]);
    assert.deepEqual(desk.host.violations, []);
  });

  it('asks for a file again that the device has changed since it was chosen', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'chosen-'));
    const file = path.join(folder, 'a.txt');
    await writeFile(file, 'first');
    await page.evaluate(`document.body.innerHTML = '<input type="file">'`);
    await page.locator('input').setInputFiles(file);
    await page.exposeFunction('changeFile', () => writeFile(file, 'another text'));
    const submitted = submits();
    const code = await page.evaluate(`(async () => {
      ${DRAFT_IN_PAGE}
      const adapter = new ZammadAdapter(${JSON.stringify(options)});
      const keys = newKeys();
      const { id } = await adapter.attachments.upload(document.querySelector('input').files[0], keys);
      await changeFile();
      return adapter.createTicket(draftOf('changed', { attachmentIds: [id] }), { keys }).catch(({ code }) => code);
    })()`);
    await rm(folder, { recursive: true });
    assert.deepEqual([code, submits() - submitted], ['gone', 0]);
  });

  it('does the same when Object.prototype has members of others', async () => {
    const filed = desk.tickets.length;
    const times = await page.evaluate(`(async () => {
      ${DRAFT_IN_PAGE} ${POLLUTION_IN_PAGE}
      return withEachPollution(async () => {
        const { number, status } = (await new ZammadAdapter(${JSON.stringify(options)}).createTicket(draftOf('x'), { keys: newKeys() })).ticket;
        if (!/^31\\d+$/.test(number) || status !== 'open') throw new Error('number ' + number + ', status ' + status);
      });
    })()`);
    assert.equal(desk.tickets.length - filed, times);
    assert.deepEqual(desk.host.violations, []);
  });
});

/** Text as it was written: a form sends line breaks in its own way. */
function plain(text = ''): string {
  return text.replaceAll('\r\n', '\n');
}
