import type {
  AccessAgent,
  AccessBind,
  AccessKind,
  AccessRecord,
  AccessRequest,
  AfterCareItem,
  TicketAccessState,
} from '@storefront-support/contract';
import { closingTime, stepRecord, stepRequest, type AccessMoment } from '@storefront-support/contract/access-lifecycle';
import { ACCESS, afterCareOf } from '@storefront-support/contract/access-record';
import type { Kysely } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import { momentOf, recordFacts, recordsOf, requestFacts, requestsOf, type RecordRow, type RequestRow } from '../store/access-rows.js';
import { agentNames } from '../store/agent-names.js';
import type { Database } from '../store/schema.js';
import type { TicketRow } from '../store/ticket-summary.js';
import { instant } from '../store/tickets.js';
import { auditHead } from './audit-chain.js';

/** Everything about access on a ticket, as it is at this moment, whether a job has written it down yet or not. */
export async function ticketAccess(
  db: Kysely<Database>,
  { accessOffers }: DeskConfig,
  ticket: TicketRow,
  now: number,
): Promise<TicketAccessState> {
  const { deskId, id } = ticket;
  const [requests, records, head] = await Promise.all([requestsOf(db, deskId, id), recordsOf(db, deskId, id), auditHead(db, deskId, id)]);
  const moment = momentOf(ticket, now);
  return {
    offers: accessOffers && ticket.status !== 'closed',
    requests: await requestViews(db, requests, moment),
    records: await recordViews(db, records, moment),
    audit: head ? { seq: head.seq, hash: head.hash } : null,
  };
}

/** Requests as everybody sees them. */
export async function requestViews(db: Kysely<Database>, rows: readonly RequestRow[], moment: AccessMoment): Promise<AccessRequest[]> {
  const names = await agentNames(db, [...new Set(rows.flatMap(({ agentId }) => agentId ?? []))]);
  return rows.map((row) => {
    const { facts } = stepRequest(requestFacts(row), { type: 'tick' }, moment);
    const agent = agentOf(row.agentId, names);
    return {
      id: row.id,
      state: facts.state,
      kinds: JSON.parse(row.kinds) as AccessKind[],
      reason: row.reason,
      by: row.begunBy === 'agent' ? { kind: 'agent', name: agent?.name ?? '' } : { kind: 'requester', name: '' },
      agent,
      createdAt: instant(row.createdAt),
      answerUntil: instant(facts.answerUntil),
      neededUntil: instantOrNull(row.neededUntil),
      endedAt: instantOrNull(facts.endedAt),
    };
  });
}

/** Records as everybody sees them. @param moment the same for all of them, or that of each one's ticket. */
export async function recordViews<Row extends RecordRow>(
  db: Kysely<Database>,
  rows: readonly Row[],
  moment: AccessMoment | ((row: Row) => AccessMoment),
): Promise<AccessRecord[]> {
  const names = await agentNames(db, [...new Set(rows.flatMap(({ leaseAgentId }) => leaseAgentId ?? []))]);
  return rows.map((row) => recordView(row, typeof moment === 'function' ? moment(row) : moment, names));
}

function recordView(row: RecordRow, moment: AccessMoment, names: ReadonlyMap<string, string>): AccessRecord {
  const { facts } = stepRecord(recordFacts(row), { type: 'tick' }, moment);
  const active = facts.state === 'active';
  const agent = facts.lease && agentOf(facts.lease.agentId, names);
  return {
    id: row.id,
    requestId: row.requestId,
    kind: row.kind,
    state: facts.state,
    epoch: facts.epoch,
    createdAt: instant(row.createdAt),
    expiresAt: instant(facts.expiresAt),
    closesAt: active ? instantOrNull(closingTime(moment)) : null,
    maxReveals: row.maxReveals,
    reveals: facts.reveals,
    failures: facts.failures,
    lease: facts.lease && agent ? { agent, until: instant(facts.lease.until) } : null,
    receipt: row.receipt,
    bytes: row.bytes,
    endedAt: instantOrNull(facts.endedAt),
    supersededBy: row.supersededBy,
    afterCare: active || facts.state === 'superseded' ? [] : afterCare(row),
    revision: row.revision,
  };
}

function afterCare({ kind, afterCare }: RecordRow): AccessRecord['afterCare'] {
  const done = ticked({ afterCare });
  return afterCareOf(kind).map((item) => ({ item, doneAt: instantOrNull(done[item] ?? null) }));
}

/** When each item was ticked. */
export function ticked({ afterCare }: Pick<RecordRow, 'afterCare'>): { [item in AfterCareItem]?: number } {
  return JSON.parse(afterCare) as { [item in AfterCareItem]?: number };
}

/** What was sealed along. */
export function bindOf({ bind }: Pick<RecordRow, 'bind'>): AccessBind {
  return JSON.parse(bind) as AccessBind;
}

/** True for a record that is told of no more. */
export function isForgotten({ endedAt }: Pick<RecordRow, 'endedAt'>, now: number): boolean {
  return endedAt !== null && endedAt + ACCESS.tombstoneMs <= now;
}

function agentOf(id: string | null, names: ReadonlyMap<string, string>): AccessAgent | null {
  return id === null ? null : { id, name: names.get(id) ?? '' };
}

function instantOrNull(millis: number | null): string | null {
  return millis === null ? null : instant(millis);
}
