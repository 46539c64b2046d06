import { randomBytes } from 'node:crypto';
import type { VaultPass } from '@storefront-support/contract';
import { ACCESS } from '@storefront-support/contract/access-record';
import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../store/schema.js';
import { instant } from '../store/tickets.js';
import { hashSecret } from '../ticket-secret.js';

/** Passes of one request at a time; the oldest goes. */
const PASSES_MAX = 20;

/** For whom a pass was made. */
export interface PassHolder {
  ticketId: string;
  requestId: string;
  /** Of the page that asked for it. */
  origin: string;
}

/** Lets its holder seal for one request, for a while. @returns the token, which is kept nowhere. */
export async function addPass(
  trx: Transaction<Database>,
  deskId: string,
  { ticketId, requestId, origin }: PassHolder,
  now: number,
): Promise<Omit<VaultPass, 'url'>> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = now + ACCESS.passMs;
  await trx
    .insertInto('accessPass')
    .values({ deskId, tokenHash: hashSecret(token), ticketId, requestId, origin, createdAt: now, expiresAt })
    .execute();
  const old = await trx
    .selectFrom('accessPass')
    .select('tokenHash')
    .where('deskId', '=', deskId)
    .where('requestId', '=', requestId)
    .orderBy('createdAt', 'desc')
    .offset(PASSES_MAX)
    .limit(PASSES_MAX)
    .execute();
  const hashes = old.map(({ tokenHash }) => tokenHash);
  if (hashes.length > 0) await trx.deleteFrom('accessPass').where('deskId', '=', deskId).where('tokenHash', 'in', hashes).execute();
  return { token, expiresAt: instant(expiresAt) };
}

/** For whom it was made; undefined where it is none of this desk, or has expired. */
export async function findPass(db: Kysely<Database>, deskId: string, tokenHash: string, now: number): Promise<PassHolder | undefined> {
  return db
    .selectFrom('accessPass')
    .select(['ticketId', 'requestId', 'origin'])
    .where('deskId', '=', deskId)
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
}
