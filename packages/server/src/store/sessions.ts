import { randomBytes } from 'node:crypto';
import type { SessionOrigin } from '@storefront-support/contract';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { v4 as uuidv4 } from 'uuid';
import { hashSecret } from '../ticket-secret.js';
import { compileOnce } from './compiled-query.js';
import type { Database, SessionTable } from './schema.js';
import type { UnitOfWork } from './unit-of-work.js';

export type SessionRow = Selectable<SessionTable>;

const DAY_MS = 24 * 3_600_000;
/** A session lasts so long after its last use. */
export const SESSION_LIFE_MS = 30 * DAY_MS;
/** A session that is in use is written down as used no more often than this. */
const TOUCH_EVERY_MS = 10 * 60_000;

export interface NewSession {
  deskId: string;
  via: SessionOrigin;
  /** Whom it speaks for; null with `device`. */
  requesterId: string | null;
  /** What it opens, with `device`. */
  ticketIds?: readonly string[];
  /** Milliseconds since 1970. */
  now: number;
}

/** Opens a session. The token is known to nobody else: only its hash is kept. */
export async function openSession(
  trx: Transaction<Database>,
  { deskId, via, requesterId, ticketIds = [], now }: NewSession,
): Promise<{ session: SessionRow; token: string }> {
  const token = randomBytes(32).toString('base64url');
  const session = {
    deskId,
    id: uuidv4(),
    tokenHash: hashSecret(token),
    via,
    requesterId,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: now + SESSION_LIFE_MS,
  };
  await trx.insertInto('session').values(session).execute();
  if (ticketIds.length > 0) {
    const rows = ticketIds.map((ticketId) => ({ deskId, sessionId: session.id, ticketId }));
    await trx.insertInto('sessionTicket').values(rows).execute();
  }
  return { session, token };
}

/** Opens a session for somebody who has proved that the address is theirs, and remembers that they have. */
export async function openPersonSession(
  trx: Transaction<Database>,
  session: Omit<NewSession, 'ticketIds'> & { requesterId: string },
): Promise<{ session: SessionRow; token: string }> {
  const { deskId, requesterId } = session;
  await trx.updateTable('requester').set({ verified: 1 }).where('deskId', '=', deskId).where('id', '=', requesterId).execute();
  return openSession(trx, session);
}

const sessionOf = compileOnce<{ deskId: string; tokenHash: string; now: number }>()((db, { deskId, tokenHash, now }) =>
  db.selectFrom('session').selectAll().where('deskId', '=', deskId).where('tokenHash', '=', tokenHash).where('expiresAt', '>', now),
);

/** The session that a token opens; undefined: none, or it has ended. */
export async function findSession(db: Kysely<Database>, deskId: string, tokenHash: string, now: number): Promise<SessionRow | undefined> {
  return (await sessionOf(db, { deskId, tokenHash, now })).rows[0];
}

/** True while the session of this id has neither ended nor expired. */
export async function sessionStands(db: Kysely<Database>, deskId: string, id: string, now: number): Promise<boolean> {
  const query = db.selectFrom('session').select('id').where('deskId', '=', deskId).where('id', '=', id).where('expiresAt', '>', now);
  return (await query.executeTakeFirst()) !== undefined;
}

/** Notes that a session is in use, now and then; it lasts longer for it. */
export async function touchSession(write: UnitOfWork, session: SessionRow, now: number): Promise<SessionRow> {
  if (now - session.lastUsedAt < TOUCH_EVERY_MS) return session;
  const used = { lastUsedAt: now, expiresAt: now + SESSION_LIFE_MS };
  await write.run((trx) =>
    trx.updateTable('session').set(used).where('deskId', '=', session.deskId).where('id', '=', session.id).execute(),
  );
  return { ...session, ...used };
}

/** All sessions of the person whom `session` speaks for, the last used first; a device's is alone. */
export async function listSessions(db: Kysely<Database>, session: SessionRow, now: number): Promise<SessionRow[]> {
  if (session.requesterId === null) return [session];
  return db
    .selectFrom('session')
    .selectAll()
    .where('deskId', '=', session.deskId)
    .where('requesterId', '=', session.requesterId)
    .where('expiresAt', '>', now)
    .orderBy('lastUsedAt', 'desc')
    .orderBy('id')
    .execute();
}

/** Ends one session of the person whom `session` speaks for. @returns false: there was none of this id. */
export async function endSession(trx: Transaction<Database>, session: SessionRow, id: string): Promise<boolean> {
  if (session.requesterId === null && id !== session.id) return false;
  let query = trx.deleteFrom('session').where('deskId', '=', session.deskId).where('id', '=', id);
  if (session.requesterId !== null) query = query.where('requesterId', '=', session.requesterId);
  const { numDeletedRows } = await query.executeTakeFirst();
  if (numDeletedRows === 0n) return false;
  await trx.deleteFrom('sessionTicket').where('deskId', '=', session.deskId).where('sessionId', '=', id).execute();
  return true;
}
