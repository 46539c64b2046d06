import { HEADERS } from '@storefront-support/contract/schemas';
import { THREAD_MAX } from '@storefront-support/contract/thread-schemas';
import type { SupportErrorCode } from '@storefront-support/contract';
import { DESK, desk, header, ofDesks, query, ticketNumber, type Operation } from './openapi-operation.js';

const TICKETS = `${DESK}/agent/tickets`;
const errors: SupportErrorCode[] = ['not-signed-in', 'not-found', ...ofDesks];
const body: SupportErrorCode[] = ['invalid-request', 'invalid-fields', 'too-large', 'type-not-allowed'];
const limit = query('limit', 'Most of them in one answer; 50 otherwise.', { type: 'integer', minimum: 1, maximum: THREAD_MAX.page });
const sequence = { type: 'integer', minimum: 0 };
const key = header(HEADERS.idempotencyKey, true, 'Made by the client, new for each message or ticket.', {
  type: 'string',
  pattern: '^[\\w-]{16,128}$',
});

/** Tickets as agents work on them. A ticket of a contact that the agent does not serve is answered as if there were none. */
export const AGENT_TICKET_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: TICKETS,
    id: 'listAgentTickets',
    summary: 'List the tickets that an agent serves',
    description: 'The last changed first.',
    bearer: 'agent',
    origin: 'inbox',
    parameters: [
      desk,
      query('status', '`active`: everything but closed.', { enum: ['active', 'open', 'pending1', 'pending2', 'closed'] }),
      query('contact', 'Id of a contact.'),
      query('assignee', '`me`, `none`, or the id of an agent.'),
      query('kind', 'Only these.', { enum: ['support', 'pre-sale'] }),
      query('waitingFor', 'Whose move it is.', { enum: ['requester', 'desk'] }),
      query('order', '`due`: only those that still wait for a first answer which was promised, the most urgent first.', { enum: ['due'] }),
      query(
        'q',
        'A number, an order reference, the beginning of an address; or words of one message, or of the subject, each by its beginning, accents or none, among the newest 2,000 hits. At most 500 tickets are found.',
      ),
      query('cursor', 'What the page before answered.'),
      limit,
    ],
    answers: { 200: { description: 'Part of the list.', schema: 'AgentTicketPage' } },
    errors: ['not-signed-in', 'invalid-fields', ...ofDesks],
  },
  {
    method: 'post',
    path: TICKETS,
    id: 'openTicket',
    summary: 'Open a ticket for a customer',
    description: 'Its first message is the agent’s. The same key and body make no second ticket.',
    bearer: 'agent',
    origin: 'inbox',
    parameters: [desk, key],
    body: { schema: 'OpenTicket', description: 'The customer, the order, and what the agent writes.', required: true },
    answers: { 201: { description: 'The ticket is kept.', schema: 'AgentTicketAnswer' } },
    errors: ['not-signed-in', 'idempotency-mismatch', ...body, ...ofDesks],
  },
  {
    method: 'get',
    path: `${TICKETS}/{number}`,
    id: 'getAgentTicket',
    summary: 'Read a ticket and its thread, notes included',
    description: 'Oldest first. Without `after` and `before` the newest entries; at most one of the two.',
    bearer: 'agent',
    origin: 'inbox',
    parameters: [
      desk,
      ticketNumber,
      query('after', 'Entries with a greater sequence number, from there on.', sequence),
      query('before', 'Entries with a smaller sequence number, up to there.', sequence),
      limit,
    ],
    answers: { 200: { description: 'The ticket and part of its thread.', schema: 'AgentTicketDetail' } },
    errors: ['invalid-fields', ...errors],
  },
  {
    method: 'patch',
    path: `${TICKETS}/{number}`,
    id: 'changeAgentTicket',
    summary: 'Set status, assignee or contact',
    description:
      'All or nothing. Whoever is assigned by somebody else is told by mail; someone who is no agent gets the number and the comment alone.',
    bearer: 'agent',
    origin: 'inbox',
    parameters: [desk, ticketNumber],
    body: { schema: 'AgentTicketChange', description: 'One or more of them.', required: true },
    answers: { 200: { description: 'The ticket as it is then.', schema: 'AgentTicketAnswer' } },
    errors: [...body, ...errors],
  },
  {
    method: 'post',
    path: `${TICKETS}/{number}/messages`,
    id: 'answerTicket',
    summary: 'Answer the customer, or add a note',
    description:
      'The first agent to answer becomes the assignee, where there is none. Where somebody has written publicly after `seq`, or anybody else has added anything, be it a change of status, nothing is written: 409 `conflict`, with the newer entries in a member `entries` beside those of the problem.',
    bearer: 'agent',
    origin: 'inbox',
    parameters: [desk, ticketNumber, key],
    body: {
      schema: 'AgentReply',
      description:
        '`seq`: the last entry seen. `secret`: what the uploads were made under, at the uploads route of this origin or of the public one.',
      required: true,
    },
    answers: { 201: { description: 'The message is kept.', schema: 'AgentReplyReceipt' } },
    errors: ['conflict', 'idempotency-mismatch', ...body, ...errors],
  },
  {
    method: 'post',
    path: `${TICKETS}/{number}/redactions`,
    id: 'redactMessage',
    summary: 'Blacken part of a message, for good',
    description: 'Each character of the part becomes one █; line breaks stay.',
    bearer: 'agent',
    origin: 'inbox',
    parameters: [desk, ticketNumber],
    body: { schema: 'Redaction', description: 'Offsets in UTF-16 code units; the end is not included.', required: true },
    answers: { 200: { description: 'The ticket as it is then.', schema: 'AgentTicketAnswer' } },
    errors: [...body, ...errors],
  },
  {
    method: 'get',
    path: `${TICKETS}/{number}/attachments/{id}`,
    id: 'getAgentAttachment',
    summary: 'Download a file of a ticket',
    bearer: 'agent',
    origin: 'inbox',
    parameters: [
      desk,
      ticketNumber,
      { name: 'id', in: 'path', required: true, description: 'Of the attachment.', schema: { type: 'string' } },
    ],
    answers: { 200: { description: 'The bytes, to be saved and never shown.', media: 'application/octet-stream' } },
    errors: ['gone', ...errors],
  },
];
