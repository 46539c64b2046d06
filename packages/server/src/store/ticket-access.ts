import { timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import { compileOnce } from './compiled-query.js';
import type { Database } from './schema.js';
import { findSession, type SessionRow } from './sessions.js';
import type { TicketRow } from './ticket-summary.js';

/** A ticket, and what opened it; `session` is undefined where that was its own secret. */
export interface OpenedTicket {
  ticket: TicketRow;
  session: SessionRow | undefined;
}

const ticketOf = compileOnce<{ deskId: string; number: string }>()((db, { deskId, number }) =>
  db.selectFrom('ticket').selectAll().where('deskId', '=', deskId).where('number', '=', number),
);
const bindingOf = compileOnce<{ deskId: string; sessionId: string; ticketId: string }>()((db, { deskId, sessionId, ticketId }) =>
  db
    .selectFrom('sessionTicket')
    .select('ticketId')
    .where('deskId', '=', deskId)
    .where('sessionId', '=', sessionId)
    .where('ticketId', '=', ticketId),
);

/**
 * The ticket of this number, where a token opens it: its secret, or a session of its requester or of a device that has it.
 * Undefined for what the token does not open and for what does not exist; both take the same questions to the database.
 */
export async function openTicket(
  db: Kysely<Database>,
  { deskId, number, tokenHash, now }: { deskId: string; number: string; tokenHash: string; now: number },
): Promise<OpenedTicket | undefined> {
  const ticket = (await ticketOf(db, { deskId, number })).rows[0];
  const session = await findSession(db, deskId, tokenHash, now);
  const bound = (await bindingOf(db, { deskId, sessionId: session?.id ?? '', ticketId: ticket?.id ?? '' })).rows.length > 0;
  if (!ticket) return undefined;
  if (timingSafeEqual(Buffer.from(ticket.secretHash), Buffer.from(tokenHash))) return { ticket, session: undefined };
  if (session && (bound || session.requesterId === ticket.requesterId)) return { ticket, session };
  return undefined;
}

/** The ticket of this id, whoever asks. */
export async function findTicketById(db: Kysely<Database>, deskId: string, id: string): Promise<TicketRow | undefined> {
  return db.selectFrom('ticket').selectAll().where('deskId', '=', deskId).where('id', '=', id).executeTakeFirst();
}
