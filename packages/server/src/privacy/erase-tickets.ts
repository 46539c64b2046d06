import { randomBytes } from 'node:crypto';
import type { Selectable, Transaction } from 'kysely';
import { sha256 } from '../sha256.js';
import { eraseHeld } from './erase-held.js';
import { addStatusChange } from '../store/message-rows.js';
import type { Database, TicketTable } from '../store/schema.js';

/** What lies outside the database and has to go once its transaction is committed. */
export interface Leftovers {
  /** Their bytes. */
  uploadIds: string[];
  /** What opens records that they have lent. */
  headers: string[];
  /** Message-IDs of mails that may have been caught. */
  messageIds: string[];
}

/**
 * Takes everything out of tickets that anybody has written in them, or that opens them, and closes them: nobody is left to be
 * answered. Contact, kind, tags, language, times and scores stay, for the statistics.
 *
 * @param ids some hundreds at most.
 * @param now milliseconds since 1970.
 */
export async function eraseTickets(trx: Transaction<Database>, deskId: string, ids: readonly string[], now: number): Promise<Leftovers> {
  if (ids.length === 0) return { uploadIds: [], headers: [], messageIds: [] };
  const tickets = await trx.selectFrom('ticket').selectAll().where('deskId', '=', deskId).where('id', 'in', ids).execute();
  for (const ticket of tickets) await eraseAnswers(trx, ticket);
  const mails = await trx.deleteFrom('outbox').where('deskId', '=', deskId).where('ticketId', 'in', ids).returning('messageId').execute();
  const attached = await trx.deleteFrom('upload').where('deskId', '=', deskId).where('ticketId', 'in', ids).returning('id').execute();
  // made for the draft, and not yet or never sent
  const loose = await trx
    .deleteFrom('upload')
    .where('deskId', '=', deskId)
    .where('expiresAt', 'is not', null)
    .where(
      'secretHash',
      'in',
      tickets.map(({ secretHash }) => secretHash),
    )
    .returning('id')
    .execute();
  const confirmed = await eraseHeld(trx, deskId, (held) => held.where('ticketId', 'in', ids));
  await trx
    .updateTable('message')
    .set((eb) => ({ text: null, authorId: eb.case().when('authorKind', '=', 'requester').then(null).else(eb.ref('authorId')).end() }))
    .where('deskId', '=', deskId)
    .where('ticketId', 'in', ids)
    .execute();
  await trx
    .updateTable('statusChange')
    .set((eb) => ({ reason: '', actorId: eb.case().when('actorKind', '=', 'requester').then(null).else(eb.ref('actorId')).end() }))
    .where('deskId', '=', deskId)
    .where('ticketId', 'in', ids)
    .execute();
  for (const ticket of tickets) await emptyTicket(trx, ticket, now);
  await endDeviceSessions(trx, deskId, ids);
  const headers = await eraseAccess(trx, deskId, ids);
  return {
    uploadIds: [...attached, ...loose].map(({ id }) => id),
    headers,
    messageIds: [...mails.map(({ messageId }) => messageId), ...confirmed.messageIds],
  };
}

/** What was asked for, offered and lent, who has seen it, and what is told of it. @returns names of headers */
async function eraseAccess(trx: Transaction<Database>, deskId: string, ids: readonly string[]): Promise<string[]> {
  const records = await trx
    .deleteFrom('accessRecord')
    .where('deskId', '=', deskId)
    .where('ticketId', 'in', ids)
    .returning(['id', 'header'])
    .execute();
  for (const { id } of records) await trx.deleteFrom('accessPayload').where('deskId', '=', deskId).where('recordId', '=', id).execute();
  for (const table of ['accessRequest', 'accessReveal', 'accessPass', 'accessAudit'] as const)
    await trx.deleteFrom(table).where('deskId', '=', deskId).where('ticketId', 'in', ids).execute();
  return records.flatMap(({ header }) => header ?? []);
}

async function emptyTicket(trx: Transaction<Database>, ticket: Selectable<TicketTable>, now: number): Promise<void> {
  const { deskId, id, status } = ticket;
  const seq = ticket.lastSeq + 1;
  const closes = status !== 'closed';
  if (closes) {
    const change = { deskId, ticketId: id, seq, actorKind: 'desk' as const, actorId: null, status: 'closed' as const, reason: '' };
    await addStatusChange(trx, { ...change, createdAt: now });
  }
  await trx
    .updateTable('ticket')
    .set({
      subject: null,
      orderReference: null,
      ratingComment: null,
      assigneeEmail: null,
      assigneeComment: null,
      access: null,
      secretHash: sha256(randomBytes(32)),
      ...(closes && { status: 'closed' as const, waitingFor: null, closedAt: now, updatedAt: now, lastSeq: seq, publicSeq: seq }),
    })
    .where('deskId', '=', deskId)
    .where('id', '=', id)
    .execute();
}

/**
 * Stored answers to what made the ticket and its replies. That of a reply names its entry only: where another one was given in the
 * same millisecond for an entry of the same number, neither is told apart, and both go by themselves after nine days.
 */
async function eraseAnswers(
  trx: Transaction<Database>,
  { deskId, id, number, secretHash, createdAt }: Selectable<TicketTable>,
): Promise<void> {
  await trx.deleteFrom('idempotencyKey').where('deskId', '=', deskId).where('secretHash', '=', secretHash).execute();
  await trx
    .deleteFrom('idempotencyKey')
    .where('deskId', '=', deskId)
    .where('createdAt', '=', createdAt)
    .where('answer', '=', JSON.stringify({ number }))
    .execute();
  for (const { secretHash, key } of await answersToReplies(trx, { deskId, id }))
    await trx
      .deleteFrom('idempotencyKey')
      .where('deskId', '=', deskId)
      .where('secretHash', '=', secretHash)
      .where('key', '=', key)
      .execute();
}

/** Keys of the stored answers that belong to entries of a ticket beyond doubt. */
export async function answersToReplies(trx: Pick<Transaction<Database>, 'selectFrom'>, { deskId, id }: { deskId: string; id: string }) {
  const entries = await trx
    .selectFrom('message')
    .select(['seq', 'createdAt'])
    .where('deskId', '=', deskId)
    .where('ticketId', '=', id)
    .where('seq', '>', 1)
    .execute();
  const found = [];
  for (const { seq, createdAt } of entries) {
    const answers = await trx
      .selectFrom('idempotencyKey')
      .select(['secretHash', 'key', 'status', 'answer', 'createdAt'])
      .where('deskId', '=', deskId)
      .where('createdAt', '=', createdAt)
      .where('answer', '=', JSON.stringify({ seq }))
      .limit(2)
      .execute();
    if (answers.length === 1 && answers[0]) found.push(answers[0]);
  }
  return found;
}

/** A device that had one of the tickets among others keeps its session for those. */
async function endDeviceSessions(trx: Transaction<Database>, deskId: string, ids: readonly string[]): Promise<void> {
  const opened = await trx
    .deleteFrom('sessionTicket')
    .where('deskId', '=', deskId)
    .where('ticketId', 'in', ids)
    .returning('sessionId')
    .execute();
  for (const sessionId of new Set(opened.map((row) => row.sessionId)))
    await trx
      .deleteFrom('session')
      .where('deskId', '=', deskId)
      .where('id', '=', sessionId)
      .where('via', '=', 'device')
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('sessionTicket').select('ticketId').where('deskId', '=', deskId).where('sessionId', '=', sessionId))),
      )
      .execute();
}
