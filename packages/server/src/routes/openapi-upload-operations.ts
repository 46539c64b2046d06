import type { SupportErrorCode } from '@storefront-support/contract';
import { DESK, desk, header, member, ofDesks, type Operation } from './openapi-operation.js';

const uploadId = member('id', 'The last part of the Location that creation answered.');
const tus = header('Tus-Resumable', true, 'Version of the tus protocol.', { const: '1.0.0' });
const tusAnswer = { 'Tus-Resumable': '1.0.0' };
const uploadErrors: SupportErrorCode[] = ['invalid-request', 'not-found', 'method-not-allowed', ...ofDesks];

/** The routes of resumable uploads. */
export const UPLOAD_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: `${DESK}/uploads`,
    id: 'createUpload',
    summary: 'Begin an upload (tus 1.0, creation)',
    bearer: 'secret',
    parameters: [
      desk,
      tus,
      header('Upload-Length', true, 'Bytes of the whole file.', { type: 'integer', minimum: 0 }),
      header(
        'Upload-Metadata',
        false,
        'tus pairs: `filename`, `type` (as claimed), `sha256` (lower-case hex of the whole file, verified at the end), `contact` (contact id, for its tighter limits).',
      ),
    ],
    answers: {
      201: {
        description: 'Created.',
        headers: {
          Location: 'Relative: `uploads/{id}`. The id goes into `attachmentIds` of the draft.',
          'Upload-Expires': 'Until then it can be continued.',
          ...tusAnswer,
        },
      },
    },
    errors: ['too-large', 'rate-limited', ...uploadErrors],
  },
  {
    method: 'options',
    path: `${DESK}/uploads`,
    id: 'getUploadAbilities',
    summary: 'What the upload routes can do',
    parameters: [desk],
    answers: {
      204: {
        description: 'Version, extensions and largest size.',
        headers: { 'Tus-Version': '1.0.0', 'Tus-Extension': 'creation,termination,expiration,checksum', 'Tus-Max-Size': 'Bytes.' },
      },
    },
    errors: ofDesks,
  },
  {
    method: 'head',
    path: `${DESK}/uploads/{id}`,
    id: 'getUploadOffset',
    summary: 'How far an upload has come',
    bearer: 'secret',
    parameters: [desk, uploadId, tus],
    answers: {
      200: {
        description: 'The offset.',
        headers: {
          'Upload-Offset': 'Bytes on disk.',
          'Upload-Length': 'Bytes of the whole file.',
          'Upload-Metadata': 'As it was sent, where any was.',
          'Upload-Expires': 'Until then it can be continued.',
          ...tusAnswer,
        },
      },
    },
    errors: uploadErrors,
  },
  {
    method: 'patch',
    path: `${DESK}/uploads/{id}`,
    id: 'continueUpload',
    summary: 'Send bytes of an upload',
    description:
      'With Upload-Checksum a chunk has at most 512 KiB and is taken whole or not at all. Without, bytes are kept as far as they came. Bytes are on disk before their offset is acknowledged.',
    bearer: 'secret',
    parameters: [
      desk,
      uploadId,
      tus,
      header('Upload-Offset', true, 'Where these bytes begin: what HEAD answered.', { type: 'integer', minimum: 0 }),
      header('Upload-Checksum', false, '`sha256` or `sha1`, a space, and the base64 hash of this chunk.'),
    ],
    body: { media: 'application/offset+octet-stream', description: 'The bytes.', required: true },
    answers: {
      204: {
        description: 'Kept.',
        headers: { 'Upload-Offset': 'Bytes on disk.', 'Upload-Expires': 'Until then it can be continued.', ...tusAnswer },
      },
    },
    errors: ['conflict', 'gone', 'too-large', 'type-not-allowed', 'rate-limited', 'checksum-mismatch', 'unavailable', ...uploadErrors],
  },
  {
    method: 'delete',
    path: `${DESK}/uploads/{id}`,
    id: 'removeUpload',
    summary: 'Take an upload back',
    bearer: 'secret',
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
    answers: {
      204: {
        description: 'Version, extensions and largest size.',
        headers: { 'Tus-Version': '1.0.0', 'Tus-Extension': 'creation,termination,expiration,checksum' },
      },
    },
    errors: ofDesks,
  },
];
