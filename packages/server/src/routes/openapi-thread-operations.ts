import { HEADERS } from '@storefront-support/contract/schemas';
import { THREAD_MAX } from '@storefront-support/contract/thread-schemas';
import { DESK, desk, header, ofDesks, query, ticketNumber, type Operation } from './openapi-operation.js';

const limit = query('limit', 'Most of them in one answer; 50 otherwise.', { type: 'integer', minimum: 1, maximum: THREAD_MAX.page });
const sequence = { type: 'integer', minimum: 0 };

/** The routes of tickets that exist. */
export const THREAD_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: `${DESK}/tickets`,
    id: 'listTickets',
    summary: 'List the tickets of a session',
    description: 'The last changed first.',
    bearer: 'session',
    parameters: [
      desk,
      query('status', 'Absent: all. `active`: everything but closed.', { enum: ['active', 'closed'] }),
      query('cursor', 'What the page before answered.'),
      limit,
    ],
    answers: { 200: { description: 'Part of the list.', schema: 'TicketPage' } },
    errors: ['not-signed-in', 'invalid-fields', ...ofDesks],
  },
  {
    method: 'get',
    path: `${DESK}/tickets/{number}/messages`,
    id: 'getThread',
    summary: 'Read a thread',
    description: 'Oldest first. Without `after` and `before` the newest entries; at most one of the two.',
    bearer: 'either',
    parameters: [
      desk,
      ticketNumber,
      query('after', 'Entries with a greater sequence number, from there on.', sequence),
      query('before', 'Entries with a smaller sequence number, up to there.', sequence),
      limit,
    ],
    answers: { 200: { description: 'Part of the thread.', schema: 'ThreadPage' } },
    errors: ['not-found', 'invalid-fields', ...ofDesks],
  },
  {
    method: 'post',
    path: `${DESK}/tickets/{number}/messages`,
    id: 'reply',
    summary: 'Reply in a thread',
    description:
      'Answered once the message is on disk. The same key, `secret` and body never add a second message. A closed ticket is opened again, within the desk’s window.',
    bearer: 'either',
    parameters: [
      desk,
      ticketNumber,
      header(HEADERS.idempotencyKey, true, 'Made by the client, new for each reply.', { type: 'string', pattern: '^[\\w-]{16,128}$' }),
    ],
    body: {
      schema: 'Reply',
      description: '`secret` is made by the client for this reply: its uploads are made under it, and the key belongs to it.',
      required: true,
    },
    answers: { 201: { description: 'The message is kept.', schema: 'ReplyReceipt' } },
    errors: [
      'invalid-request',
      'not-found',
      'ticket-closed',
      'gone',
      'too-large',
      'type-not-allowed',
      'invalid-fields',
      'idempotency-mismatch',
      'rate-limited',
      ...ofDesks,
    ],
  },
  {
    method: 'patch',
    path: `${DESK}/tickets/{number}`,
    id: 'changeTicket',
    summary: 'Close, reopen, mark as read, rate',
    description: 'One or more of `status` (with `reason`), `seen` and `rating`, all of them or none.',
    bearer: 'either',
    parameters: [desk, ticketNumber],
    body: { schema: 'TicketChanges', description: 'What is to be changed.', required: true },
    answers: { 200: { description: 'The ticket as it is now.', schema: 'TicketSummaryAnswer' } },
    errors: [
      'invalid-request',
      'not-found',
      'ticket-closed',
      'too-large',
      'type-not-allowed',
      'invalid-fields',
      'rate-limited',
      ...ofDesks,
    ],
  },
  {
    method: 'get',
    path: `${DESK}/events`,
    id: 'followTickets',
    summary: 'Hear of changes (server-sent events)',
    description:
      'Begins with the comment `open`, then an event `ticket` with `{"number", "seq"}` for each change: a hint, what changed is read from the thread. A comment at least every 25 seconds. Ends with the session, and for readers who do not keep up.',
    bearer: 'session',
    parameters: [desk],
    answers: { 200: { description: 'The stream.', media: 'text/event-stream' } },
    errors: ['not-signed-in', ...ofDesks],
  },
];
