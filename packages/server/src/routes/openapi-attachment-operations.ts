import { DESK, desk, everywhere, member, ofDesks, query, ticketNumber, type Operation } from './openapi-operation.js';

const attachmentId = member('id', 'Id of the attachment.');
const headers = {
  'Content-Disposition': 'Always `attachment`.',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "sandbox; default-src 'none'",
};

/** The routes of files that a thread has. */
export const ATTACHMENT_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: `${DESK}/tickets/{number}/attachments/{id}`,
    id: 'getAttachment',
    summary: 'Fetch a file',
    bearer: 'either',
    parameters: [desk, ticketNumber, attachmentId],
    answers: { 200: { description: 'The bytes.', media: 'application/octet-stream', headers } },
    errors: ['not-found', 'gone', ...ofDesks],
  },
  {
    method: 'post',
    path: `${DESK}/tickets/{number}/attachments/{id}/links`,
    id: 'linkAttachment',
    summary: 'Make an address that saves a file',
    description: 'It holds for three minutes, for whoever opens it.',
    bearer: 'either',
    parameters: [desk, ticketNumber, attachmentId],
    answers: { 201: { description: 'The address.', schema: 'AttachmentLink' } },
    errors: ['not-found', 'gone', ...ofDesks],
  },
  {
    method: 'get',
    path: `${DESK}/attachments/{id}`,
    id: 'downloadAttachment',
    summary: 'Save a file',
    origin: 'attachments',
    parameters: [
      desk,
      attachmentId,
      query('expires', 'As the link has it.', { type: 'integer' }),
      query('session', 'As the link has it, where a session asked for it: the link ends with that.'),
      query('signature', 'As the link has it.'),
    ],
    answers: { 200: { description: 'The bytes.', media: 'application/octet-stream', headers } },
    errors: ['not-found', 'gone', 'desk-not-found', ...everywhere],
  },
];
