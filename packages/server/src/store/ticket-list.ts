import type { Kysely } from 'kysely';
import type { Database } from './schema.js';
import type { TicketRow } from './ticket-summary.js';

/** Whose tickets: those of a requester, or those that a session of a device was opened with. */
export type TicketScope = { requesterId: string } | { sessionId: string };

/** Where a page of a list ends: the next one goes on after it. */
export interface TicketCursor {
  updatedAt: number;
  id: string;
}

export interface ListTickets {
  deskId: string;
  scope: TicketScope;
  /** Absent: all. `active`: everything but closed. */
  status?: 'active' | 'closed' | undefined;
  cursor?: TicketCursor | undefined;
  limit: number;
}

/** Part of a list. */
export interface TicketRows {
  rows: TicketRow[];
  /** Null: this was the last part. */
  next: TicketCursor | null;
}

/** Tickets of somebody, the last changed first. */
export async function listTickets(db: Kysely<Database>, { deskId, scope, status, cursor, limit }: ListTickets): Promise<TicketRows> {
  let query = within(db, deskId, scope).selectAll('ticket').orderBy('ticket.updatedAt', 'desc').orderBy('ticket.id', 'desc');
  if (status !== undefined) query = query.where('ticket.status', status === 'closed' ? '=' : '<>', 'closed');
  if (cursor) {
    query = query.where((eb) =>
      eb(eb.refTuple('ticket.updatedAt', 'ticket.id'), '<', eb.tuple(eb.val(cursor.updatedAt), eb.val(cursor.id))),
    );
  }
  const found = await query.limit(limit + 1).execute();
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows, next: last ? { updatedAt: last.updatedAt, id: last.id } : null };
}

/** Unread answers in all of somebody's tickets. */
export async function countUnread(db: Kysely<Database>, deskId: string, scope: TicketScope): Promise<number> {
  const found = await within(db, deskId, scope)
    .select(({ fn }) => fn.sum<number | string | null>('ticket.unread').as('unread'))
    .executeTakeFirst();
  return Number(found?.unread ?? 0);
}

function within(db: Kysely<Database>, deskId: string, scope: TicketScope) {
  const tickets = db.selectFrom('ticket').where('ticket.deskId', '=', deskId);
  if ('requesterId' in scope) return tickets.where('ticket.requesterId', '=', scope.requesterId);
  return tickets.where('ticket.id', 'in', (eb) =>
    eb.selectFrom('sessionTicket').select('ticketId').where('deskId', '=', deskId).where('sessionId', '=', scope.sessionId),
  );
}
