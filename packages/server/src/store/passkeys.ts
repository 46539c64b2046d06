import type { Passkey } from '@storefront-support/contract';
import type { Insertable, Kysely, Selectable, Transaction } from 'kysely';
import type { PasskeyTable } from './agent-schema.js';
import type { Database } from './schema.js';
import { instant } from './tickets.js';

export type PasskeyRow = Selectable<PasskeyTable>;

/** False: it is registered already. */
export async function addPasskey(trx: Transaction<Database>, row: Insertable<PasskeyTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('passkey')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return Boolean(numInsertedOrUpdatedRows);
}

export async function findPasskey(db: Kysely<Database>, id: string): Promise<PasskeyRow | undefined> {
  return db.selectFrom('passkey').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function passkeysOf(db: Kysely<Database>, agentId: string): Promise<PasskeyRow[]> {
  return db.selectFrom('passkey').selectAll().where('agentId', '=', agentId).orderBy('createdAt').orderBy('id').execute();
}

/** As its owner sees it. */
export function shownPasskey({ id, name, createdAt, lastUsedAt }: PasskeyRow): Passkey {
  return { id, name, createdAt: instant(createdAt), lastUsedAt: lastUsedAt === null ? null : instant(lastUsedAt) };
}

/** @param counter as the authenticator counts; it must be the one read before, so that of two answers at once one is refused. */
export async function usePasskey(
  trx: Transaction<Database>,
  { id, counter: before }: PasskeyRow,
  counter: number,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('passkey')
    .set({ counter, lastUsedAt: now })
    .where('id', '=', id)
    .where('counter', '=', before)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Gone already is fine. */
export async function removePasskey(trx: Transaction<Database>, agentId: string, id: string): Promise<void> {
  await trx.deleteFrom('passkey').where('agentId', '=', agentId).where('id', '=', id).execute();
}

/** Keeps a challenge until it is answered. */
export async function addChallenge(
  trx: Transaction<Database>,
  challenge: { hash: string; agentId: string | null; expiresAt: number },
): Promise<void> {
  await trx.insertInto('passkeyChallenge').values(challenge).execute();
}

/** Takes a challenge, which is then answered, rightly or not. False: it never was, was answered before, or is too old. */
export async function takeChallenge(trx: Transaction<Database>, hash: string, agentId: string | null, now: number): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('passkeyChallenge')
    .where('hash', '=', hash)
    .where('agentId', agentId === null ? 'is' : '=', agentId)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
