import { SupportError } from '@storefront-support/contract';
import { ticketNumberSchema } from '@storefront-support/contract/schemas';
import type { Context } from 'hono';
import type { AppEnv, Ports } from '../ports.js';
import { findSession, touchSession, type SessionRow } from '../store/sessions.js';
import { openTicket, type OpenedTicket } from '../store/ticket-access.js';
import { secretHashIn } from '../ticket-secret.js';

type Clocked = Pick<Ports, 'store' | 'now'>;

/**
 * The ticket that the path names as `:number`, for whoever may have it.
 *
 * @throws {SupportError} `not-found`, the same for a ticket that does not exist and for a token that does not open it.
 */
export async function requireTicket(c: Context<AppEnv>, { store, now }: Clocked): Promise<OpenedTicket> {
  const number = ticketNumberSchema.safeParse(c.req.param('number')?.toUpperCase());
  const tokenHash = secretHashIn(c.req.header('Authorization'));
  if (number.success && tokenHash !== null) {
    const at = now();
    const opened = await openTicket(store.read, { deskId: c.var.desk.desk.id, number: number.data, tokenHash, now: at });
    if (opened?.session) return { ticket: opened.ticket, session: await touchSession(store.write, opened.session, at) };
    if (opened) return opened;
  }
  throw new SupportError('not-found', 'No ticket of this number is opened by this token.');
}

/**
 * The session whose token the request carries.
 *
 * @throws {SupportError} `not-signed-in`: none, or it has ended.
 */
export async function requireSession(c: Context<AppEnv>, { store, now }: Clocked): Promise<SessionRow> {
  const tokenHash = secretHashIn(c.req.header('Authorization'));
  const at = now();
  const session = tokenHash === null ? undefined : await findSession(store.read, c.var.desk.desk.id, tokenHash, at);
  if (!session) throw new SupportError('not-signed-in', 'Authorization: Bearer <session token> is missing, or the session has ended.');
  return touchSession(store.write, session, at);
}
