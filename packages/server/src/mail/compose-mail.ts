import { accessMail } from './access-mails.js';
import { heldMail } from './held-mail.js';
import { DeliveryError, type Mail } from './mail.js';
import { assignment, notification } from './mails-to-desk.js';
import { answer, closed, confirmation } from './mails-to-requesters.js';
import { signInMail } from './sign-in-mail.js';
import type { MailPorts, OutboxRow, TicketMail } from './ticket-mail.js';

/**
 * Writes the mail of an outbox row from what is stored now.
 *
 * @returns null: it has become pointless, and must not be sent.
 * @throws {DeliveryError} there is nothing to send it from.
 */
export async function composeMail(ports: MailPorts, row: OutboxRow): Promise<Mail | null> {
  const desk = ports.desks.get(row.deskId);
  if (!desk) throw new DeliveryError('desk-not-configured', false);
  if (row.kind === 'sign-in') return signInMail(row, desk, ports);
  if (row.kind === 'held') return heldMail(row, desk, ports);
  const ticket = await ticketOf(ports, row);
  if (!ticket) throw new DeliveryError('ticket-missing', true);
  const mail = { row, desk, ticket, contact: desk.desk.contacts.find(({ id }) => id === ticket.contactId) };
  switch (row.kind) {
    case 'confirmation':
      return confirmation(mail, ports);
    case 'answer':
      return answer(mail, ports);
    case 'closed':
      return closed(mail, ports);
    case 'assignment':
      return assignment(mail);
    case 'notification':
      return notification(mail, ports);
    case 'access-asked':
    case 'access-opened':
    case 'access-ended':
    case 'access-reminder':
    case 'access-offered':
      return accessMail(mail, row.kind, ports);
  }
}

function ticketOf({ db }: MailPorts, { deskId, ticketId }: OutboxRow): Promise<TicketMail['ticket'] | undefined> {
  return db
    .selectFrom('ticket')
    .innerJoin('requester', (join) => join.onRef('requester.deskId', '=', 'ticket.deskId').onRef('requester.id', '=', 'ticket.requesterId'))
    .selectAll('ticket')
    .select(['requester.name as requesterName', 'requester.email as requesterEmail', 'requester.verified as requesterVerified'])
    .where('ticket.deskId', '=', deskId)
    .where('ticket.id', '=', ticketId)
    .executeTakeFirst();
}
