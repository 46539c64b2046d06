import { HEADERS } from '@storefront-support/contract/schemas';
import { ATTACHMENT_OPERATIONS } from './openapi-attachment-operations.js';
import { AGENT_OPERATIONS } from './openapi-agent-operations.js';
import { AGENT_TICKET_OPERATIONS } from './openapi-agent-ticket-operations.js';
import {
  DESK,
  desk,
  everywhere,
  header,
  idempotencyKey,
  member,
  ofBodies,
  ofDesks,
  ticketNumber,
  type Operation,
} from './openapi-operation.js';
import { ACCESS_OPERATIONS } from './openapi-access-operations.js';
import { AGENT_ACCESS_OPERATIONS } from './openapi-agent-access-operations.js';
import { FORM_OPERATIONS } from './openapi-form-operations.js';
import { SESSION_OPERATIONS } from './openapi-session-operations.js';
import { THREAD_OPERATIONS } from './openapi-thread-operations.js';
import { UPLOAD_OPERATIONS } from './openapi-upload-operations.js';

/** Every route that is meant to be called. */
export const OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: DESK,
    id: 'getDesk',
    summary: 'Read a desk',
    description:
      'Contacts, limits, hours, promise, languages and other ways to reach the shop. A plain CORS request: no preflight, no custom header.',
    parameters: [desk, header('If-None-Match', false, 'ETag of an earlier answer.')],
    answers: {
      200: { description: 'The desk.', schema: 'Desk', headers: { ETag: 'Changes with the desk.' } },
      304: { description: 'Not changed.' },
    },
    errors: ofDesks,
  },
  {
    method: 'get',
    path: `${DESK}/challenge`,
    id: 'getChallenge',
    summary: 'Fetch a proof-of-work challenge',
    description:
      'An ALTCHA v2 challenge (PBKDF2/SHA-256), valid for 30 minutes and one ticket; null where the desk asks for none. Find the counter for which PBKDF2(nonce ‖ counter as 4 bytes big-endian, salt, cost, keyLength) begins with keyPrefix.',
    parameters: [desk],
    answers: { 200: { description: 'The challenge.', schema: 'ChallengeAnswer' } },
    errors: ['rate-limited', ...ofDesks],
  },
  {
    method: 'post',
    path: `${DESK}/tickets`,
    id: 'createTicket',
    summary: 'File a ticket',
    description:
      'Answered once the ticket is on disk. The same key, secret and body get the same answer again; the same key and secret with another body get 422 idempotency-mismatch. Keys are kept for nine days.',
    bearer: 'secret',
    parameters: [
      desk,
      idempotencyKey('ticket'),
      header(
        HEADERS.proof,
        false,
        'Base64 of {"challenge", "solution": {"counter", "derivedKey"}}. Left out where the desk asks for none, and by pages on plain http, which have no WebCrypto.',
      ),
    ],
    body: {
      schema: 'CreateTicket',
      description: 'The draft. `trap` is a field that people do not see; anything in it marks the sender as automated.',
      required: true,
    },
    answers: { 201: { description: 'The ticket is kept.', schema: 'TicketReceipt' } },
    errors: ['proof-rejected', 'looks-automated', 'idempotency-mismatch', 'rate-limited', ...ofBodies, ...ofDesks],
  },
  {
    method: 'get',
    path: `${DESK}/tickets/{number}`,
    id: 'getTicket',
    summary: 'Read a ticket back',
    description: 'An unknown number, a token that does not open it and no token at all have the same answer.',
    bearer: 'either',
    parameters: [desk, ticketNumber],
    answers: { 200: { description: 'The ticket and its content.', schema: 'TicketDetailAnswer' } },
    errors: ['not-found', ...ofDesks],
  },
  ...FORM_OPERATIONS,
  ...THREAD_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...ACCESS_OPERATIONS,
  ...ATTACHMENT_OPERATIONS,
  ...UPLOAD_OPERATIONS,
  ...AGENT_OPERATIONS,
  ...AGENT_TICKET_OPERATIONS,
  ...AGENT_ACCESS_OPERATIONS,
  {
    method: 'get',
    path: '/desks/{desk}',
    id: 'getDeskPage',
    summary: 'The page of a desk',
    description: 'Form and tracker on a page of their own: where mails lead that name no page of the shop.',
    parameters: [desk],
    answers: {
      200: { description: 'A page in the language that suits the browser best.', media: 'text/html' },
      304: { description: 'Not changed.' },
    },
    errors: ['desk-not-found', ...everywhere],
  },
  {
    method: 'get',
    path: '/embed.js',
    id: 'getEmbed',
    summary: 'The script that a shop page includes',
    answers: {
      200: { description: 'A module.', media: 'text/javascript', headers: { ETag: 'Changes with the build.' } },
      304: { description: 'Not changed.' },
    },
    errors: ['not-found', ...everywhere],
  },
  {
    method: 'get',
    path: '/embed.classic.js',
    id: 'getClassicEmbed',
    summary: 'The same script for pages that cannot include a module',
    answers: {
      200: { description: 'A classic script.', media: 'text/javascript', headers: { ETag: 'Changes with the build.' } },
      304: { description: 'Not changed.' },
    },
    errors: ['not-found', ...everywhere],
  },
  {
    method: 'get',
    path: '/c/{name}',
    id: 'getEmbedPart',
    summary: 'A later part of the script',
    parameters: [member('name', 'File name with its hash.')],
    answers: { 200: { description: 'A module that never changes.', media: 'text/javascript' } },
    errors: ['not-found', ...everywhere],
  },
  {
    method: 'get',
    path: '/openapi.json',
    id: 'getOpenApi',
    summary: 'This document',
    answers: { 200: { description: 'OpenAPI 3.1.', schema: 'OpenApi' }, 304: { description: 'Not changed.' } },
    errors: everywhere,
  },
  {
    method: 'get',
    path: '/docs',
    id: 'getDocs',
    summary: 'This document as a page',
    answers: { 200: { description: 'A page without scripts.', media: 'text/html' }, 304: { description: 'Not changed.' } },
    errors: everywhere,
  },
  {
    method: 'get',
    path: '/healthz',
    id: 'getHealth',
    summary: 'Is the process alive',
    answers: { 200: { description: 'It is.', schema: 'Status' } },
    errors: ['internal'],
  },
  {
    method: 'get',
    path: '/readyz',
    id: 'getReadiness',
    summary: 'Can it take requests',
    answers: { 200: { description: 'It can read its database and is not shutting down.', schema: 'Status' } },
    errors: ['internal', 'unavailable'],
  },
];
