import type { SupportErrorCode } from '@storefront-support/contract';
import { HEADERS } from '@storefront-support/contract/schemas';

/** A header, path member or the like. */
export interface Parameter {
  name: string;
  in: 'header' | 'path';
  required: boolean;
  description: string;
  schema: object;
}

/** One answer of one operation. */
export interface Answer {
  description: string;
  /** Name of a component schema. */
  schema?: string;
  /** Media type where it is not JSON. */
  media?: string;
  headers?: { [name: string]: string };
}

/** One method of one path, in the terms of the contract. */
export interface Operation {
  method: 'get' | 'head' | 'post' | 'patch' | 'delete' | 'options';
  path: string;
  id: string;
  summary: string;
  description?: string;
  bearer?: true;
  parameters?: Parameter[];
  body?: { schema?: string; media?: string; description: string; required: boolean };
  answers: { [status: string]: Answer };
  /** Codes of its error answers. */
  errors: SupportErrorCode[];
}

const DESK = '/v1/desks/{desk}';
const everywhere: SupportErrorCode[] = ['wrong-host', 'internal', 'unavailable'];
const ofDesks: SupportErrorCode[] = ['origin-not-allowed', 'desk-not-found', ...everywhere];

const desk: Parameter = { name: 'desk', in: 'path', required: true, description: 'Id of the desk, from the desk file.', schema: { type: 'string' } };
const uploadId: Parameter = { name: 'id', in: 'path', required: true, description: 'The last part of the Location that creation answered.', schema: { type: 'string' } };
const header = (name: string, required: boolean, description: string, schema: object = { type: 'string' }): Parameter => ({ name, in: 'header', required, description, schema });
const tus = header('Tus-Resumable', true, 'Version of the tus protocol.', { const: '1.0.0' });
const tusAnswer = { 'Tus-Resumable': '1.0.0' };
const uploadErrors: SupportErrorCode[] = ['invalid-request', 'not-found', 'method-not-allowed', ...ofDesks];

/** Every route that is meant to be called. */
export const OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: DESK,
    id: 'getDesk',
    summary: 'Read a desk',
    description: 'Contacts, limits, hours, promise, languages and other ways to reach the shop. A plain CORS request: no preflight, no custom header.',
    parameters: [desk, header('If-None-Match', false, 'ETag of an earlier answer.')],
    answers: { 200: { description: 'The desk.', schema: 'Desk', headers: { ETag: 'Changes with the desk.' } }, 304: { description: 'Not changed.' } },
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
    bearer: true,
    parameters: [
      desk,
      header(HEADERS.idempotencyKey, true, 'Made by the client, new for each ticket.', { type: 'string', pattern: '^[\\w-]{16,128}$' }),
      header(HEADERS.proof, false, 'Base64 of {"challenge", "solution": {"counter", "derivedKey"}}. Left out where the desk asks for none, and by pages on plain http, which have no WebCrypto.'),
    ],
    body: { schema: 'CreateTicket', description: 'The draft. `trap` is a field that people do not see; anything in it marks the sender as automated.', required: true },
    answers: { 201: { description: 'The ticket is kept.', schema: 'TicketReceipt' } },
    errors: ['invalid-request', 'proof-rejected', 'looks-automated', 'too-large', 'type-not-allowed', 'invalid-fields', 'idempotency-mismatch', 'rate-limited', ...ofDesks],
  },
  {
    method: 'get',
    path: `${DESK}/tickets/{number}`,
    id: 'getTicket',
    summary: 'Read a ticket back',
    description: 'An unknown number, another ticket’s secret and no secret at all have the same answer.',
    bearer: true,
    parameters: [desk, { name: 'number', in: 'path', required: true, description: 'For example K7QF-2M9X.', schema: { type: 'string' } }],
    answers: { 200: { description: 'The ticket and its content.', schema: 'TicketDetailAnswer' } },
    errors: ['not-found', ...ofDesks],
  },
  {
    method: 'post',
    path: `${DESK}/uploads`,
    id: 'createUpload',
    summary: 'Begin an upload (tus 1.0, creation)',
    bearer: true,
    parameters: [
      desk,
      tus,
      header('Upload-Length', true, 'Bytes of the whole file.', { type: 'integer', minimum: 0 }),
      header('Upload-Metadata', false, 'tus pairs: `filename`, `type` (as claimed), `sha256` (lower-case hex of the whole file, verified at the end), `contact` (contact id, for its tighter limits).'),
    ],
    answers: { 201: { description: 'Created.', headers: { Location: 'Relative: `uploads/{id}`. The id goes into `attachmentIds` of the draft.', 'Upload-Expires': 'Until then it can be continued.', ...tusAnswer } } },
    errors: ['too-large', 'rate-limited', ...uploadErrors],
  },
  {
    method: 'options',
    path: `${DESK}/uploads`,
    id: 'getUploadAbilities',
    summary: 'What the upload routes can do',
    parameters: [desk],
    answers: { 204: { description: 'Version, extensions and largest size.', headers: { 'Tus-Version': '1.0.0', 'Tus-Extension': 'creation,termination,expiration,checksum', 'Tus-Max-Size': 'Bytes.' } } },
    errors: ofDesks,
  },
  {
    method: 'head',
    path: `${DESK}/uploads/{id}`,
    id: 'getUploadOffset',
    summary: 'How far an upload has come',
    bearer: true,
    parameters: [desk, uploadId, tus],
    answers: { 200: { description: 'The offset.', headers: { 'Upload-Offset': 'Bytes on disk.', 'Upload-Length': 'Bytes of the whole file.', 'Upload-Expires': 'Until then it can be continued.', ...tusAnswer } } },
    errors: uploadErrors,
  },
  {
    method: 'patch',
    path: `${DESK}/uploads/{id}`,
    id: 'continueUpload',
    summary: 'Send bytes of an upload',
    description: 'With Upload-Checksum a chunk has at most 512 KiB and is taken whole or not at all. Without, bytes are kept as far as they came. Bytes are on disk before their offset is acknowledged.',
    bearer: true,
    parameters: [
      desk,
      uploadId,
      tus,
      header('Upload-Offset', true, 'Where these bytes begin: what HEAD answered.', { type: 'integer', minimum: 0 }),
      header('Upload-Checksum', false, '`sha256` or `sha1`, a space, and the base64 hash of this chunk.'),
    ],
    body: { media: 'application/offset+octet-stream', description: 'The bytes.', required: true },
    answers: { 204: { description: 'Kept.', headers: { 'Upload-Offset': 'Bytes on disk.', 'Upload-Expires': 'Until then it can be continued.', ...tusAnswer } } },
    errors: ['conflict', 'gone', 'too-large', 'type-not-allowed', 'rate-limited', 'checksum-mismatch', ...uploadErrors],
  },
  {
    method: 'delete',
    path: `${DESK}/uploads/{id}`,
    id: 'removeUpload',
    summary: 'Take an upload back',
    bearer: true,
    parameters: [desk, uploadId, tus],
    answers: { 204: { description: 'Gone.', headers: tusAnswer } },
    errors: ['conflict', ...uploadErrors],
  },
  {
    method: 'options',
    path: `${DESK}/uploads/{id}`,
    id: 'getUploadAbilitiesOfOne',
    summary: 'What the upload routes can do',
    parameters: [desk, uploadId],
    answers: { 204: { description: 'Version, extensions and largest size.', headers: { 'Tus-Version': '1.0.0', 'Tus-Extension': 'creation,termination,expiration,checksum' } } },
    errors: ofDesks,
  },
  {
    method: 'get',
    path: '/embed.js',
    id: 'getEmbed',
    summary: 'The script that a shop page includes',
    answers: { 200: { description: 'A module.', media: 'text/javascript', headers: { ETag: 'Changes with the build.' } }, 304: { description: 'Not changed.' } },
    errors: ['not-found', ...everywhere],
  },
  {
    method: 'get',
    path: '/c/{name}',
    id: 'getEmbedPart',
    summary: 'A later part of the script',
    parameters: [{ name: 'name', in: 'path', required: true, description: 'File name with its hash.', schema: { type: 'string' } }],
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
  { method: 'get', path: '/healthz', id: 'getHealth', summary: 'Is the process alive', answers: { 200: { description: 'It is.', schema: 'Status' } }, errors: ['internal'] },
  {
    method: 'get',
    path: '/readyz',
    id: 'getReadiness',
    summary: 'Can it take requests',
    answers: { 200: { description: 'It can read its database and is not shutting down.', schema: 'Status' } },
    errors: ['internal', 'unavailable'],
  },
];
