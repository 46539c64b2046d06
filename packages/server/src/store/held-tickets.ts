import type { Insertable, Kysely, Selectable, Transaction } from 'kysely';
import type { HeldTicketTable } from './held-schema.js';
import type { Database } from './schema.js';

export type HeldTicketRow = Selectable<HeldTicketTable>;

/** The row that a request or a link names. */
export function findHeld(
  db: Kysely<Database>,
  deskId: string,
  by: { requestHash: string } | { tokenHash: string } | { id: string },
): Promise<HeldTicketRow | undefined> {
  let rows = db.selectFrom('heldTicket').selectAll().where('deskId', '=', deskId);
  if ('requestHash' in by) rows = rows.where('requestHash', '=', by.requestHash);
  else if ('tokenHash' in by) rows = rows.where('tokenHash', '=', by.tokenHash);
  else rows = rows.where('id', '=', by.id);
  return rows.executeTakeFirst();
}

/** Another post with the same fields is a message of its own from now on. */
export async function letRequestGo(trx: Transaction<Database>, { deskId, id }: HeldTicketRow): Promise<void> {
  await trx.updateTable('heldTicket').set({ requestHash: id }).where('deskId', '=', deskId).where('id', '=', id).execute();
}

/** How much there is of a desk and of a mailbox. */
export interface HeldCounts {
  /** Of the mailbox, confirmed or not, younger than a day. */
  ofMailbox: number;
  /** Of the mailbox, neither confirmed nor thrown away. */
  waiting: number;
  /** Of the mailbox, thrown away. */
  discarded: number;
  /** Of the desk, younger than an hour. */
  ofDesk: number;
  /** Bytes of files that wait. */
  fileBytes: number;
}

/** @param now milliseconds since 1970. */
export async function countHeld(
  trx: Transaction<Database>,
  { deskId, mailboxHash, now }: { deskId: string; mailboxHash: string; now: number },
): Promise<HeldCounts> {
  const rows = trx.selectFrom('heldTicket').where('deskId', '=', deskId);
  const mailbox = await rows
    .select(({ fn, eb }) => [
      fn.countAll<number | string>().as('all'),
      fn.sum<number | string | null>(eb.case().when('state', '=', 'held').then(1).else(0).end()).as('waiting'),
      fn.sum<number | string | null>(eb.case().when('state', '=', 'discarded').then(1).else(0).end()).as('discarded'),
    ])
    .where('mailboxHash', '=', mailboxHash)
    .where('expiresAt', '>', now)
    .executeTakeFirstOrThrow();
  const { n } = await rows
    .select(({ fn }) => fn.countAll<number | string>().as('n'))
    .where('createdAt', '>', now - 3_600_000)
    .executeTakeFirstOrThrow();
  const { bytes } = await rows
    .select(({ fn }) => fn.sum<number | string | null>('fileBytes').as('bytes'))
    .where('expiresAt', '>', now)
    .executeTakeFirstOrThrow();
  return {
    ofMailbox: Number(mailbox.all),
    waiting: Number(mailbox.waiting ?? 0),
    discarded: Number(mailbox.discarded ?? 0),
    ofDesk: Number(n),
    fileBytes: Number(bytes ?? 0),
  };
}

/** Writes a new row. What waited for the same mailbox and has expired no longer does. */
export async function addHeld(trx: Transaction<Database>, row: Insertable<HeldTicketTable>): Promise<void> {
  await trx
    .updateTable('heldTicket')
    .set({ waitingFor: null })
    .where('deskId', '=', row.deskId)
    .where('waitingFor', '=', row.mailboxHash)
    .where('expiresAt', '<=', row.createdAt)
    .execute();
  await trx.insertInto('heldTicket').values(row).execute();
}

/** Ends what is held. @returns false: somebody was faster. */
export async function endHeld(
  trx: Transaction<Database>,
  { deskId, id }: HeldTicketRow,
  end: { state: 'filed'; ticketId: string; answer: string } | { state: 'discarded' },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('heldTicket')
    // who has thrown one away has not asked for another mail
    .set({ ...end, draft: null, fileBytes: 0, ...(end.state === 'filed' && { waitingFor: null }) })
    .where('deskId', '=', deskId)
    .where('id', '=', id)
    .where('state', '=', 'held')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
