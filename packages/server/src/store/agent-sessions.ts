import { randomBytes } from 'node:crypto';
import type { AgentSession } from '@storefront-support/contract';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { hashSecret } from '../ticket-secret.js';
import type { AgentSessionTable } from './agent-schema.js';
import type { Database } from './schema.js';
import { instant } from './tickets.js';

const HOUR = 3_600_000;
/** Unused for so long, a session ends. */
export const AGENT_IDLE_MS = 12 * HOUR;
/** However much it is used, a session ends then. */
export const AGENT_SESSION_MS = 7 * 24 * HOUR;
/** How exact `lastUsedAt` is: a write for every read would cost more than it tells. */
const TOUCH_MS = 60_000;

export type AgentSessionRow = Selectable<AgentSessionTable>;

/** Which page a session is of. */
export type AgentPlace = AgentSessionRow['place'];

/**
 * @param secondFactor true: a passkey was shown, or a password with a code.
 * @returns the token, which is kept nowhere.
 */
export async function openAgentSession(
  trx: Transaction<Database>,
  agentId: string,
  now: number,
  { place = 'inbox', secondFactor = false }: { place?: AgentPlace | undefined; secondFactor?: boolean } = {},
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await trx
    .insertInto('agentSession')
    .values({
      tokenHash: hashSecret(token),
      id: uuidv7({ msecs: now }),
      agentId,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: now + AGENT_SESSION_MS,
      authenticatedAt: now,
      place,
      secondFactorAt: secondFactor ? now : null,
    })
    .execute();
  return token;
}

/** The session of a token, unless it has ended. */
export async function findAgentSession(
  db: Kysely<Database>,
  token: string,
  now: number,
  place: AgentPlace = 'inbox',
): Promise<AgentSessionRow | undefined> {
  return db
    .selectFrom('agentSession')
    .selectAll()
    .where('tokenHash', '=', hashSecret(token))
    .where('place', '=', place)
    .where('expiresAt', '>', now)
    .where('lastUsedAt', '>', now - AGENT_IDLE_MS)
    .executeTakeFirst();
}

/** True where the use of a session has to be written down again. */
export function touchDue({ lastUsedAt }: { lastUsedAt: number | null }, now: number): boolean {
  return lastUsedAt === null || now - lastUsedAt >= TOUCH_MS;
}

export async function touchAgentSession(trx: Transaction<Database>, tokenHash: string, now: number): Promise<void> {
  await trx.updateTable('agentSession').set({ lastUsedAt: now }).where('tokenHash', '=', tokenHash).execute();
}

/** Those that have not ended, the last used first. */
export async function listAgentSessions(
  db: Kysely<Database>,
  agentId: string,
  current: string | null,
  now: number,
): Promise<AgentSession[]> {
  const rows = await db
    .selectFrom('agentSession')
    .selectAll()
    .where('agentId', '=', agentId)
    .where('expiresAt', '>', now)
    .where('lastUsedAt', '>', now - AGENT_IDLE_MS)
    .orderBy('lastUsedAt', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ id, createdAt, lastUsedAt, expiresAt, authenticatedAt }) => ({
    id,
    createdAt: instant(createdAt),
    lastUsedAt: instant(lastUsedAt),
    expiresAt: instant(expiresAt),
    authenticatedAt: instant(authenticatedAt),
    current: id === current,
  }));
}

/** Ends one session of this agent; gone already is fine. */
export async function endAgentSession(trx: Transaction<Database>, agentId: string, id: string): Promise<void> {
  await trx.deleteFrom('agentSession').where('agentId', '=', agentId).where('id', '=', id).execute();
}
