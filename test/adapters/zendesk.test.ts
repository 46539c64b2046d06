import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { conformanceCases, type ConformanceFault } from '@storefront-support/contract/conformance';
import { ZendeskAdapter } from '@storefront-support/adapters/zendesk';
import type { Page } from 'playwright-core';
import { DRAFT_IN_PAGE, POLLUTION_IN_PAGE, openAdapterPage, type AdapterPage } from '../support/adapter-page.ts';
import { draftOf, keysOf } from '../support/help-desk-drafts.ts';
import { startZendesk } from '../support/stand-ins/zendesk/zendesk-desk.ts';

const FAULTS: ConformanceFault[] = ['status-500', 'drop-answer', 'stall', 'html-answer', 'empty-answer', 'no-content'];

const account = await startZendesk();
const options = { url: account.url, locale: 'en', otherWays: [], desk: '4711' };
const newAdapter = () => new ZendeskAdapter(options);
const label = () => new File(['Label'], 'étiquette & co.txt', { type: 'text/plain' });

after(() => account.host.close());

describe('the zendesk adapter', { concurrency: 1 }, async () => {
  const harness = {
    adapter: newAdapter,
    countTickets: () => account.requests.length,
    countable: true,
    stored: (marker: string) =>
      account.requests
        .filter(({ subject, body }) => subject.includes(marker) || body.includes(marker))
        .map(({ body, requester, files }) => ({
          message: body,
          email: requester.email,
          files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
        })),
    faults: FAULTS,
    fail: (fault: ConformanceFault) => void (account.host.fault = fault),
    lift: () => void (account.host.fault = undefined),
  };
  for (const { name, run } of await conformanceCases(harness)) it(name, run);

  it('asks for nothing that an anonymous request does not have', () => assert.deepEqual(account.host.violations, []));
});

describe('the zendesk adapter, towards the account', { concurrency: 1 }, () => {
  afterEach(() => Object.assign(account.settings, { anybody: true, perHour: 1_000, refusedEndings: [] }));

  it('gives the number of the request, and files it under the form with its order', async () => {
    const draft = draftOf();
    const { ticket, confirmationMail } = await newAdapter().createTicket(draft, { keys: keysOf() });
    const filed = account.requests.at(-1);
    assert.deepEqual([ticket?.number, ticket?.status, confirmationMail], [String(filed?.id), 'open', 'unknown']);
    assert.deepEqual(
      [filed?.requester, filed?.subject, filed?.body, filed?.form],
      [draft.requester, draft.subject, `${draft.message}\n\n№ ${draft.orderReference}`, 4711],
    );
  });

  it('sends files with the ticket, however long they have waited', async () => {
    const adapter = newAdapter();
    const keys = keysOf();
    const sent = account.uploads.length;
    const ids = [];
    for (const file of [label(), new File(['Two'], 'two.pdf', { type: 'application/pdf' })])
      ids.push((await adapter.attachments.upload(file, keys)).id);
    assert.equal(account.uploads.length, sent);
    account.advance(3 * 3_600_000);
    await adapter.createTicket(draftOf({ attachmentIds: ids }), { keys });
    assert.deepEqual(
      account.requests.at(-1)?.files.map(({ name, type }) => [name, type]),
      [
        ['étiquette & co.txt', 'text/plain'],
        ['two.pdf', 'application/pdf'],
      ],
    );
  });

  it('keeps files for the next try after a refusal, and gives them to one ticket', async () => {
    const adapter = newAdapter();
    const keys = keysOf();
    const { id } = await adapter.attachments.upload(label(), keys);
    account.settings.perHour = 0;
    await assert.rejects(adapter.createTicket(draftOf({ attachmentIds: [id] }), { keys }), { code: 'rate-limited', retryAfter: 3_600_000 });
    account.settings.perHour = 1_000;
    await adapter.createTicket(draftOf({ attachmentIds: [id] }), { keys });
    assert.equal(account.requests.at(-1)?.files.length, 1);
    await assert.rejects(adapter.createTicket(draftOf({ attachmentIds: [id] }), { keys }), { code: 'invalid-fields' });
  });

  it('tells of a file that the account does not take, and files nothing', async () => {
    account.settings.refusedEndings.push('.txt');
    const adapter = newAdapter();
    const keys = keysOf();
    const { id } = await adapter.attachments.upload(label(), keys);
    const filed = account.requests.length;
    await assert.rejects(adapter.createTicket(draftOf({ attachmentIds: [id] }), { keys }), { code: 'type-not-allowed' });
    assert.equal(account.requests.length, filed);
  });

  it('leaves no doubt where a file was lost on its way, before any ticket', async () => {
    const adapter = newAdapter();
    const keys = keysOf();
    const { id } = await adapter.attachments.upload(label(), keys);
    account.host.fault = 'drop-answer';
    const sending = adapter.createTicket(draftOf({ attachmentIds: [id] }), { keys });
    await assert.rejects(sending, { code: 'load-failed', retryable: true }).finally(() => (account.host.fault = undefined));
  });

  it('says what to allow where people have to register', async () => {
    account.settings.anybody = false;
    await assert.rejects(newAdapter().createTicket(draftOf(), { keys: keysOf() }), { code: 'misconfigured', message: /End users/ });
  });
});

describe('the zendesk adapter in Chromium, on another origin', { concurrency: 1 }, () => {
  let shop: AdapterPage;
  let page: Page;
  before(async () => {
    shop = await openAdapterPage('@storefront-support/adapters/zendesk', 'ZendeskAdapter');
    ({ page } = shop);
  });
  after(() => shop?.close());

  it('files a request with files, after asking for permission', async () => {
    const number = await page.evaluate(`(async () => {
      ${DRAFT_IN_PAGE}
      const adapter = new ZendeskAdapter(${JSON.stringify(options)});
      const keys = newKeys();
      const { id } = await adapter.attachments.upload(new File(['é'.repeat(70_000)], 'ünï 📎.txt', { type: 'text/plain' }), keys);
      return (await adapter.createTicket(draftOf('from Chromium', { attachmentIds: [id] }), { keys })).ticket.number;
    })()`);
    const { id, subject, body, files } = account.requests.at(-1)!;
    assert.deepEqual([number, subject, body], [String(id), 'Où est mon colis ? 📦', 'It has not come: from Chromium\n\n№ ORD-1']);
    assert.deepEqual([files[0]?.name, files[0]?.bytes.length], ['ünï 📎.txt', 140_000]);
    assert.ok(account.host.seen.some((line) => line === 'OPTIONS /api/v2/requests.json'));
    assert.deepEqual(account.host.violations, []);
  });

  it('does the same when Object.prototype has members of others', async () => {
    const filed = account.requests.length;
    const times = await page.evaluate(`(async () => {
      ${DRAFT_IN_PAGE} ${POLLUTION_IN_PAGE}
      return withEachPollution(async () => {
        const { number, status } = (await new ZendeskAdapter(${JSON.stringify(options)}).createTicket(draftOf('x'), { keys: newKeys() })).ticket;
        if (!/^35\\d+$/.test(number) || status !== 'open') throw new Error('number ' + number + ', status ' + status);
      });
    })()`);
    assert.equal(account.requests.length - filed, times);
    assert.deepEqual(account.host.violations, []);
  });
});
