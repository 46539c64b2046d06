import type { Requester } from '@storefront-support/contract';
import { sql, type Insertable, type Kysely, type Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { compileOnce } from './compiled-query.js';
import { writesAtOnce } from './dialects.js';
import type { Database, RequesterTable } from './schema.js';

interface Address {
  deskId: string;
  emailKey: string;
}

const byAddress = (db: Kysely<Database>, { deskId, emailKey }: Address) =>
  db.selectFrom('requester').select(['id', 'emailKey', 'verified']).where('deskId', '=', deskId).where('emailKey', '=', emailKey);
const findRequester = compileOnce<Address>()(byAddress);
const keepRequester = compileOnce<Address>()((db, address) =>
  writesAtOnce(db) ? byAddress(db, address).forKeyShare() : byAddress(db, address),
);
const addRequester = compileOnce<Insertable<RequesterTable>>()((db, { deskId, id, emailKey, email, name, createdAt }) =>
  db
    .insertInto('requester')
    .values({ deskId, id, emailKey, email, name, createdAt })
    .onConflict((conflict) => conflict.columns(['deskId', 'emailKey']).doNothing()),
);
/** A requester's row as far as others need it. */
export interface KnownRequester {
  id: string;
  /** Lower case, as compared. */
  emailKey: string;
  verified: boolean;
}

/** Who has this address at a desk; undefined: nobody. */
export async function requesterOf(db: Kysely<Database>, deskId: string, email: string): Promise<KnownRequester | undefined> {
  return known(await findRequester(db, { deskId, emailKey: email.toLowerCase() }));
}

function known({ rows: [found] }: Awaited<ReturnType<typeof findRequester>>): KnownRequester | undefined {
  return found && { ...found, verified: found.verified === 1 };
}

/** The same, added where nobody has it yet. Whoever is found is not erased before the transaction has ended. */
export async function findOrAddRequester(
  trx: Transaction<Database>,
  deskId: string,
  { name, email }: Requester,
  createdAt: number,
): Promise<KnownRequester> {
  const emailKey = email.toLowerCase();
  const there = known(await keepRequester(trx, { deskId, emailKey }));
  if (there) return there;
  const id = uuidv7({ msecs: createdAt });
  // somebody else may add the same address at the same time on an engine with several writers
  const { numAffectedRows } = await addRequester(trx, { deskId, id, emailKey, email, name, createdAt });
  if (numAffectedRows) return { id, emailKey, verified: false };
  const theirs = known(await keepRequester(trx, { deskId, emailKey }));
  if (!theirs) throw new Error('A requester that exists could not be read.');
  return theirs;
}

/**
 * Waits for everybody who is writing about a requester, and has those who come later wait. To be called before anything else is
 * asked: the transaction then sees all that was written before it, and what was begun before it is begun again after it.
 */
export async function lockRequesters(trx: Transaction<Database>): Promise<void> {
  if (writesAtOnce(trx)) await sql`lock table requester in exclusive mode`.execute(trx);
}
