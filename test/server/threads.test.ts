import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Problem, ReplyReceipt, TicketSummary } from '@storefront-support/contract';
import {
  replyReceiptSchema,
  threadPageSchema,
  ticketPageSchema,
  ticketSummaryAnswerSchema,
} from '@storefront-support/contract/thread-schemas';
import { openCounterApp, type CounterApp, type FiledTicket } from '../support/counter-app.ts';
import { openDesks } from '../support/desks.ts';
import { newKeys } from '../support/ticket-request.ts';

const DAY = 24 * 3_600_000;

describe('threads', () => {
  let counter: CounterApp;

  before(async () => {
    counter = await openCounterApp(openDesks());
  });
  after(() => counter.close());

  const change = async (ticket: FiledTicket, body: object): Promise<TicketSummary> => {
    const answer = await counter.json<{ ticket: TicketSummary }>(`tickets/${ticket.number}`, 200, {
      method: 'PATCH',
      token: ticket.keys.secret,
      body,
    });
    return ticketSummaryAnswerSchema.parse(answer).ticket as TicketSummary;
  };
  const refusal = async (answer: Response): Promise<[number, Problem]> => {
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    return [answer.status, (await answer.json()) as Problem];
  };
  const texts = async (ticket: FiledTicket) =>
    (await counter.thread(ticket)).entries.map((entry) => (entry.type === 'message' ? entry.text : `[${entry.status}]`));

  it('begin with what was sent', async () => {
    const ticket = await counter.file({ message: 'First words' });
    const page = await counter.thread(ticket);
    assert.ok(threadPageSchema.safeParse(page).success);
    const [entry] = page.entries;
    assert.ok(entry?.type === 'message');
    assert.deepEqual(
      { ...entry, id: '' },
      {
        seq: 1,
        at: '2026-06-01T08:00:00.000Z',
        by: { kind: 'requester', name: 'Ann Example' },
        type: 'message',
        id: '',
        visibility: 'public',
        text: 'First words',
        attachments: [],
      },
    );
    assert.deepEqual([page.hasEarlier, page.hasLater], [false, false]);
    const { waitingFor, lastSeq, unread, firstRespondedAt, reopenUntil, rating } = page.ticket;
    assert.deepEqual([waitingFor, lastSeq, unread, firstRespondedAt, reopenUntil, rating], ['desk', 1, 0, null, null, null]);
  });

  it('say whose move it is, and what has not been read', async () => {
    const ticket = await counter.file();
    counter.room.pass(60_000);
    await counter.answer(ticket, 'An answer');
    await counter.answer(ticket, 'a note', { visibility: 'internal' });
    await counter.answer(ticket, 'Another');
    const answered = await counter.summary(ticket);
    assert.deepEqual([answered.waitingFor, answered.unread, answered.lastSeq], ['requester', 2, 4]);
    assert.equal(Date.parse(answered.firstRespondedAt ?? '') - Date.parse(answered.createdAt), 60_000);
    assert.deepEqual(await texts(ticket), ['It was due on Monday.', 'An answer', 'Another']);
    assert.deepEqual((await change(ticket, { seen: 2 })).unread, 1);
    assert.deepEqual((await change(ticket, { seen: 1 })).unread, 1);
    assert.deepEqual((await change(ticket, { seen: 99 })).unread, 0);
    await counter.answer(ticket, 'A third');
    assert.equal((await counter.summary(ticket)).unread, 1);
    const { ticket: replied } = await counter.replied(ticket, 'Thanks');
    assert.deepEqual([replied.waitingFor, replied.unread, replied.lastSeq], ['desk', 1, 6]);
  });

  it('present agents by the contact’s name where theirs is unknown', async () => {
    const ticket = await counter.file();
    await counter.answer(ticket, 'An answer');
    assert.deepEqual((await counter.thread(ticket)).entries[1]?.by, { kind: 'agent', name: 'Service' });
  });

  it('take a reply once, however often it is sent', async () => {
    const ticket = await counter.file();
    const keys = newKeys();
    const answers = await Promise.all(Array.from({ length: 50 }, () => counter.reply(ticket, 'Once', { keys })));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
    const receipts = (await Promise.all(answers.map((answer) => answer.json()))) as ReplyReceipt[];
    assert.ok(replyReceiptSchema.safeParse(receipts[0]).success);
    assert.equal(new Set(receipts.map(({ message }) => JSON.stringify(message))).size, 1);
    assert.deepEqual(await texts(ticket), ['It was due on Monday.', 'Once']);
    const [status, { code }] = await refusal(await counter.reply(ticket, 'Something else', { keys }));
    assert.deepEqual([status, code], [422, 'idempotency-mismatch']);
    const other = await counter.file();
    assert.equal((await refusal(await counter.reply(other, 'Once', { keys })))[1].code, 'idempotency-mismatch');
  });

  it('keep no text in the answers they store', async () => {
    const ticket = await counter.file();
    await counter.replied(ticket, 'canary-41');
    const rows = await counter.room.ports.store.read.selectFrom('idempotencyKey').select('answer').execute();
    assert.ok(rows.every(({ answer }) => !answer.includes('canary-41')));
  });

  it('leave no gap when twenty replies come at once', async () => {
    const ticket = await counter.file();
    await Promise.all(Array.from({ length: 20 }, (_, n) => counter.replied(ticket, `reply ${n}`)));
    const { entries } = await counter.thread(ticket);
    assert.deepEqual(
      entries.map(({ seq }) => seq),
      Array.from({ length: 21 }, (_, n) => n + 1),
    );
  });

  it('notify the contact of every reply', async () => {
    const ticket = await counter.file();
    const { message } = await counter.replied(ticket, 'More');
    const rows = await counter.room.ports.store.read
      .selectFrom('outbox')
      .select(['kind', 'seq'])
      .where('ticketId', '=', ticket.id)
      .orderBy('seq')
      .orderBy('kind')
      .execute();
    assert.deepEqual(rows.at(-1), { kind: 'notification', seq: message.seq });
  });

  it('are closed with a reason and opened again, each as an entry', async () => {
    const ticket = await counter.file();
    const closed = await change(ticket, { status: 'closed', reason: ' Solved it ' });
    assert.deepEqual([closed.status, closed.waitingFor], ['closed', null]);
    assert.equal(Date.parse(closed.reopenUntil ?? '') - Date.parse(closed.updatedAt), 14 * DAY);
    assert.equal((await change(ticket, { status: 'closed' })).lastSeq, closed.lastSeq);
    const opened = await change(ticket, { status: 'open' });
    assert.deepEqual([opened.status, opened.waitingFor, opened.reopenUntil], ['open', 'desk', null]);
    const { entries } = await counter.thread(ticket, '?after=1');
    assert.deepEqual(
      entries.map((entry) => entry.type === 'status' && [entry.seq, entry.status, entry.reason, entry.by.kind]),
      [
        [2, 'closed', 'Solved it', 'requester'],
        [3, 'open', '', 'requester'],
      ],
    );
  });

  it('are reopened by a reply within the desk’s window, and not after it', async () => {
    const [within, beyond, byHand] = [await counter.file(), await counter.file(), await counter.file()];
    for (const ticket of [within, beyond, byHand]) await counter.status(ticket, 'closed');
    counter.room.pass(14 * DAY - 1);
    const { ticket } = await counter.replied(within, 'Not quite');
    assert.deepEqual([ticket.status, ticket.waitingFor], ['open', 'desk']);
    assert.deepEqual(await texts(within), ['It was due on Monday.', '[closed]', '[open]', 'Not quite']);
    counter.room.pass(1);
    assert.equal((await counter.summary(beyond)).reopenUntil, null);
    assert.deepEqual((await refusal(await counter.reply(beyond, 'Too late')))[1].code, 'ticket-closed');
    const patch = { method: 'PATCH', token: byHand.keys.secret, body: { status: 'open', seen: 1 } };
    const [status, { code }] = await refusal(await counter.call(`tickets/${byHand.number}`, patch));
    assert.deepEqual([status, code], [409, 'ticket-closed']);
    assert.deepEqual(await texts(beyond), ['It was due on Monday.', '[closed]']);
  });

  it('open what was pending when their requester writes', async () => {
    const ticket = await counter.file();
    await counter.answer(ticket, 'Which colour?');
    await counter.status(ticket, 'pending1');
    assert.equal((await counter.summary(ticket)).waitingFor, 'requester');
    assert.equal((await counter.replied(ticket, 'Green')).ticket.status, 'open');
  });

  it('are rated, and rated again', async () => {
    const ticket = await counter.file();
    assert.deepEqual((await change(ticket, { rating: { score: 'bad', comment: '' } })).rating, { score: 'bad', comment: '' });
    assert.deepEqual((await change(ticket, { rating: { score: 'good', comment: 'Sorted' } })).rating, { score: 'good', comment: 'Sorted' });
  });

  it('refuse what is malformed, by the name of the field', async () => {
    const ticket = await counter.file();
    const fieldsOf = async (answer: Response) => {
      const [status, { code, fields }] = await refusal(answer);
      assert.deepEqual([status, code], [422, 'invalid-fields']);
      return Object.keys(fields ?? {});
    };
    const patch = async (body: unknown) =>
      fieldsOf(await counter.call(`tickets/${ticket.number}`, { method: 'PATCH', token: ticket.keys.secret, body }));
    assert.deepEqual(await patch({}), ['status']);
    assert.deepEqual(await patch({ status: 'pending1' }), ['status']);
    assert.deepEqual(await patch({ seen: -1 }), ['seen']);
    assert.deepEqual(await patch({ seen: 3_000_000_000 }), ['seen']);
    assert.deepEqual(await patch({ rating: { score: 'good' } }), ['rating.comment']);
    assert.deepEqual(await patch({ status: 'open', assigneeId: 'me' }), ['assigneeId']);
    assert.deepEqual(await fieldsOf(await counter.reply(ticket, ' ')), ['text']);
    assert.deepEqual(await fieldsOf(await counter.reply(ticket, 'x'.repeat(10_001))), ['text']);
    assert.deepEqual(await fieldsOf(await counter.reply(ticket, 'x', { attachmentIds: ['a'.repeat(43)] })), ['attachmentIds.0']);
    const page = (query: string) => counter.call(`tickets/${ticket.number}/messages${query}`, { token: ticket.keys.secret });
    assert.deepEqual(await fieldsOf(await page('?after=x')), ['after']);
    assert.deepEqual(await fieldsOf(await page('?limit=101')), ['limit']);
    assert.deepEqual(await fieldsOf(await page('?after=1&before=3')), ['before']);
    assert.deepEqual(await texts(ticket), ['It was due on Monday.']);
  });

  it('are listed for their requester’s device, by status and in pages', async () => {
    const tickets: FiledTicket[] = [];
    for (let n = 0; n < 5; n++) {
      counter.room.pass(1_000);
      tickets.push(await counter.file({ subject: `Listed ${n}` }));
    }
    const [first] = tickets as [FiledTicket];
    await counter.answer(first, 'Changed last');
    await counter.status(tickets[2] as FiledTicket, 'closed');
    const { token } = await counter.device(tickets);
    const all = await counter.list(token);
    assert.ok(ticketPageSchema.safeParse(all).success);
    assert.deepEqual([all.tickets.length, all.cursor, all.unread], [5, null, 1]);
    const subjects: (string | null)[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: typeof all = await counter.list(token, `?status=active&limit=3${cursor && `&cursor=${cursor}`}`);
      subjects.push(...page.tickets.map(({ subject }) => subject));
      assert.equal(page.unread, 1);
      ({ cursor } = page);
    }
    assert.equal(subjects.length, 4);
    assert.deepEqual(new Set(subjects), new Set(['Listed 0', 'Listed 4', 'Listed 3', 'Listed 1']));
    const closed = await counter.list(token, '?status=closed');
    assert.deepEqual(
      closed.tickets.map(({ subject }) => subject),
      ['Listed 2'],
    );
    assert.equal((await counter.call('tickets?cursor=nonsense', { token })).status, 422);
  });

  it('have the same answer for what does not exist and for what is another’s', async () => {
    const [mine, theirs] = [await counter.file(), await counter.file()];
    const { token } = await counter.device([mine]);
    const file = 'f'.repeat(43);
    const body = { text: 'x', attachmentIds: [], secret: newKeys().secret };
    const headers = { 'Idempotency-Key': newKeys().idempotencyKey, Origin: 'http://localhost:9' };
    for (const [below, call] of [
      ['', {}],
      ['/messages', {}],
      ['/messages', { method: 'POST', headers, body }],
      ['', { method: 'PATCH', body: { status: 'closed' } }],
      ['', { method: 'PATCH', body: { status: 'pending1' } }],
      [`/attachments/${file}`, {}],
      [`/attachments/${file}/links`, { method: 'POST' }],
    ] as const) {
      const seen = new Set<string>();
      for (const number of [theirs.number, theirs.number.toLowerCase(), '2222-2222', 'nothing']) {
        for (const bearer of [token, mine.keys.secret, newKeys().secret, undefined]) {
          const answer = await counter.call(`tickets/${number}${below}`, {
            headers: { Origin: 'http://localhost:9' },
            ...call,
            token: bearer,
          });
          seen.add(JSON.stringify([answer.status, [...answer.headers].sort(), await answer.text()]));
        }
      }
      assert.equal(seen.size, 1, [...seen].join('\n'));
      assert.match([...seen][0] ?? '', /^\[404,.*not-found/);
    }
    assert.equal((await counter.summary(theirs)).status, 'open');
  });
});

describe('replies', () => {
  it('are limited for one ticket and for one address', async () => {
    const [open] = openDesks() as [{ defences: object }];
    const counter = await openCounterApp([
      { ...open, defences: { ...open.defences, repliesPerTicketPerHour: 2, repliesPerAddressPerHour: 3 } },
    ]);
    try {
      const [one, two] = [await counter.file(), await counter.file()];
      const keys = newKeys();
      const statuses = async (ticket: FiledTicket, count: number) =>
        Promise.all(Array.from({ length: count }, async (_, n) => (await counter.reply(ticket, `${n}`, n === 0 ? { keys } : {})).status));
      assert.deepEqual((await statuses(one, 3)).sort(), [201, 201, 429]);
      assert.equal((await counter.reply(one, '0', { keys })).status, 201, 'a repetition costs nothing');
      assert.equal((await counter.reply(two, 'x')).status, 201);
      const refused = await counter.reply(two, 'y');
      assert.equal(refused.status, 429);
      assert.ok(Number(refused.headers.get('retry-after')) > 0);
      const patch = async (body: object) =>
        (await counter.call(`tickets/${two.number}`, { method: 'PATCH', token: two.keys.secret, body })).status;
      assert.equal(await patch({ status: 'closed' }), 429, 'a change of status is an entry too');
      assert.equal(await patch({ status: 'open', seen: 1, rating: { score: 'good', comment: '' } }), 200, 'what adds none costs nothing');
    } finally {
      await counter.close();
    }
  });

  it('never reopen where the desk says so', async () => {
    const [open] = openDesks() as [object];
    const counter = await openCounterApp([{ ...open, reopenDays: 0 }]);
    try {
      const ticket = await counter.file();
      await counter.status(ticket, 'closed');
      assert.equal((await counter.summary(ticket)).reopenUntil, null);
      assert.equal((await counter.reply(ticket, 'Please')).status, 409);
    } finally {
      await counter.close();
    }
  });
});
