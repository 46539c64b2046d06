import type { Requester } from '@storefront-support/contract';
import type { Insertable, Kysely, Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { compileOnce } from './compiled-query.js';
import type { Database, RequesterTable } from './schema.js';

const findRequester = compileOnce<{ deskId: string; emailKey: string }>()((db, { deskId, emailKey }) =>
  db.selectFrom('requester').select(['id', 'emailKey', 'verified']).where('deskId', '=', deskId).where('emailKey', '=', emailKey),
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
  const found = (await findRequester(db, { deskId, emailKey: email.toLowerCase() })).rows[0];
  return found && { ...found, verified: found.verified === 1 };
}

/** The same, added where nobody has it yet. */
export async function findOrAddRequester(
  trx: Transaction<Database>,
  deskId: string,
  { name, email }: Requester,
  createdAt: number,
): Promise<KnownRequester> {
  const known = await requesterOf(trx, deskId, email);
  if (known) return known;
  const emailKey = email.toLowerCase();
  const id = uuidv7({ msecs: createdAt });
  // somebody else may add the same address at the same time on an engine with several writers
  const { numAffectedRows } = await addRequester(trx, { deskId, id, emailKey, email, name, createdAt });
  if (numAffectedRows) return { id, emailKey, verified: false };
  const theirs = await requesterOf(trx, deskId, email);
  if (!theirs) throw new Error('A requester that exists could not be read.');
  return theirs;
}
