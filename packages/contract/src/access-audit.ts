import type { Actor } from './thread.js';

/** What an audit tells of. */
export const AUDIT_EVENTS = [
  'request.offered',
  'request.asked',
  'request.accepted',
  'request.declined',
  'request.withdrawn',
  'request.expired',
  'record.granted',
  'record.expiry-changed',
  'record.superseded',
  'record.rewrapped',
  'record.consumed',
  'record.expired',
  'record.revoked',
  'record.closed',
  'record.purged',
  'reveal.opened',
  'reveal.done',
  'reveal.failed',
  'reveal.lapsed',
  'reveal.denied',
  'rewrap.opened',
  'aftercare.done',
  'key.manifest-published',
  'key.rotated',
  'key.agent-enrolled',
  'key.agent-removed',
] as const;
/** One of the events. */
export type AuditEvent = (typeof AUDIT_EVENTS)[number];

/** One link of the chain of a ticket: who did what, and when; never what a record holds, and no label or host of it. */
export interface AuditEntry {
  /** From 1, without gaps. */
  seq: number;
  /** ISO 8601 instant in UTC. */
  at: string;
  event: AuditEvent;
  /** `id` is an agent's, and null for a requester and for the desk itself. */
  actor: Actor & { id: string | null };
  /** As it was given; empty: none. */
  reason: string;
  requestId: string | null;
  recordId: string | null;
  /** Of the key that the record is sealed to. */
  epoch: number | null;
  client: 'web' | 'cli' | 'job';
  /** The client's network: 24 bits of an IPv4 address, 48 of an IPv6 one; empty: not from a network. */
  network: string;
  /** `hash` of the entry before; 64 zeros with the first. */
  prev: string;
  /** SHA-256 of `auditText`, hex. */
  hash: string;
}

/** What a customer takes away: the whole chain of one ticket. */
export interface AuditExport {
  /** Desk and ticket number, with a slash between: part of every hash. */
  chain: string;
  entries: AuditEntry[];
}

/** `prev` of the first entry. */
export const AUDIT_START = '0'.repeat(64);

/**
 * What is hashed of an entry: a JSON array in this order, without blanks, in UTF-8. `hash` is no part of it, everything else is.
 *
 * @param chain see `AuditExport.chain`
 */
export function auditText(chain: string, entry: Omit<AuditEntry, 'hash'>): string {
  const { seq, at, event, actor, reason, requestId, recordId, epoch, client, network, prev } = entry;
  return JSON.stringify([
    chain,
    seq,
    at,
    event,
    actor.kind,
    actor.id,
    actor.name,
    reason,
    requestId,
    recordId,
    epoch,
    client,
    network,
    prev,
  ]);
}
