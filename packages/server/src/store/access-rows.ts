import { afterCareOf } from '@storefront-support/contract/access-record';
import type { AccessMoment, LeaseFacts, RecordFacts, RequestFacts } from '@storefront-support/contract/access-lifecycle';
import type { TicketAccessSign } from '@storefront-support/contract';
import { SupportError } from '@storefront-support/contract';
import type { Kysely, Selectable, Transaction, Updateable } from 'kysely';
import type { AccessRecordTable, AccessRequestTable } from './access-schema.js';
import type { Database } from './schema.js';
import type { TicketRow } from './ticket-summary.js';

export type RequestRow = Selectable<AccessRequestTable>;
export type RecordRow = Selectable<AccessRecordTable>;

/** The ticket as it is, kept from everybody else until the transaction ends: what hangs on it changes one at a time. */
export async function lockTicket(trx: Transaction<Database>, deskId: string, id: string): Promise<TicketRow> {
  const ticket = await trx
    .updateTable('ticket')
    .set((eb) => ({ access: eb.ref('access') }))
    .where('deskId', '=', deskId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (!ticket) throw new SupportError('not-found', 'No such ticket.');
  return ticket;
}

/** @param now milliseconds since 1970. */
export function momentOf({ status, closedAt, updatedAt }: Pick<TicketRow, 'status' | 'closedAt' | 'updatedAt'>, now: number): AccessMoment {
  return { now, ticketClosedAt: status === 'closed' ? (closedAt ?? updatedAt) : null };
}

/** The newest first. */
export async function requestsOf(db: Kysely<Database>, deskId: string, ticketId: string): Promise<RequestRow[]> {
  return db
    .selectFrom('accessRequest')
    .selectAll()
    .where('deskId', '=', deskId)
    .where('ticketId', '=', ticketId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** The newest first. */
export async function recordsOf(db: Kysely<Database>, deskId: string, ticketId: string): Promise<RecordRow[]> {
  return db
    .selectFrom('accessRecord')
    .selectAll()
    .where('deskId', '=', deskId)
    .where('ticketId', '=', ticketId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** @throws {SupportError} `not-found`: this ticket has none of this id. */
export async function requestOn(
  db: Kysely<Database>,
  { deskId, id: ticketId }: Pick<TicketRow, 'deskId' | 'id'>,
  id: string,
): Promise<RequestRow> {
  const request = await findRequest(db, deskId, id);
  if (request?.ticketId !== ticketId) throw new SupportError('not-found', 'This ticket has no request of this id.');
  return request;
}

/** @throws {SupportError} `not-found`: this ticket has none of this id. */
export async function recordOn(
  db: Kysely<Database>,
  { deskId, id: ticketId }: Pick<TicketRow, 'deskId' | 'id'>,
  id: string,
): Promise<RecordRow> {
  const row = await findRecord(db, deskId, id);
  if (row?.ticketId !== ticketId) throw new SupportError('not-found', 'This ticket has no record of this id.');
  return row;
}

/** A request, whatever it belongs to. */
export async function findRequest(db: Kysely<Database>, deskId: string, id: string): Promise<RequestRow | undefined> {
  return db.selectFrom('accessRequest').selectAll().where('deskId', '=', deskId).where('id', '=', id).executeTakeFirst();
}

/** A record, whatever it belongs to. */
export async function findRecord(db: Kysely<Database>, deskId: string, id: string): Promise<RecordRow | undefined> {
  return db.selectFrom('accessRecord').selectAll().where('deskId', '=', deskId).where('id', '=', id).executeTakeFirst();
}

export function requestFacts({ state, answerUntil, endedAt }: RequestRow): RequestFacts {
  return { state, answerUntil, endedAt };
}

export function recordFacts(row: RecordRow): RecordFacts {
  const { state, createdAt, expiresAt, epoch, maxReveals, reveals, failures, endedAt } = row;
  return { state, createdAt, expiresAt, epoch, maxReveals, reveals, failures, lease: leaseOf(row), endedAt };
}

function leaseOf({ leaseReveal, leaseAgentId, leasePurpose, leaseUntil }: RecordRow): LeaseFacts | null {
  if (leaseReveal === null || leaseAgentId === null || leasePurpose === null || leaseUntil === null) return null;
  return { reveal: leaseReveal, agentId: leaseAgentId, purpose: leasePurpose, until: leaseUntil };
}

/** Writes what a step has come to. */
export async function saveRequest(
  trx: Transaction<Database>,
  row: RequestRow,
  facts: RequestFacts,
  more: Updateable<AccessRequestTable> = {},
): Promise<RequestRow> {
  const changes = { ...facts, ...more };
  await trx.updateTable('accessRequest').set(changes).where('deskId', '=', row.deskId).where('id', '=', row.id).execute();
  return { ...row, ...changes } as RequestRow;
}

/** The same of a record; one that ends loses its payload, and begins what is left to do in the shop. */
export async function saveRecord(
  trx: Transaction<Database>,
  row: RecordRow,
  facts: RecordFacts,
  more: Updateable<AccessRecordTable> = {},
): Promise<RecordRow> {
  const { createdAt: _began, maxReveals: _most, lease, ...rest } = facts;
  const ends = row.state === 'active' && facts.state !== 'active';
  const changes = {
    ...rest,
    leaseReveal: lease?.reveal ?? null,
    leaseAgentId: lease?.agentId ?? null,
    leasePurpose: lease?.purpose ?? null,
    leaseUntil: lease?.until ?? null,
    revision: row.revision + 1,
    // what took its place has a list of its own
    ...(ends && { afterCareOpen: facts.state === 'superseded' || afterCareOf(row.kind).length === 0 ? 0 : 1 }),
    ...more,
  };
  await trx.updateTable('accessRecord').set(changes).where('deskId', '=', row.deskId).where('id', '=', row.id).execute();
  if (ends) await trx.deleteFrom('accessPayload').where('deskId', '=', row.deskId).where('recordId', '=', row.id).execute();
  return { ...row, ...changes } as RecordRow;
}

/** Notes on the ticket what there is to see, so that nobody has to ask for more before there is anything. */
export async function markTicket(trx: Transaction<Database>, ticket: TicketRow): Promise<TicketRow> {
  const { deskId, id } = ticket;
  const states = new Set((await requestsOf(trx, deskId, id)).map(({ state }) => state));
  const records = await recordsOf(trx, deskId, id);
  const access: TicketAccessSign | null = states.has('asked')
    ? 'asked'
    : states.has('offered')
      ? 'offered'
      : records.some(({ state }) => state === 'active')
        ? 'lent'
        : records.some(({ afterCareOpen }) => afterCareOpen === 1)
          ? 'after-care'
          : null;
  if (access !== ticket.access) await trx.updateTable('ticket').set({ access }).where('deskId', '=', deskId).where('id', '=', id).execute();
  return { ...ticket, access };
}
