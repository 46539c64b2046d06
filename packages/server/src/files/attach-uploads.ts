import { fileLimitsFor, type FieldProblem, type FieldProblems, type FileLimits } from '@storefront-support/contract';
import type { Selectable, Transaction } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import type { Database, UploadTable } from '../store/schema.js';

export interface AttachUploads {
  desk: DeskConfig;
  ticketId: string;
  /** The message that the files come with. */
  messageId: string;
  contactId: string;
  /** Hash of the secret the message was sent with: it must be the one that made the uploads. */
  secretHash: string;
  /** In the order in which the files stand on the message. */
  ids: readonly string[];
  /** Milliseconds since 1970. */
  now: number;
}

type Upload = Pick<Selectable<UploadTable>, 'id' | 'secretHash' | 'size' | 'offset' | 'type' | 'sha256' | 'ticketId' | 'expiresAt'>;

/**
 * Hands finished uploads to a message of a ticket, inside its transaction: two statements, however many files. Empty: done.
 * Otherwise nothing is written and the problems stand under `attachmentIds` (all files) or `attachmentIds.N` (one of them).
 */
export async function attachUploads(trx: Transaction<Database>, request: AttachUploads): Promise<FieldProblems> {
  const { desk, ids, ticketId, messageId } = request;
  if (ids.length === 0) return {};
  const contact = desk.desk.contacts.find(({ id }) => id === request.contactId);
  const limits = fileLimitsFor(desk.desk, contact);
  if (!limits) return { attachmentIds: { code: 'not-allowed', detail: 'This desk takes no files.' } };
  if (ids.length > limits.count) {
    return { attachmentIds: { code: 'too-many', detail: `At most ${limits.count} files.`, limit: limits.count } };
  }
  const rows = await trx
    .selectFrom('upload')
    .select(['id', 'secretHash', 'size', 'offset', 'type', 'sha256', 'ticketId', 'expiresAt'])
    .where('deskId', '=', desk.desk.id)
    .where('id', 'in', ids)
    .execute();
  const problems = problemsOf(request, new Map(rows.map((row) => [row.id, row])), limits);
  if (Object.keys(problems).length > 0) return problems;
  await trx
    .updateTable('upload')
    .set((eb) => {
      let position = eb
        .case()
        .when('id', '=', ids[0] as string)
        .then(0);
      for (const [index, id] of ids.entries()) if (index > 0) position = position.when('id', '=', id).then(index);
      // Postgres takes a choice of bound values for text
      return { ticketId, messageId, position: eb.cast<number>(position.end(), 'integer'), metadata: null, expiresAt: null };
    })
    .where('deskId', '=', desk.desk.id)
    .where('id', 'in', ids)
    .execute();
  return {};
}

function problemsOf({ ids, secretHash, now }: AttachUploads, uploads: ReadonlyMap<string, Upload>, limits: FileLimits): FieldProblems {
  const problems: FieldProblems = {};
  let bytes = 0;
  for (const [index, id] of ids.entries()) {
    const upload = uploads.get(id);
    const problem = ids.indexOf(id) < index ? REPEATED : problemOf(upload, secretHash, now, limits);
    if (problem) problems[`attachmentIds.${index}`] = problem;
    bytes += upload?.size ?? 0;
  }
  if (Object.keys(problems).length === 0 && bytes > limits.bytesPerTicket) {
    const limit = limits.bytesPerTicket;
    return { attachmentIds: { code: 'too-large', detail: `All files together: at most ${limit} bytes.`, limit } };
  }
  return problems;
}

const REPEATED: FieldProblem = { code: 'invalid', detail: 'The same upload twice.' };
const UNKNOWN: FieldProblem = { code: 'unknown', detail: 'No such upload: it never was, it has expired, or it belongs to somebody else.' };

function problemOf(upload: Upload | undefined, secretHash: string, now: number, limits: FileLimits): FieldProblem | null {
  if (!upload || upload.secretHash !== secretHash || upload.ticketId !== null) return UNKNOWN;
  if (upload.expiresAt !== null && upload.expiresAt <= now) return UNKNOWN;
  if (upload.offset < upload.size || upload.sha256 === null) {
    return { code: 'not-finished', detail: `${upload.offset} of ${upload.size} bytes have arrived.` };
  }
  if (upload.size > limits.bytesPerFile) {
    return { code: 'too-large', detail: `At most ${limits.bytesPerFile} bytes in one file.`, limit: limits.bytesPerFile };
  }
  if (upload.type === null || !limits.types.includes(upload.type)) {
    return { code: 'not-allowed', detail: `Files of this type are not taken; accepted: ${limits.types.join(', ')}.` };
  }
  return null;
}
