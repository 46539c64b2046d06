import { randomBytes } from 'node:crypto';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { hashSecret } from '../ticket-secret.js';
import type { AgentInviteTable } from './agent-schema.js';
import type { Database } from './schema.js';

/** A set-up link is good for three days, and for one use. */
export const INVITE_MS = 3 * 24 * 3_600_000;

/** The link before this one opens nothing any more. @returns the token, which is kept nowhere. */
export async function addInvite(trx: Transaction<Database>, agentId: string, totpSecret: string, now: number): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await trx.deleteFrom('agentInvite').where('agentId', '=', agentId).execute();
  await trx
    .insertInto('agentInvite')
    .values({ hash: hashSecret(token), agentId, totpSecret, createdAt: now, expiresAt: now + INVITE_MS })
    .execute();
  return token;
}

/** The link of a token, unless it is spent or too old. */
export async function findInvite(db: Kysely<Database>, token: string, now: number): Promise<Selectable<AgentInviteTable> | undefined> {
  return db.selectFrom('agentInvite').selectAll().where('hash', '=', hashSecret(token)).where('expiresAt', '>', now).executeTakeFirst();
}

/** False: somebody else has spent it. */
export async function spendInvite(trx: Transaction<Database>, token: string, now: number): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('agentInvite')
    .where('hash', '=', hashSecret(token))
    .where('expiresAt', '>', now)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
