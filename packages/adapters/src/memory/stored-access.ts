import type { TicketAccessSign, AccessAgent, AccessKind, AccessRecord, AccessRequest, AfterCareItem } from '@storefront-support/contract';
import {
  closingTime,
  stepRecord,
  stepRequest,
  type AccessMoment,
  type RecordFacts,
  type RequestFacts,
} from '@storefront-support/contract/access-lifecycle';
import { afterCareOf } from '@storefront-support/contract/access-record';

/** A request as it is kept. Times are milliseconds since 1970. */
export interface StoredRequest {
  id: string;
  number: string;
  kinds: AccessKind[];
  reason: string;
  by: AccessRequest['by'];
  agent: AccessAgent | null;
  createdAt: number;
  neededUntil: string | null;
  facts: RequestFacts;
}

/** A record as it is kept. */
export interface StoredRecord {
  id: string;
  number: string;
  requestId: string;
  kind: AccessKind;
  receipt: string;
  body: Uint8Array | undefined;
  bytes: number;
  supersededBy: string | null;
  done: Map<AfterCareItem, string>;
  revision: number;
  facts: RecordFacts;
}

/** A request as everybody sees it. */
export function requestView(
  { id, kinds, reason, by, agent, createdAt, neededUntil, facts: before }: StoredRequest,
  moment: AccessMoment,
): AccessRequest {
  const { facts } = stepRequest(before, { type: 'tick' }, moment);
  return {
    ...{ id, state: facts.state, kinds: [...kinds], reason, by, agent, createdAt: instant(createdAt), neededUntil },
    answerUntil: instant(facts.answerUntil),
    endedAt: facts.endedAt === null ? null : instant(facts.endedAt),
  };
}

/** A record as everybody sees it. @param agents names by id */
export function recordView(record: StoredRecord, moment: AccessMoment, agents: ReadonlyMap<string, string>): AccessRecord {
  const { id, requestId, kind, receipt, bytes, supersededBy, done, revision } = record;
  const { facts } = stepRecord(record.facts, { type: 'tick' }, moment);
  const active = facts.state === 'active';
  const closes = active ? closingTime(moment) : null;
  const { lease } = facts;
  return {
    ...{ id, requestId, kind, receipt, bytes, supersededBy, revision, state: facts.state, epoch: facts.epoch },
    createdAt: instant(facts.createdAt),
    expiresAt: instant(facts.expiresAt),
    closesAt: closes === null ? null : instant(closes),
    ...{ maxReveals: facts.maxReveals, reveals: facts.reveals, failures: facts.failures },
    lease: lease && { agent: { id: lease.agentId, name: agents.get(lease.agentId) ?? '' }, until: instant(lease.until) },
    endedAt: facts.endedAt === null ? null : instant(facts.endedAt),
    afterCare: active || facts.state === 'superseded' ? [] : afterCareOf(kind).map((item) => ({ item, doneAt: done.get(item) ?? null })),
  };
}

/** What a list says of a ticket with these. */
export function signOf({ requests, records }: { requests: AccessRequest[]; records: AccessRecord[] }): TicketAccessSign | null {
  if (requests.some(({ state }) => state === 'asked')) return 'asked';
  if (requests.some(({ state }) => state === 'offered')) return 'offered';
  if (records.some(({ state }) => state === 'active')) return 'lent';
  return records.some(({ afterCare }) => afterCare.some(({ doneAt }) => !doneAt)) ? 'after-care' : null;
}

function instant(millis: number): string {
  return new Date(millis).toISOString();
}
