import { sql, type Insertable, type Kysely, type Selectable, type Transaction } from 'kysely';
import { compileOnce } from './compiled-query.js';
import type { Database, SignInLinkTable } from './schema.js';

export type SignInLinkRow = Selectable<SignInLinkTable>;

/** Writes a new link. */
export const addLink = compileOnce<Insertable<SignInLinkTable>>()((db, row) =>
  db.insertInto('signInLink').values({
    deskId: row.deskId,
    id: row.id,
    tokenHash: row.tokenHash,
    browserHash: row.browserHash,
    addressHash: row.addressHash,
    mailboxHash: row.mailboxHash,
    requesterId: row.requesterId,
    locale: row.locale,
    mailed: row.mailed,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    spentAt: null,
  }),
);

/** Links of an address that still open something do so no more. */
export const endOlderLinks = compileOnce<{ deskId: string; addressHash: string; now: number }>()((db, { deskId, addressHash, now }) =>
  db
    .updateTable('signInLink')
    .set({ spentAt: now })
    .where('deskId', '=', deskId)
    .where('addressHash', '=', addressHash)
    .where('expiresAt', '>', now)
    .where('spentAt', 'is', null),
);

/** Times in milliseconds since 1970; `most…`: how far to count. */
export interface LinkQuestion {
  deskId: string;
  mailboxHash: string;
  spanAgo: number;
  dayAgo: number;
  hourAgo: number;
  mostInSpan: number;
  mostInDay: number;
  mostOfDesk: number;
}

const countAll = compileOnce<LinkQuestion>()((db, question) => {
  const { deskId, mailboxHash, spanAgo, dayAgo, hourAgo, mostInSpan, mostInDay, mostOfDesk } = question;
  const links = db
    .selectFrom('signInLink')
    .select(sql<number>`1`.as('one'))
    .where('deskId', '=', deskId);
  const ofMailbox = links.where('mailboxHash', '=', mailboxHash);
  const inSpan = ofMailbox.where('createdAt', '>', spanAgo).limit(mostInSpan);
  const inDay = ofMailbox.where('createdAt', '>', dayAgo).limit(mostInDay);
  const ofDesk = links.where('mailed', '=', 1).where('createdAt', '>', hourAgo).limit(mostOfDesk);
  return db.selectNoFrom((eb) => [
    eb.selectFrom(inSpan.as('s')).select(eb.fn.countAll<number>().as('n')).as('inSpan'),
    eb.selectFrom(inDay.as('d')).select(eb.fn.countAll<number>().as('n')).as('inDay'),
    eb.selectFrom(ofDesk.as('h')).select(eb.fn.countAll<number>().as('n')).as('ofDesk'),
  ]);
});

/** How many links were made for a mailbox lately, and how many the desk has mailed in an hour. */
export async function countLinks(
  trx: Transaction<Database>,
  question: LinkQuestion,
): Promise<{ inSpan: number; inDay: number; ofDesk: number }> {
  const row = (await countAll(trx, question)).rows[0];
  return { inSpan: Number(row?.inSpan), inDay: Number(row?.inDay), ofDesk: Number(row?.ofDesk) };
}

/** The link that a token names and that would open something now; undefined: there is none, for whatever reason. */
export async function liveLink(
  db: Kysely<Database>,
  { deskId, tokenHash, now }: { deskId: string; tokenHash: string; now: number },
): Promise<(SignInLinkRow & { requesterId: string }) | undefined> {
  const found = await db
    .selectFrom('signInLink')
    .selectAll()
    .where('deskId', '=', deskId)
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now)
    .where('spentAt', 'is', null)
    .executeTakeFirst();
  return found?.requesterId == null ? undefined : { ...found, requesterId: found.requesterId };
}

/** @returns false: somebody was faster. */
export async function spendLink(trx: Transaction<Database>, { deskId, id }: SignInLinkRow, now: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('signInLink')
    .set({ spentAt: now })
    .where('deskId', '=', deskId)
    .where('id', '=', id)
    .where('spentAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
