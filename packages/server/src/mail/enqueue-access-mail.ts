import type { Transaction } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import type { AccessMailKind, Database } from '../store/schema.js';
import type { TicketRow } from '../store/ticket-summary.js';
import { addMail } from './add-mail.js';
import { mailboxOf } from './address.js';

/**
 * Leaves word of lent access in the outbox, in the transaction of what it is about: for the requester, or with `access-offered` for
 * the contact. Only what happens at the desk, or time, causes mails to a requester, so they have no cap.
 *
 * @param seq of the audit's entry.
 */
export async function enqueueAccessMail(
  trx: Transaction<Database>,
  {
    desk,
    ticket,
    kind,
    seq,
    now,
  }: { desk: DeskConfig; ticket: Pick<TicketRow, 'id' | 'requesterId'>; kind: AccessMailKind; seq: number; now: number },
): Promise<void> {
  if (kind === 'access-offered') return addMail(trx, { desk, kind, ticketId: ticket.id, seq, recipientKey: '', now });
  const requester = await trx
    .selectFrom('requester')
    .select('emailKey')
    .where('deskId', '=', desk.desk.id)
    .where('id', '=', ticket.requesterId)
    .executeTakeFirst();
  // somebody erased has a pseudonym in place of an address
  if (!requester?.emailKey.includes('@')) return;
  await addMail(trx, { desk, kind, ticketId: ticket.id, seq, recipientKey: mailboxOf(requester.emailKey), now });
}
