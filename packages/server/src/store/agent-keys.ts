import { randomBytes } from 'node:crypto';
import type { AgentKey } from '@storefront-support/contract';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { hashSecret } from '../ticket-secret.js';
import type { AgentKeyTable } from './agent-schema.js';
import type { Database } from './schema.js';
import { instant } from './tickets.js';

type AgentKeyRow = Selectable<AgentKeyTable>;

/** @returns the key and its token, which is shown once and kept nowhere. */
export async function addAgentKey(
  trx: Transaction<Database>,
  agentId: string,
  { name, expiresAt }: { name: string; expiresAt: number | null },
  now: number,
): Promise<{ key: AgentKey; token: string }> {
  const token = randomBytes(32).toString('base64url');
  const row = { hash: hashSecret(token), id: uuidv7({ msecs: now }), agentId, name, createdAt: now, lastUsedAt: null, expiresAt };
  await trx.insertInto('agentKey').values(row).execute();
  return { key: shown(row), token };
}

/** The key of a token, unless it has expired. */
export async function findAgentKey(db: Kysely<Database>, token: string, now: number): Promise<AgentKeyRow | undefined> {
  return db
    .selectFrom('agentKey')
    .selectAll()
    .where('hash', '=', hashSecret(token))
    .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', now)]))
    .executeTakeFirst();
}

export async function touchAgentKey(trx: Transaction<Database>, hash: string, now: number): Promise<void> {
  await trx.updateTable('agentKey').set({ lastUsedAt: now }).where('hash', '=', hash).execute();
}

/** All of one agent, the newest first; expired ones too, until they are removed. */
export async function listAgentKeys(db: Kysely<Database>, agentId: string): Promise<AgentKey[]> {
  const rows = await db.selectFrom('agentKey').selectAll().where('agentId', '=', agentId).orderBy('id', 'desc').execute();
  return rows.map(shown);
}

/** Gone already is fine. */
export async function removeAgentKey(trx: Transaction<Database>, agentId: string, id: string): Promise<void> {
  await trx.deleteFrom('agentKey').where('agentId', '=', agentId).where('id', '=', id).execute();
}

function shown({ id, name, createdAt, lastUsedAt, expiresAt }: Omit<AgentKeyRow, 'hash' | 'agentId'>): AgentKey {
  const at = (millis: number | null) => (millis === null ? null : instant(millis));
  return { id, name, createdAt: instant(createdAt), lastUsedAt: at(lastUsedAt), expiresAt: at(expiresAt) };
}
