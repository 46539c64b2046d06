import { sql, type Transaction } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import { compileOnce } from '../store/compiled-query.js';
import type { Database } from '../store/schema.js';
import type { TicketRow } from '../store/ticket-summary.js';
import { addMail } from './add-mail.js';
import { mailboxOf } from './address.js';

/** What happens to a ticket within it is one mail. */
const GATHER_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/** What a requester is mailed of. */
export interface ThreadMail {
  desk: DeskConfig;
  ticket: Pick<TicketRow, 'id' | 'requesterId'>;
  /** `answer`: an agent has written publicly. `closed`: somebody else than the requester has closed the ticket. */
  kind: 'answer' | 'closed';
  /** Of the entry. */
  seq: number;
  /** Milliseconds since 1970. */
  now: number;
}

type Question = { deskId: string; recipientKey: string };

const recipientOf = compileOnce<{ deskId: string; id: string }>()((db, { deskId, id }) =>
  db.selectFrom('requester').select(['emailKey', 'verified']).where('deskId', '=', deskId).where('id', '=', id),
);

// it writes the row, though nothing of it changes: a worker that takes it at the same moment must not miss what joins it
const joinWaiting = compileOnce<Question & { kind: ThreadMail['kind']; ticketId: string; dayAgo: number }>()(
  (db, { deskId, recipientKey, kind, ticketId, dayAgo }) =>
    db
      .updateTable('outbox')
      .set({ attempts: 0 })
      .where('deskId', '=', deskId)
      .where('kind', '=', kind)
      .where('recipientKey', '=', recipientKey)
      .where('createdAt', '>', dayAgo)
      .where('ticketId', '=', ticketId)
      .where('state', '=', 'waiting')
      .where('attempts', '=', 0),
);

const countToday = compileOnce<Question & { dayAgo: number; most: number }>()((db, { deskId, recipientKey, dayAgo, most }) =>
  db
    .selectFrom(
      db
        .selectFrom('outbox')
        .select(sql<number>`1`.as('one'))
        .where('deskId', '=', deskId)
        .where('kind', 'in', ['answer', 'closed'])
        .where('recipientKey', '=', recipientKey)
        .where('createdAt', '>', dayAgo)
        .limit(most)
        .as('today'),
    )
    .select(({ fn }) => fn.countAll<number>().as('n')),
);

/**
 * Leaves word for the requester in the outbox, inside the transaction of what it is about. It leaves a minute later, and tells of
 * everything that has come until then. Only what somebody at the desk does causes it, so an address that its owner has signed in
 * with has no cap; any other has `answersPerAddressPerDay`, because it may be a stranger's.
 */
export async function enqueueThreadMail(trx: Transaction<Database>, { desk, ticket, kind, seq, now }: ThreadMail): Promise<void> {
  const deskId = desk.desk.id;
  const [requester] = (await recipientOf(trx, { deskId, id: ticket.requesterId })).rows;
  // somebody erased has a pseudonym in place of an address
  if (!requester?.emailKey.includes('@')) return;
  const recipientKey = mailboxOf(requester.emailKey);
  const dayAgo = now - DAY_MS;
  const { numAffectedRows } = await joinWaiting(trx, { deskId, recipientKey, kind, ticketId: ticket.id, dayAgo });
  if (numAffectedRows) return;
  if (requester.verified === 0) {
    const most = desk.mail.answersPerAddressPerDay;
    const { rows } = await countToday(trx, { deskId, recipientKey, dayAgo, most });
    if (Number(rows[0]?.n) >= most) return;
  }
  await addMail(trx, { desk, kind, ticketId: ticket.id, seq, recipientKey, now, dueAt: now + GATHER_MS });
}
