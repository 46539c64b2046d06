import type { TicketSummary } from '@storefront-support/contract';
import type { Selectable } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import type { TicketTable } from './schema.js';
import { instant } from './tickets.js';

export type TicketRow = Selectable<TicketTable>;

const DAY_MS = 24 * 3_600_000;

/** Until when its requester may reopen a ticket, in milliseconds since 1970; null: it is not closed, or stays closed for good. */
export function reopenableUntil({ status, closedAt, updatedAt }: TicketRow, { reopenDays }: DeskConfig): number | null {
  if (status !== 'closed' || reopenDays === 0) return null;
  return (closedAt ?? updatedAt) + reopenDays * DAY_MS;
}

/**
 * A ticket as a list shows it.
 *
 * @param now milliseconds since 1970.
 * @param internal for agents: `lastSeq` counts internal notes too.
 */
export function summaryOf(row: TicketRow, desk: DeskConfig, now: number, { internal = false } = {}): TicketSummary {
  const until = reopenableUntil(row, desk);
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    kind: row.kind,
    createdAt: instant(row.createdAt),
    firstResponseDueAt: instantOrNull(row.firstResponseDueAt),
    contactId: row.contactId,
    subject: row.subject,
    updatedAt: instant(row.updatedAt),
    waitingFor: row.waitingFor,
    lastSeq: internal ? row.lastSeq : row.publicSeq,
    unread: row.unread,
    firstRespondedAt: instantOrNull(row.firstRespondedAt),
    reopenUntil: until !== null && until > now ? instant(until) : null,
    rating: row.ratingScore === null ? null : { score: row.ratingScore, comment: row.ratingComment ?? '' },
    access: row.access,
  };
}

function instantOrNull(millis: number | null): string | null {
  return millis === null ? null : instant(millis);
}
