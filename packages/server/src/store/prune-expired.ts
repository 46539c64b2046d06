import type { Transaction } from 'kysely';
import type { Database } from './schema.js';

/** Longer than any client keeps an unsent ticket, so that its last retry still meets the stored answer. */
export const IDEMPOTENCY_KEPT_MS = 9 * 24 * 60 * 60 * 1000;

/**
 * Drops stored answers and spent proofs that nobody can ask for any more.
 *
 * @param now milliseconds since 1970.
 */
export async function pruneExpired(trx: Transaction<Database>, now: number): Promise<void> {
  await trx
    .deleteFrom('idempotencyKey')
    .where('createdAt', '<', now - IDEMPOTENCY_KEPT_MS)
    .execute();
  await trx.deleteFrom('spentProof').where('expiresAt', '<', now).execute();
}
