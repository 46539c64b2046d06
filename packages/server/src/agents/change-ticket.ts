import type { agentTicketChangeSchema } from '@storefront-support/contract/agent-schemas';
import type { Transaction } from 'kysely';
import type { output } from 'zod/v4/core';
import type { DeskConfig } from '../desk-config.js';
import { invalidFields } from '../invalid-fields.js';
import { enqueueAssignmentMail } from '../mail/enqueue-ticket-mails.js';
import { setAssignee, setContact } from '../store/agent-tickets.js';
import { activeAgent, serves, type ActiveAgent } from '../store/agents.js';
import type { Database } from '../store/schema.js';
import { changeStatus } from '../store/threads.js';
import type { TicketRow } from '../store/ticket-summary.js';
import { servedTicket } from './thread-work.js';

/** What an agent does to a ticket besides writing. */
export interface TicketChange {
  desk: DeskConfig;
  agent: ActiveAgent;
  number: string;
  change: output<typeof agentTicketChangeSchema>;
  /** Milliseconds since 1970. */
  now: number;
}

/** The ticket as it is then. `internal`: its requester has nothing new to see. */
export interface TicketChanged {
  ticket: TicketRow;
  changed: 'nothing' | 'internal' | 'public';
}

/**
 * Changes contact, assignee and status, in this order, all or nothing. Whoever is assigned by somebody else is told by mail; an
 * agent who does not serve the new contact has the ticket no longer.
 *
 * @throws {SupportError} `not-found`, `invalid-fields`
 */
export async function changeTicket(trx: Transaction<Database>, { desk, agent, number, change, now }: TicketChange): Promise<TicketChanged> {
  const before = await servedTicket(trx, desk, number, agent);
  let changed: TicketChanged['changed'] = 'nothing';
  const { contactId, status, reason = '' } = change;
  if (contactId !== undefined && contactId !== before.contactId) {
    if (!desk.desk.contacts.some(({ id }) => id === contactId))
      throw invalidFields({ contactId: { code: 'invalid', detail: 'This desk has no contact of this id.' } });
    await setContact(trx, before, contactId);
    await leaveAssignee(trx, before, contactId);
    changed = 'internal';
  }
  if (await assign(trx, before, { desk, agent, change, now })) changed = 'internal';
  if (status !== undefined) {
    const { seq } = await changeStatus(trx, { desk, ticketId: before.id, actor: { kind: 'agent', id: agent.id }, status, reason, now });
    if (seq !== null) changed = 'public';
  }
  const ticket = await trx
    .selectFrom('ticket')
    .selectAll()
    .where('deskId', '=', before.deskId)
    .where('id', '=', before.id)
    .executeTakeFirstOrThrow();
  return { ticket, changed };
}

async function leaveAssignee(trx: Transaction<Database>, ticket: TicketRow, contactId: string): Promise<void> {
  if (ticket.assigneeId === null) return;
  const assignee = await activeAgent(trx, ticket.assigneeId);
  if (!assignee || !serves(assignee, ticket.deskId, contactId)) await setAssignee(trx, ticket, null);
}

async function assign(
  trx: Transaction<Database>,
  ticket: TicketRow,
  { desk, agent, change, now }: Omit<TicketChange, 'number'>,
): Promise<boolean> {
  const { assigneeId, assignee: other } = change;
  const mail = { desk, ticketId: ticket.id, seq: ticket.lastSeq, now };
  if (other !== undefined) {
    if (ticket.assigneeEmail === other.email && ticket.assigneeComment === other.comment) return false;
    await setAssignee(trx, ticket, other);
    await enqueueAssignmentMail(trx, mail, other.email);
    return true;
  }
  if (assigneeId === undefined) return false;
  if (assigneeId === null) {
    const had = ticket.assigneeId !== null || ticket.assigneeEmail !== null;
    if (had) await setAssignee(trx, ticket, null);
    return had;
  }
  const assignee = assigneeId === 'me' ? agent : await activeAgent(trx, assigneeId);
  if (!assignee || !serves(assignee, ticket.deskId, change.contactId ?? ticket.contactId))
    throw invalidFields({ assigneeId: { code: 'invalid', detail: 'No agent of this id serves the contact of this ticket.' } });
  if (ticket.assigneeId === assignee.id) return false;
  await setAssignee(trx, ticket, { id: assignee.id });
  // nobody needs a mail about what they have just done
  if (assignee.id !== agent.id) await enqueueAssignmentMail(trx, mail, assignee.email);
  return true;
}
