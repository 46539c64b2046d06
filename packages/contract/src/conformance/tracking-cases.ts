import type { TicketHint } from '../adapter.js';
import type { ConformanceCase } from '../conformance.js';
import { openedSessionSchema, threadPageSchema, ticketPageSchema, ticketSummarySchema } from '../thread-schemas.js';
import type { TicketSummary } from '../thread.js';
import { bytesOf, newKeys, randomToken, ratingOf, type Bench } from './bench.js';
import { expect, expectEqual, expectRejection, expectShape } from './expect.js';
import { deviceToken, fileTicket, messagesOf, say } from './followed-ticket.js';

/** Reading and following what was sent. None where the adapter cannot. */
export function trackingCases(bench: Bench): ConformanceCase[] {
  const { harness } = bench;
  if (!bench.adapter.tracking) return [];
  const { rate, bareStatus } = bench.adapter.tracking;
  const cases: ConformanceCase[] = [
    {
      name: 'opens a session for the tickets of a device, and for no other',
      async run() {
        const [first, second, foreign] = [await fileTicket(bench), await fileTicket(bench), await fileTicket(bench)];
        const tickets = [
          { number: first.number, secret: first.keys.secret },
          { number: foreign.number, secret: newKeys().secret },
          { number: '2222-2222', secret: newKeys().secret },
          { number: second.number, secret: second.keys.secret },
        ];
        const opened = await first.port.openDevice({ tickets });
        expectShape(opened, openedSessionSchema, 'the session');
        const { session, token, numbers } = opened;
        expect(/^[\w-]{43}$/.test(token), `a token of ${token.length} characters`);
        expectEqual([session.via, session.requester, session.current], ['device', null, true], 'the session');
        expect(
          Date.parse(session.expiresAt) > Date.parse(session.createdAt),
          `a session from ${session.createdAt} to ${session.expiresAt}`,
        );
        expectEqual(numbers.toSorted(), [first.number, second.number].toSorted(), 'numbers that the secrets open');
        const page = await second.port.listTickets({ token });
        expectShape(page, ticketPageSchema, 'the list');
        expectEqual(numbersOf(page.tickets), [first.number, second.number].toSorted(), 'tickets of the session');
        expectEqual([page.cursor, page.unread], [null, 0], 'cursor and unread');
        await expectRejection(first.port.getThread(foreign.number, { token }), ['not-found'], 'a thread of another device');
      },
    },
    {
      name: 'shows a new ticket alike in its list and in its thread, by secret and by session',
      async run() {
        const filed = await fileTicket(bench);
        const { draft, port, number, access } = filed;
        const token = await deviceToken([filed]);
        const thread = await port.getThread(number, access);
        expectEqual(await port.getThread(number, { token }), thread, 'the thread by session, compared with the thread by secret');
        expectEqual((await port.listTickets({ token })).tickets, [thread.ticket], 'the list, compared with the thread');
        const { ticket, entries } = thread;
        const { contactId, status, waitingFor, unread, firstRespondedAt, reopenUntil, rating } = ticket;
        expectEqual(
          { contactId, status, waitingFor, unread, firstRespondedAt, reopenUntil, rating },
          {
            contactId: draft.contactId,
            status: 'open',
            waitingFor: 'desk',
            unread: 0,
            firstRespondedAt: null,
            reopenUntil: null,
            rating: null,
          },
          'the ticket',
        );
        expectEqual([thread.hasEarlier, thread.hasLater, entries.length], [false, false, 1], 'pages around, entries');
        const [message] = await messagesOf(filed);
        expectEqual([message?.seq, message?.by.kind, message?.visibility], [ticket.lastSeq, 'requester', 'public'], 'the first message');
        if (bench.contact.keepsMessages)
          expectEqual([ticket.subject, message?.text], [draft.subject, draft.message], 'subject and message');
      },
    },
    {
      name: 'answers every token that does not open a ticket as if there were none',
      async run() {
        const [mine, other] = [await fileTicket(bench), await fileTicket(bench)];
        for (const [number, token] of [
          [other.number, mine.keys.secret],
          [other.number, newKeys().secret],
          [other.number, await deviceToken([mine])],
          ['2222-2222', mine.keys.secret],
        ] as const) {
          const { port } = mine;
          const refused: [what: string, call: () => Promise<unknown>][] = [
            ['reading', () => port.getThread(number, { token })],
            ['replying', () => port.reply(number, { text: 'Hello', attachmentIds: [] }, { token, keys: newKeys() })],
            ['closing', () => port.setStatus(number, { status: 'closed' }, { token })],
            ['marking', () => port.markSeen(number, 1, { token })],
            ['linking a file', () => port.linkAttachment(number, randomToken(32), { token })],
          ];
          if (port.rate) refused.push(['rating', () => ratingOf(port)(number, { score: 'good', comment: '' }, { token })]);
          if (port.getAttachment) refused.push(['fetching a file', () => bytesOf(port)(number, randomToken(32), { token })]);
          for (const [what, call] of refused) await expectRejection(call(), ['not-found'], what);
        }
        const { entries, ticket } = await other.port.getThread(other.number, other.access);
        expectEqual([entries.length, ticket.status, ticket.rating], [1, 'open', null], 'entries, status and rating of the other ticket');
      },
    },
    {
      name: 'lists and follows for a session alone',
      async run() {
        const { port, access } = await fileTicket(bench);
        for (const token of [access.token, newKeys().secret]) {
          await expectRejection(port.listTickets({ token }), ['not-signed-in'], 'a list without a session');
          const following = bench.promptly(port.follow({ token, onHint: () => undefined }), 'following without a session');
          await expectRejection(following, ['not-signed-in'], 'following without a session');
        }
      },
    },
    {
      name: 'gives a long thread in parts that fit together',
      async run() {
        const filed = await fileTicket(bench);
        const { port, number, access } = filed;
        for (let n = 1; n <= 6; n++) await say(filed, `Part ${n}`);
        const whole = await port.getThread(number, access);
        const seqs = whole.entries.map(({ seq }) => seq);
        expectEqual(
          seqs,
          [...new Set(seqs)].toSorted((a, b) => a - b),
          'sequence numbers',
        );
        expectEqual([seqs.length, whole.ticket.lastSeq], [7, seqs[6]], 'entries and the last of them');
        const newest = await port.getThread(number, { ...access, limit: 3 });
        expectEqual([newest.entries, newest.hasEarlier, newest.hasLater], [whole.entries.slice(4), true, false], 'the newest');
        const earlier = await port.getThread(number, { ...access, limit: 3, before: seqs[4] });
        expectEqual([earlier.entries, earlier.hasEarlier, earlier.hasLater], [whole.entries.slice(1, 4), true, true], 'those before');
        const first = await port.getThread(number, { ...access, limit: 3, before: seqs[1] });
        expectEqual([first.entries, first.hasEarlier, first.hasLater], [whole.entries.slice(0, 1), false, true], 'the first');
        const later = await port.getThread(number, { ...access, limit: 3, after: seqs[1] });
        expectEqual([later.entries, later.hasEarlier, later.hasLater], [whole.entries.slice(2, 5), true, true], 'those after');
        const none = await port.getThread(number, { ...access, after: seqs[6] });
        expectEqual([none.entries, none.hasLater], [[], false], 'those after the last');
      },
    },
    {
      name: bareStatus === true ? 'closes with a reason' : 'closes with a reason, reopens, and tells of both',
      async run() {
        const { port, number, access } = await fileTicket(bench);
        const closed = await port.setStatus(number, { status: 'closed', reason: 'Found it – merci !' }, access);
        expectEqual([closed.status, closed.waitingFor], ['closed', null], 'status and who is waited for');
        expect(Date.parse(closed.reopenUntil ?? '') > Date.parse(closed.updatedAt), `reopened until ${closed.reopenUntil}`);
        const again = await port.setStatus(number, { status: 'closed', reason: 'Once more' }, access);
        expectEqual(again.lastSeq, closed.lastSeq, 'the last entry after closing twice');
        if (bareStatus === true) return;
        const open = await port.setStatus(number, { status: 'open' }, access);
        expectEqual([open.status, open.reopenUntil], ['open', null], 'status and time to reopen');
        const thread = await port.getThread(number, access);
        expectShape(thread, threadPageSchema, 'the thread');
        const { entries } = thread;
        const changes = entries.flatMap((entry) => (entry.type === 'status' ? [[entry.by.kind, entry.status, entry.reason]] : []));
        expectShape(open, ticketSummarySchema, 'the ticket');
        expectEqual(
          changes,
          [
            ['requester', 'closed', 'Found it – merci !'],
            ['requester', 'open', ''],
          ],
          'changes of status',
        );
      },
    },
    {
      name: 'lists what is active and what is closed, the last changed first',
      async run() {
        const tickets = [await fileTicket(bench), await fileTicket(bench), await fileTicket(bench)];
        const [first, second, third] = tickets as [(typeof tickets)[0], (typeof tickets)[0], (typeof tickets)[0]];
        const token = await deviceToken(tickets);
        await second.port.setStatus(second.number, { status: 'closed' }, second.access);
        await say(third, 'Third');
        await say(first, 'First');
        const listed = async (status?: 'active' | 'closed') =>
          (await first.port.listTickets({ token, status })).tickets.map(({ number }) => number);
        expectEqual(await listed(), [first.number, third.number, second.number], 'all');
        expectEqual(await listed('active'), [first.number, third.number], 'active ones');
        expectEqual(await listed('closed'), [second.number], 'closed ones');
      },
    },
    {
      name: 'tells of a change in a followed ticket, and of no other',
      async run() {
        const [mine, other] = [await fileTicket(bench), await fileTicket(bench)];
        const stop = new AbortController();
        const hints: TicketHint[] = [];
        const { promise: told, resolve: onTold } = Promise.withResolvers<void>();
        const { promise: opened, resolve: onOpen } = Promise.withResolvers<void>();
        const onHint = (hint: TicketHint) => {
          hints.push(hint);
          if (hint.number === mine.number && hint.seq >= seq) onTold();
        };
        let seq = Infinity;
        const following = mine.port.follow({ token: await deviceToken([mine]), signal: stop.signal, onHint, onOpen });
        await bench.promptly(Promise.race([opened, following]), 'the stream');
        await say(other, 'Not for you');
        seq = (await say(mine, 'For you')).ticket.lastSeq;
        if (hints.some((hint) => hint.number === mine.number && hint.seq >= seq)) onTold();
        await bench.promptly(Promise.race([told, following]), 'a hint');
        stop.abort();
        await bench.promptly(following, 'the end');
        expectEqual([...new Set(hints.map(({ number }) => number))], [mine.number], 'tickets told of');
      },
    },
    {
      name: 'rejects every call about a ticket at once when the signal is aborted already',
      async run() {
        const { port, number, access } = await fileTicket(bench);
        const options = { ...access, signal: AbortSignal.abort() };
        const calls: (() => Promise<unknown>)[] = [
          () => port.openDevice({ tickets: [] }, options),
          () => port.listTickets(options),
          () => port.getThread(number, options),
          () => port.reply(number, { text: 'Too late', attachmentIds: [] }, { ...options, keys: newKeys() }),
          () => port.setStatus(number, { status: 'closed' }, options),
          () => port.markSeen(number, 1, options),
          ...(port.rate ? [() => ratingOf(port)(number, { score: 'good', comment: '' }, options)] : []),
          ...(port.getAttachment ? [() => bytesOf(port)(number, randomToken(32), options)] : []),
          () => port.linkAttachment(number, randomToken(32), options),
        ];
        for (const [n, call] of calls.entries()) await expectRejection(bench.promptly(call(), `call ${n}`), ['aborted'], `call ${n}`);
        const { ticket } = await port.getThread(number, access);
        expectEqual([ticket.lastSeq, ticket.status, ticket.rating], [1, 'open', null], 'the ticket');
      },
    },
  ];

  if (rate)
    cases.push({
      name: 'keeps the last rating',
      async run() {
        const { port, number, access } = await fileTicket(bench);
        const rate = ratingOf(port);
        await rate(number, { score: 'bad', comment: 'Too late' }, access);
        const rated = await rate(number, { score: 'good', comment: 'Sorry – très bien' }, access);
        expectEqual(rated.rating, { score: 'good', comment: 'Sorry – très bien' }, 'rating');
        expectEqual((await port.getThread(number, access)).ticket.rating, rated.rating, 'rating read back');
        await expectRejection(rate(number, { score: 'good', comment: 'x'.repeat(1_001) }, access), ['invalid-fields'], 'a long comment');
      },
    });

  const { answer, setStatus } = harness;
  if (answer) {
    cases.push({
      name: 'counts answers until they have been seen, and shows no internal note',
      async run() {
        const filed = await fileTicket(bench);
        const { port, number, access } = filed;
        await answer(number, 'We are looking.', { internal: false });
        const before = (await port.getThread(number, access)).ticket;
        expectEqual([before.waitingFor, before.unread], ['requester', 1], 'who is waited for, and unread');
        expect(before.firstRespondedAt !== null, 'no time of a first answer');
        await answer(number, 'He writes often.', { internal: true });
        await answer(number, 'It is on its way.', { internal: false });
        const texts = (await messagesOf(filed)).map(({ text, by }) => [by.kind, text]);
        expectEqual(
          texts.slice(1),
          [
            ['agent', 'We are looking.'],
            ['agent', 'It is on its way.'],
          ],
          'messages of agents',
        );
        const token = await deviceToken([filed]);
        expectEqual((await port.listTickets({ token })).unread, 2, 'unread in the list');
        expectEqual((await port.markSeen(number, before.lastSeq, access)).unread, 1, 'unread after the first was seen');
        const { lastSeq } = (await port.getThread(number, access)).ticket;
        expectEqual((await port.markSeen(number, lastSeq, access)).unread, 0, 'unread after all were seen');
        expectEqual((await port.markSeen(number, 1, access)).unread, 0, 'unread after an old one was seen again');
        const asked = await say(filed, 'Thank you');
        expectEqual([asked.ticket.waitingFor, asked.ticket.firstRespondedAt], ['desk', before.firstRespondedAt], 'after a reply');
      },
    });
  }
  if (setStatus && bareStatus !== true) {
    cases.push({
      name: 'shows what agents made of the status',
      async run() {
        const { port, number, access } = await fileTicket(bench);
        await setStatus(number, 'pending1');
        await setStatus(number, 'closed');
        const { ticket, entries } = await port.getThread(number, access);
        expectEqual([ticket.status, ticket.waitingFor], ['closed', null], 'status and who is waited for');
        const changes = entries.flatMap((entry) => (entry.type === 'status' ? [[entry.by.kind, entry.status]] : []));
        expectEqual(
          changes,
          [
            ['agent', 'pending1'],
            ['agent', 'closed'],
          ],
          'changes of status',
        );
      },
    });
  }
  return cases;
}

function numbersOf(tickets: TicketSummary[]): string[] {
  return tickets.map(({ number }) => number).toSorted();
}
