import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { MemoryAdapter, MemoryBackend, demoDesk } from '@storefront-support/adapters/memory';
import { draft as plain, keys } from './scripted-server.ts';

const DAY_MS = 86_400_000;
const draft = { ...plain, contactId: 'customer-service' };
const other = (letter: string) => ({ idempotencyKey: letter.repeat(22), secret: letter.repeat(43) });

describe('the memory backend', () => {
  let now: number;
  let backend: MemoryBackend;
  let adapter: MemoryAdapter;
  let number: string;
  const token = keys.secret;

  beforeEach(async () => {
    now = Date.parse('2026-11-22T10:00:00Z');
    backend = new MemoryBackend(demoDesk, () => now);
    adapter = new MemoryAdapter({ backend });
    ({ number } = (await adapter.createTicket(draft, { keys })).ticket);
  });

  it('lets a ticket be reopened for two weeks', async () => {
    const { tracking } = adapter;
    const closed = await tracking.setStatus(number, { status: 'closed' }, { token });
    assert.equal(closed.reopenUntil, '2026-12-06T10:00:00.000Z');
    now += 14 * DAY_MS - 1;
    await tracking.setStatus(number, { status: 'open' }, { token });
    await tracking.setStatus(number, { status: 'closed' }, { token });
    const reply = { text: 'Again', attachmentIds: [] };
    await tracking.reply(number, reply, { token, keys: other('a') });
    await tracking.setStatus(number, { status: 'closed' }, { token });
    now += 14 * DAY_MS;
    await assert.rejects(tracking.setStatus(number, { status: 'open' }, { token }), { code: 'ticket-closed' });
    await assert.rejects(tracking.reply(number, reply, { token, keys: other('b') }), { code: 'ticket-closed' });
    // what was answered before is answered again
    await tracking.reply(number, reply, { token, keys: other('a') });
    assert.equal((await tracking.getThread(number, { token })).ticket.reopenUntil, null);
  });

  it('lets a device in for a month after it was used last, a person for a month', async () => {
    const { tracking, signIn } = adapter;
    const device = await tracking.openDevice({ tickets: [{ number, secret: token }] });
    const person = await signIn.openSession({ identityToken: backend.signIdentity(draft.requester) });
    now += 29 * DAY_MS;
    await tracking.listTickets(device);
    await tracking.listTickets(person);
    now += 2 * DAY_MS;
    await tracking.listTickets(device);
    await assert.rejects(tracking.listTickets(person), { code: 'not-signed-in' });
    backend.expireSessions();
    await assert.rejects(tracking.listTickets(device), { code: 'not-signed-in' });
  });

  it('takes links and tokens for ten minutes', async () => {
    const { signIn } = adapter;
    const browserSecret = 'b'.repeat(43);
    await signIn.requestLink({ email: draft.requester.email.toUpperCase(), browserSecret, locale: 'fr' });
    const identityToken = backend.signIdentity(draft.requester);
    const [mail] = backend.mails;
    assert.deepEqual([backend.mails.length, mail?.locale], [1, 'fr']);
    now += 10 * 60_000 + 1;
    await assert.rejects(signIn.openSession({ linkToken: mail?.linkToken ?? '', browserSecret }), { code: 'gone' });
    await assert.rejects(signIn.openSession({ identityToken }), { code: 'invalid-fields' });
  });

  it('tells every adapter on it, until the session or the stream ends', async () => {
    const { token: session } = await adapter.tracking.openDevice({ tickets: [{ number, secret: token }] });
    const follow = () => {
      const { promise: opened, resolve: onOpen } = Promise.withResolvers<void>();
      const { promise: told, resolve: onHint } = Promise.withResolvers<unknown>();
      const ended = new MemoryAdapter({ backend }).tracking.follow({ token: session, onOpen, onHint });
      return { opened, told, ended };
    };
    const followers = [follow(), follow()];
    await Promise.all(followers.map(({ opened }) => opened));
    await backend.answer(number, 'Nobody is told of this.', { agent: 'Ann', internal: true });
    await backend.answer(number, 'On its way.', { agent: 'Ann' });
    for (const { told } of followers) assert.deepEqual(await told, { number, seq: 3 });
    backend.cutStreams();
    for (const { ended } of followers) await assert.rejects(ended, { code: 'network' });
    const last = follow();
    await last.opened;
    backend.expireSessions();
    await assert.rejects(last.ended, { code: 'network' });
    await assert.rejects(follow().ended, { code: 'not-signed-in' });
  });

  it('hands out files of answers, and none of a note', async () => {
    const bytes = new TextEncoder().encode('Label é');
    const file = new File([bytes], 'label.txt', { type: 'text/plain' });
    const answer = await backend.answer(number, 'Here.', { agent: 'Ann', files: [file] });
    const note = await backend.answer(number, 'Not there.', { agent: 'Ann', files: [file], internal: true });
    const { tracking } = adapter;
    const id = answer.attachments[0]?.id ?? '';
    assert.equal(await (await tracking.getAttachment(number, id, { token })).text(), 'Label é');
    const { url, expiresAt } = await tracking.linkAttachment(number, id, { token });
    assert.equal(await (await fetch(url)).text(), 'Label é');
    assert.equal(expiresAt, '2026-11-22T10:05:00.000Z');
    await assert.rejects(tracking.getAttachment(number, note.attachments[0]?.id ?? '', { token }), { code: 'not-found' });
  });

  it('gives hundreds of tickets in pages that fit together while tickets change', async () => {
    const tickets = [{ number, secret: token }];
    for (let n = 0; n < 120; n++) {
      const secret = String(n).padStart(43, 'x');
      const { ticket } = await adapter.createTicket(draft, { keys: { idempotencyKey: 'k'.repeat(22), secret } });
      tickets.push({ number: ticket.number, secret });
    }
    const { token: session } = await adapter.tracking.openDevice({ tickets });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await adapter.tracking.listTickets({ token: session, cursor });
      seen.push(...page.tickets.map(({ number: listed }) => listed));
      cursor = page.cursor ?? undefined;
      if (seen.length === 50) await backend.answer(number, 'Changed meanwhile', { agent: 'Ann' });
    } while (cursor);
    // the oldest was changed after its page was due: it has moved to the front
    assert.deepEqual(
      seen,
      tickets
        .slice(1)
        .map((ticket) => ticket.number)
        .toReversed(),
    );
    assert.equal((await adapter.tracking.listTickets({ token: session })).tickets[0]?.number, number);
  });

  it('refuses what is out of bounds by name', async () => {
    const { tracking, signIn } = adapter;
    const { token: session } = await tracking.openDevice({ tickets: [] });
    const tickets = Array.from({ length: 201 }, () => ({ number, secret: token }));
    for (const [field, call] of [
      ['tickets', tracking.openDevice({ tickets })],
      ['reason', tracking.setStatus(number, { status: 'closed', reason: 'x'.repeat(1_001) }, { token })],
      ['seen', tracking.markSeen(number, -1, { token })],
      ['rating.comment', tracking.rate(number, { score: 'bad', comment: 'x'.repeat(1_001) }, { token })],
      ['rating.score', tracking.rate(number, { score: 'meh' as never, comment: '' }, { token })],
      ['before', tracking.getThread(number, { token, after: 1, before: 2 })],
      ['limit', tracking.getThread(number, { token, limit: 101 })],
      ['cursor', tracking.listTickets({ token: session, cursor: 'x' })],
      ['email', signIn.requestLink({ email: 'nobody', browserSecret: token, locale: 'en' })],
    ] as const)
      await assert.rejects(call, (error: { code: string; fields: object }) => {
        assert.deepEqual([error.code, Object.keys(error.fields)], ['invalid-fields', [field]]);
        return true;
      });
  });

  it('fails on demand, in what reads and in what writes', async () => {
    backend.readFault = 'unavailable';
    await assert.rejects(adapter.tracking.getThread(number, { token }), { code: 'unavailable' });
    backend.readFault = undefined;
    backend.fault = 'rate-limited';
    await adapter.tracking.getThread(number, { token });
    await assert.rejects(adapter.tracking.markSeen(number, 1, { token }), { code: 'rate-limited' });
  });
});
