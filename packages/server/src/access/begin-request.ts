import { SupportError, type AccessKind } from '@storefront-support/contract';
import { newRequest } from '@storefront-support/contract/access-lifecycle';
import type { Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { enqueueAccessMail } from '../mail/enqueue-access-mail.js';
import { invalidFields } from '../invalid-fields.js';
import { markTicket, requestsOf } from '../store/access-rows.js';
import type { DeskConfig } from '../desk-config.js';
import type { Database } from '../store/schema.js';
import type { TicketRow } from '../store/ticket-summary.js';
import { expiryProblem } from '@storefront-support/contract/access-lifecycle';
import type { AccessPlace } from './access-steps.js';
import { appendAudit, chainOf } from './audit-chain.js';

/** Open at a time on one ticket, offers and requests together. */
const OPEN_MAX = 10;

/** What begins. */
export interface RequestDraft {
  kinds: readonly AccessKind[];
  reason: string;
  /** Milliseconds since 1970; null with an offer. */
  neededUntil: number | null;
}

/**
 * Asks for access, or offers it, and leaves word for the other side.
 *
 * @returns id of the request, and the ticket as it is then.
 * @throws {SupportError} `ticket-closed`, `conflict`: too many are open.
 */
export async function beginRequest(
  trx: Transaction<Database>,
  { desk, ticket, source, now }: AccessPlace & { desk: DeskConfig },
  { kinds, reason, neededUntil }: RequestDraft,
): Promise<{ id: string; ticket: TicketRow }> {
  if (ticket.status === 'closed') throw new SupportError('ticket-closed', 'This ticket is closed; open it again first.');
  const { deskId, id: ticketId } = ticket;
  const open = (await requestsOf(trx, deskId, ticketId)).filter(({ state }) => state === 'asked' || state === 'offered');
  if (open.length >= OPEN_MAX) throw new SupportError('conflict', `At most ${OPEN_MAX} requests may be open on one ticket.`);
  const id = uuidv7({ msecs: now });
  const agentId = source.actor.kind === 'agent' ? source.actor.id : null;
  await trx
    .insertInto('accessRequest')
    .values({
      deskId,
      id,
      ticketId,
      ...newRequest(agentId === null ? 'offered' : 'asked', now),
      kinds: JSON.stringify(kinds),
      reason,
      begunBy: agentId === null ? 'requester' : 'agent',
      agentId,
      createdAt: now,
      neededUntil,
    })
    .execute();
  const event = agentId === null ? 'request.offered' : 'request.asked';
  const seq = await appendAudit(trx, chainOf(ticket), [{ ...source, event, at: now, reason, requestId: id }]);
  await enqueueAccessMail(trx, { desk, ticket, kind: agentId === null ? 'access-offered' : 'access-asked', seq, now });
  return { id, ticket: await markTicket(trx, ticket) };
}

/** @throws {SupportError} `expiry-too-short`, `expiry-too-long`, naming the field. */
export function checkExpiry(field: string, at: number, now: number): number {
  const problem = expiryProblem(at, now);
  if (problem === null) return at;
  const detail = problem === 'expiry-too-short' ? 'At least one hour from now.' : 'At most 30 days from now.';
  throw new SupportError(problem, `${field}: ${detail}`, { fields: invalidFields({ [field]: { code: 'invalid', detail } }).fields });
}
