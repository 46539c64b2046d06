import type { Insertable, Transaction } from 'kysely';
import type { Database, SpentIdentityTokenTable } from './schema.js';

/** Spends a token of a shop. @returns false: it was spent before. */
export async function spendIdentityToken(trx: Transaction<Database>, row: Insertable<SpentIdentityTokenTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('spentIdentityToken')
    .values(row)
    .onConflict((conflict) => conflict.columns(['deskId', 'jtiHash']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
