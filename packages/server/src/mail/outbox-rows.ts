import { randomUUID } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../store/schema.js';
import type { OutboxRow } from './ticket-mail.js';

/** Takes up to `count` due rows for `leaseMs`. Only whoever holds the lease may settle a row. */
export async function claimMails(trx: Transaction<Database>, count: number, now: number, leaseMs: number): Promise<OutboxRow[]> {
  const due = await trx
    .selectFrom('outbox')
    .select(['deskId', 'id'])
    .where('state', '=', 'waiting')
    .where('dueAt', '<=', now)
    .where('leaseUntil', '<=', now)
    .orderBy('dueAt')
    .limit(count)
    .execute();
  const claimed: OutboxRow[] = [];
  // one by one: by their key they are found at once, however long the outbox is
  for (const { deskId, id } of due) {
    const row = await trx
      .updateTable('outbox')
      .set((eb) => ({ leaseUntil: now + leaseMs, leaseId: randomUUID(), attempts: eb('attempts', '+', 1) }))
      .where('deskId', '=', deskId)
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .where('leaseUntil', '<=', now)
      .returningAll()
      .executeTakeFirst();
    if (row) claimed.push(row);
  }
  return claimed;
}

/** When the next row that nobody holds is due; null: none waits. */
export async function nextMailAt(db: Kysely<Database>, now: number): Promise<number | null> {
  const next = await db
    .selectFrom('outbox')
    .select('dueAt')
    .where('state', '=', 'waiting')
    .where('leaseUntil', '<=', now)
    .orderBy('dueAt')
    .limit(1)
    .executeTakeFirst();
  return next?.dueAt ?? null;
}

/**
 * The mail is out. Where its contact keeps no messages, the text it told of goes in the same transaction.
 *
 * @returns ids of uploads whose bytes have to go now; null: the lease was lost, and nothing was written.
 */
export async function settleAccepted(trx: Transaction<Database>, row: OutboxRow, erase: boolean): Promise<string[] | null> {
  const settled = await settle(trx, row, { state: 'accepted', lastError: null, leaseUntil: 0, leaseId: null });
  if (!settled) return null;
  if (!erase) return [];
  await trx.updateTable('ticket').set({ subject: null }).where('deskId', '=', row.deskId).where('id', '=', row.ticketId).execute();
  const message = await trx
    .updateTable('message')
    .set({ text: null })
    .where('deskId', '=', row.deskId)
    .where('ticketId', '=', row.ticketId)
    .where('seq', '=', row.seq)
    .returning('id')
    .executeTakeFirst();
  if (!message) return [];
  const erased = await trx
    .updateTable('upload')
    .set({ sha256: null, expectedSha256: null })
    .where('deskId', '=', row.deskId)
    .where('messageId', '=', message.id)
    .returning('id')
    .execute();
  return erased.map(({ id }) => id);
}

/** The mail has become pointless. @returns false: the lease was lost. */
export async function settleWithheld(trx: Transaction<Database>, row: OutboxRow): Promise<boolean> {
  return settle(trx, row, { state: 'withheld', lastError: null, leaseUntil: 0, leaseId: null });
}

/** The mail was not taken: again at `dueAt`, or never (`undeliverable`), with everything kept. @returns false: the lease was lost. */
export async function settleFailed(
  trx: Transaction<Database>,
  row: OutboxRow,
  failure: { state: 'waiting'; dueAt: number; lastError: string } | { state: 'undeliverable'; lastError: string },
): Promise<boolean> {
  return settle(trx, row, { ...failure, leaseUntil: 0, leaseId: null });
}

/**
 * Gives back what a process that is no more had taken. Only for a process that owns the outbox alone, before it claims: where
 * several send, a lease ends by its time.
 */
export async function releaseLeases(trx: Transaction<Database>): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ leaseUntil: 0, leaseId: null })
    .where('state', '=', 'waiting')
    .where('leaseUntil', '>', 0)
    .execute();
}

/** Sends now what a clock that ran ahead has put off beyond `latest`. */
export async function mendDueTimes(trx: Transaction<Database>, now: number, latest: number): Promise<void> {
  await trx.updateTable('outbox').set({ dueAt: now }).where('state', '=', 'waiting').where('dueAt', '>', latest).execute();
}

async function settle(
  trx: Transaction<Database>,
  { deskId, id, leaseId }: OutboxRow,
  changes: { state: OutboxRow['state']; lastError: string | null; leaseUntil: number; leaseId: null; dueAt?: number },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('outbox')
    .set(changes)
    .where('deskId', '=', deskId)
    .where('id', '=', id)
    .where('leaseId', '=', leaseId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
