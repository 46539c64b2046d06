import type { AccessRecord, AccessRequest } from '@storefront-support/contract';
import type { RecordCommand, RequestCommand } from '@storefront-support/contract/access-lifecycle';
import type { Updateable } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import type { Ports } from '../ports.js';
import { lockTicket, markTicket, momentOf, recordOn, requestOn } from '../store/access-rows.js';
import type { AccessRequestTable } from '../store/access-schema.js';
import type { TicketRow } from '../store/ticket-summary.js';
import { recordViews, requestViews } from './access-view.js';
import { insist, stepRecordRow, stepRequestRow } from './access-steps.js';
import type { AuditSource } from './audit-chain.js';
import { shredHeaders } from './shred-headers.js';

/** Something that somebody does to what hangs on a ticket. */
export interface Change {
  desk: DeskConfig;
  ticket: TicketRow;
  source: AuditSource;
  /** Of the request or the record. */
  id: string;
  reason?: string | undefined;
}

/** Tells everybody who follows the ticket that there is something to read. */
export function publishAccess(
  { events }: Pick<Ports, 'events'>,
  { deskId, id: ticketId, number, requesterId, publicSeq }: TicketRow,
): void {
  events.publish({ deskId, ticketId, number, requesterId, seq: publicSeq, internal: false, inPlace: true });
}

/** Takes a step in the life of a request. @throws {SupportError} `not-found`, and what the step is refused with */
export async function changeRequest(
  ports: Ports,
  { desk, ticket: seen, source, id, reason = '' }: Change,
  command: RequestCommand,
  more: Updateable<AccessRequestTable> = {},
): Promise<AccessRequest> {
  const now = ports.now();
  const { stepped, ticket } = await ports.store.write.run(async (trx) => {
    const ticket = await lockTicket(trx, seen.deskId, seen.id);
    const row = await requestOn(trx, ticket, id);
    const stepped = await stepRequestRow(trx, { desk, ticket, source, now }, row, command, { reason, more });
    return { stepped, ticket: await markTicket(trx, ticket) };
  });
  publishAccess(ports, ticket);
  const [view] = await requestViews(ports.store.read, [insist(stepped)], momentOf(ticket, now));
  if (!view) throw new Error('A request had no view.');
  return view;
}

/** Takes a step in the life of a record, and shreds what opened it where that ends it. @throws {SupportError} as above */
export async function changeRecord(
  ports: Ports,
  { desk, ticket: seen, source, id, reason = '' }: Change,
  command: RecordCommand,
): Promise<AccessRecord> {
  const now = ports.now();
  const { stepped, ticket } = await ports.store.write.run(async (trx) => {
    const ticket = await lockTicket(trx, seen.deskId, seen.id);
    const row = await recordOn(trx, ticket, id);
    const stepped = await stepRecordRow(trx, { desk, ticket, source, now }, row, command, { reason });
    return { stepped, ticket: await markTicket(trx, ticket) };
  });
  if (stepped.row.state !== 'active') await shredHeaders(ports, [stepped.row]);
  publishAccess(ports, ticket);
  ports.mailWaiting();
  const [view] = await recordViews(ports.store.read, [insist(stepped)], momentOf(ticket, now));
  if (!view) throw new Error('A record had no view.');
  return view;
}
