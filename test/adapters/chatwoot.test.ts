import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import type { TicketHint } from '@storefront-support/contract';
import { conformanceCases, type ConformanceFault } from '@storefront-support/contract/conformance';
import { ChatwootAdapter } from '@storefront-support/adapters/chatwoot';
import type { Page } from 'playwright-core';
import { DRAFT_IN_PAGE, POLLUTION_IN_PAGE, openAdapterPage, type AdapterPage } from '../support/adapter-page.ts';
import { draftOf, keysOf } from '../support/help-desk-drafts.ts';
import { startChatwoot } from '../support/stand-ins/chatwoot/chatwoot-inbox.ts';

const FAULTS: ConformanceFault[] = ['status-500', 'drop-answer', 'stall', 'html-answer', 'empty-answer', 'no-content'];

const inbox = await startChatwoot();
const options = { url: inbox.url, desk: inbox.identifier, locale: 'en', otherWays: [] };
const newAdapter = () => new ChatwootAdapter(options);
const last = () => inbox.conversations.at(-1)!;

after(() => inbox.host.close());

/** A ticket that has just been filed. */
async function filed(changes = {}) {
  const adapter = newAdapter();
  const [draft, keys] = [draftOf(changes), keysOf()];
  const { ticket } = await adapter.createTicket(draft, { keys });
  return { adapter, draft, keys, number: ticket?.number ?? '', token: keys.secret, port: adapter.tracking };
}

describe('the chatwoot adapter', { concurrency: 1 }, async () => {
  const harness = {
    adapter: newAdapter,
    countTickets: () => inbox.conversations.filter(({ messages }) => messages.length > 0).length,
    countable: true,
    faults: FAULTS,
    fail: (fault: ConformanceFault) => void (inbox.host.fault = fault),
    lift: () => void (inbox.host.fault = undefined),
    answer: (number: string, text: string, { internal }: { internal: boolean }) => inbox.answer(Number(number), text, { internal }),
  };
  for (const { name, run } of await conformanceCases(harness)) it(name, run);

  it('asks for nothing that the client API does not have', () => assert.deepEqual(inbox.host.violations, []));
});

describe('the chatwoot adapter, towards the inbox', { concurrency: 1 }, () => {
  afterEach(() => Object.assign(inbox.settings, { hmacMandatory: false, perMinute: 3_000 }));

  it('shows agents the subject, the address and the order, and takes them apart again', async () => {
    const { draft, adapter, number, token } = await filed();
    assert.equal(last().messages[0]?.content, `${draft.subject}\n${draft.requester.email} · № ${draft.orderReference}\n\n${draft.message}`);
    assert.deepEqual(last().attributes, { order_reference: draft.orderReference, locale: 'fr-CA' });
    const { subject, message, orderReference } = await adapter.getTicket(number, { secret: token });
    assert.deepEqual([subject, message, orderReference], [draft.subject, draft.message, draft.orderReference]);
    const [entry] = (await adapter.tracking.getThread(number, { token })).entries;
    assert.equal(entry?.type === 'message' && entry.text, draft.message);
  });

  it('gives every ticket a contact of its own, which nobody finds by the address', async () => {
    const requester = { name: 'Zoë', email: 'zoe@example.com' };
    const mine = await filed({ requester });
    const other = await filed({ requester });
    assert.notEqual(inbox.contacts.get(mine.token)?.contact, inbox.contacts.get(other.token)?.contact);
    const from = `${inbox.url}/public/api/v1/inboxes/${inbox.identifier}/contacts`;
    const body = JSON.stringify({ email: requester.email, source_id: 'stranger' });
    await fetch(from, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { status } = await fetch(`${from}/stranger/conversations/${mine.number}/messages`);
    assert.equal(status, 404);
  });

  it('finds what a lost answer has filed when it is sent again, and takes no other draft for it', async () => {
    const adapter = newAdapter();
    const [draft, keys] = [draftOf(), keysOf()];
    const before = inbox.conversations.length;
    const first = await adapter.createTicket(draft, { keys });
    const again = await newAdapter().createTicket(draft, { keys });
    assert.deepEqual([again.ticket, inbox.conversations.length - before], [first.ticket, 1]);
    await assert.rejects(adapter.createTicket({ ...draft, message: 'Another' }, { keys }), { code: 'idempotency-mismatch' });
  });

  it('goes on with a ticket whose message did not arrive, and begins no other', async () => {
    let cut = true;
    const fetchOnce: typeof fetch = (input, init) => {
      if (!cut || !String(input).endsWith('/messages')) return fetch(input, init);
      cut = false;
      return Promise.reject(new TypeError('the connection was cut'));
    };
    const adapter = new ChatwootAdapter({ ...options, fetch: fetchOnce });
    const [draft, keys] = [draftOf(), keysOf()];
    const before = inbox.conversations.length;
    await assert.rejects(adapter.createTicket(draft, { keys }), { code: 'network' });
    await assert.rejects(adapter.getTicket(String(last().id), { secret: keys.secret }), { code: 'not-found' });
    await adapter.createTicket(draft, { keys });
    assert.deepEqual([inbox.conversations.length - before, last().messages.length], [1, 1]);
  });

  it('names who has written, and shows nothing that agents keep among themselves', async () => {
    const { port, number, token } = await filed();
    inbox.answer(Number(number), 'He writes often.', { internal: true });
    inbox.answer(Number(number), 'It is on its way.');
    const { entries, ticket } = await port.getThread(number, { token });
    assert.deepEqual(
      entries.map((entry) => [entry.seq, entry.by.kind, entry.by.name]),
      [
        [1, 'requester', 'Zoë Ångström'],
        [2, 'agent', 'Ann'],
      ],
    );
    assert.deepEqual([ticket.waitingFor, ticket.unread, ticket.lastSeq], ['requester', 1, 2]);
  });

  it('tells the status that agents have given, and reopens by a reply alone', async () => {
    const { port, number, token } = await filed();
    const told = async () => (await port.getThread(number, { token })).ticket.status;
    for (const [theirs, ours] of [
      ['pending', 'pending1'],
      ['snoozed', 'pending2'],
      ['resolved', 'closed'],
    ] as const) {
      inbox.setStatus(Number(number), theirs);
      assert.equal(await told(), ours);
    }
    await assert.rejects(port.setStatus(number, { status: 'open' }, { token }), { code: 'ticket-closed' });
    await port.reply(number, { text: 'It broke again.', attachmentIds: [] }, { token, keys: keysOf() });
    assert.equal(await told(), 'open');
  });

  it('writes the reason for closing as a message', async () => {
    const { port, number, token } = await filed();
    const { status } = await port.setStatus(number, { status: 'closed', reason: 'Found it' }, { token });
    assert.deepEqual([status, last().status, last().messages.at(-2)?.content], ['closed', 'resolved', 'Found it']);
  });

  it('has neither ratings nor previews, and links to files that agents have sent', async () => {
    const { port, number, token } = await filed();
    assert.deepEqual([port.rate, port.getAttachment, port.bareStatus], [undefined, undefined, true]);
    inbox.answer(Number(number), 'See here', {
      files: [{ name: 'étiquette & co.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF') }],
    });
    const { entries } = await port.getThread(number, { token });
    const [file] = entries.flatMap((entry) => (entry.type === 'message' ? entry.attachments : []));
    assert.deepEqual([file?.name, file?.size, file?.type, file?.sha256], ['étiquette & co.pdf', 4, 'application/pdf', '']);
    const { url } = await port.linkAttachment(number, file?.id ?? '', { token });
    assert.equal(await (await fetch(url)).text(), '%PDF');
  });

  it('gives the same session to every tab, and another page none', async () => {
    const { port, number, keys } = await filed();
    const tickets = [{ number, secret: keys.secret }];
    const { token } = await port.openDevice({ tickets });
    assert.equal((await newAdapter().tracking.openDevice({ tickets })).token, token);
    const elsewhere = new ChatwootAdapter({ ...options, desk: 'another' });
    await assert.rejects(elsewhere.tracking.listTickets({ token }), { code: 'not-signed-in' });
  });

  it('ends following with an error when the connection is cut, so that it is begun again', async () => {
    const { port, number, keys } = await filed();
    const { token } = await port.openDevice({ tickets: [{ number, secret: keys.secret }] });
    const opened = Promise.withResolvers<void>();
    const following = port.follow({ token, onHint: () => undefined, onOpen: opened.resolve });
    await opened.promise;
    inbox.cutStreams();
    await assert.rejects(following, { code: 'network', retryable: true });
  });

  it('enters an inbox that takes nobody whom the shop has not signed in', async () => {
    inbox.settings.hmacMandatory = true;
    await assert.rejects(newAdapter().createTicket(draftOf(), { keys: keysOf() }), { code: 'load-failed' });
    const identifierHash = createHmac('sha256', inbox.settings.hmacToken).update('customer-7').digest('hex');
    const adapter = new ChatwootAdapter({ ...options, identity: { identifier: 'customer-7', identifierHash } });
    const [draft, keys] = [draftOf(), keysOf()];
    const first = await adapter.createTicket(draft, { keys });
    assert.deepEqual((await adapter.createTicket(draft, { keys })).ticket, first.ticket);
    const second = await adapter.createTicket(draftOf(), { keys: keysOf() });
    assert.notEqual(second.ticket?.number, first.ticket?.number);
  });

  it('names what a tag without an inbox lacks', async () => {
    await assert.rejects(new ChatwootAdapter({ ...options, desk: '' }).getDesk(), { code: 'misconfigured', message: /desk="…"/ });
  });

  it('says that too much was asked', async () => {
    inbox.settings.perMinute = 0;
    await assert.rejects(newAdapter().createTicket(draftOf(), { keys: keysOf() }), { code: 'rate-limited', retryable: true });
  });
});

describe('the chatwoot adapter in Chromium, on another origin', { concurrency: 1 }, () => {
  let shop: AdapterPage;
  let page: Page;
  before(async () => {
    shop = await openAdapterPage('@storefront-support/adapters/chatwoot', 'ChatwootAdapter');
    ({ page } = shop);
  });
  after(() => shop?.close());

  it('files a ticket with files, hears of an answer, replies and closes', async () => {
    await page.evaluate(`(async () => {
      ${DRAFT_IN_PAGE}
      const adapter = new ChatwootAdapter(${JSON.stringify(options)});
      const { tracking } = adapter;
      const keys = newKeys();
      const { id } = await adapter.attachments.upload(new File(['é'.repeat(70_000)], 'ünï 📎.txt', { type: 'text/plain' }), keys);
      const { ticket: { number } } = await adapter.createTicket(draftOf('from Chromium', { attachmentIds: [id] }), { keys });
      const { token } = await tracking.openDevice({ tickets: [{ number, secret: keys.secret }] });
      const hints = [];
      const stop = new AbortController();
      const heard = Promise.withResolvers(), opened = Promise.withResolvers();
      const following = tracking.follow({ token, signal: stop.signal, onOpen: opened.resolve, onHint: (hint) => { hints.push(hint); heard.resolve(); } });
      await opened.promise;
      window.heard = async () => {
        await heard.promise;
        const { entries, ticket } = await tracking.getThread(number, { token: keys.secret });
        await tracking.markSeen(number, ticket.lastSeq, { token });
        await tracking.reply(number, { text: 'Thank you', attachmentIds: [] }, { token, keys: newKeys() });
        const closed = await tracking.setStatus(number, { status: 'closed' }, { token });
        stop.abort();
        await following;
        return { hints, texts: entries.map(({ text }) => text), files: entries[0].attachments.map(({ name, size }) => [name, size]), status: closed.status };
      };
    })()`);
    const { id } = last();
    inbox.answer(id, 'It is on its way.');
    const { hints, ...shown } = (await page.evaluate('window.heard()')) as { hints: TicketHint[] };
    assert.deepEqual(hints[0], { number: String(id), seq: 2 });
    assert.deepEqual(shown, {
      texts: ['It has not come: from Chromium', 'It is on its way.'],
      files: [['ünï 📎.txt', 140_000]],
      status: 'closed',
    });
    assert.deepEqual([last().status, last().messages.at(-2)?.content], ['resolved', 'Thank you']);
    assert.deepEqual(inbox.host.violations, []);
  });

  it('could not read the bytes of a file, which the installation lets no other origin do', async () => {
    const { port, number, token } = await filed();
    inbox.answer(Number(number), 'See here', { files: [{ name: 'a.png', type: 'image/png', bytes: Buffer.from('png') }] });
    const { entries } = await port.getThread(number, { token });
    const id = entries.flatMap((entry) => (entry.type === 'message' ? entry.attachments : []))[0]?.id ?? '';
    const { url } = await port.linkAttachment(number, id, { token });
    assert.equal(await page.evaluate(`fetch(${JSON.stringify(url)}).then(() => 'read', ({ name }) => name)`), 'TypeError');
  });

  it('does the same when Object.prototype has members of others', async () => {
    const before = inbox.conversations.length;
    const times = await page.evaluate(`(async () => {
      ${DRAFT_IN_PAGE} ${POLLUTION_IN_PAGE}
      return withEachPollution(async () => {
        const adapter = new ChatwootAdapter(${JSON.stringify(options)});
        const keys = newKeys();
        const { ticket: { number, status } } = await adapter.createTicket(draftOf('x'), { keys });
        const { token } = await adapter.tracking.openDevice({ tickets: [{ number, secret: keys.secret }] });
        await adapter.tracking.reply(number, { text: 'And', attachmentIds: [] }, { token, keys: newKeys() });
        const { tickets } = await adapter.tracking.listTickets({ token });
        if (status !== 'open' || tickets[0].number !== number || tickets[0].lastSeq !== 2) throw new Error(JSON.stringify(tickets));
      });
    })()`);
    assert.equal(inbox.conversations.length - before, times);
    assert.deepEqual(inbox.host.violations, []);
  });
});
