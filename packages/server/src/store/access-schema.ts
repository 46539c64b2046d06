import type { AccessKind, AccessRecordState, AccessRequestState, Actor, AuditEvent, RevealOutcome } from '@storefront-support/contract';
import type { ColumnType } from 'kysely';

/** Milliseconds since 1970, UTC. */
type Millis = number;
/** Set once, never updated. */
type Fixed<T> = ColumnType<T, T, never>;

export interface AccessRequestTable {
  deskId: Fixed<string>;
  id: Fixed<string>;
  ticketId: Fixed<string>;
  state: AccessRequestState;
  /** JSON array. */
  kinds: Fixed<string>;
  reason: Fixed<string>;
  begunBy: Fixed<'agent' | 'requester'>;
  /** Who asks, or has accepted. */
  agentId: string | null;
  createdAt: Fixed<Millis>;
  answerUntil: Millis;
  neededUntil: Fixed<Millis | null>;
  endedAt: Millis | null;
}

export interface AccessRecordTable {
  deskId: Fixed<string>;
  id: Fixed<string>;
  ticketId: Fixed<string>;
  requestId: Fixed<string>;
  kind: Fixed<AccessKind>;
  state: AccessRecordState;
  epoch: number;
  createdAt: Fixed<Millis>;
  expiresAt: Millis;
  maxReveals: Fixed<number>;
  reveals: number;
  failures: number;
  leaseReveal: string | null;
  leaseAgentId: string | null;
  leasePurpose: 'reveal' | 'rewrap' | null;
  leaseUntil: Millis | null;
  endedAt: Millis | null;
  /** SHA-256 of the bytes as the customer sent them, hex. */
  receipt: Fixed<string>;
  bytes: number;
  /** How many of the bytes, at their end, are a second age file. */
  fileBytes: number;
  /** Name of the header's file; null once it has been shredded. */
  header: string | null;
  /** JSON: what was sealed along. */
  bind: Fixed<string>;
  supersededBy: string | null;
  /** JSON: when each item was ticked. */
  afterCare: string;
  /** 1 while something of it is left to do. */
  afterCareOpen: number;
  /** Reminders so far. */
  reminders: number;
  revision: number;
}

/** Everything of a record but its headers: without them it is noise. */
export interface AccessPayloadTable {
  deskId: Fixed<string>;
  recordId: Fixed<string>;
  bytes: Uint8Array;
}

/** A release. Its row goes with the record's. */
export interface AccessRevealTable {
  deskId: Fixed<string>;
  id: Fixed<string>;
  ticketId: Fixed<string>;
  recordId: Fixed<string>;
  agentId: Fixed<string>;
  purpose: Fixed<'reveal' | 'rewrap'>;
  /** `Idempotency-Key`: the same release is not made twice. */
  requestKey: Fixed<string>;
  createdAt: Fixed<Millis>;
  /** Null until it was acknowledged. */
  outcome: RevealOutcome | null;
}

export interface AccessPassTable {
  deskId: Fixed<string>;
  /** SHA-256 of the token, hex. */
  tokenHash: Fixed<string>;
  ticketId: Fixed<string>;
  requestId: Fixed<string>;
  /** Of the page that asked for it. */
  origin: Fixed<string>;
  createdAt: Fixed<Millis>;
  expiresAt: Fixed<Millis>;
}

/** One link of a chain. With an empty ticket: the chain of the desk's keys. Rows are never changed. */
export interface AccessAuditTable {
  deskId: Fixed<string>;
  ticketId: Fixed<string>;
  seq: Fixed<number>;
  at: Fixed<Millis>;
  event: Fixed<AuditEvent>;
  actorKind: Fixed<Actor['kind']>;
  actorId: Fixed<string | null>;
  actorName: Fixed<string>;
  reason: Fixed<string>;
  requestId: Fixed<string | null>;
  recordId: Fixed<string | null>;
  epoch: Fixed<number | null>;
  client: Fixed<'web' | 'cli' | 'job'>;
  network: Fixed<string>;
  prev: Fixed<string>;
  hash: Fixed<string>;
}

/** What team identities are wrapped to. */
export interface VaultDeviceTable {
  deskId: Fixed<string>;
  id: Fixed<string>;
  agentId: Fixed<string>;
  name: Fixed<string>;
  recipient: Fixed<string>;
  state: 'waiting' | 'enrolled' | 'removed';
  createdAt: Fixed<Millis>;
  enrolledAt: Millis | null;
}

export interface TeamIdentityTable {
  deskId: Fixed<string>;
  epoch: Fixed<number>;
  /** Base64 of an age file that this server cannot open. */
  wrapped: string;
  /** JSON array of the devices that can. */
  devices: string;
  revision: number;
  updatedAt: Millis;
}

/** Tables of lent access. */
export interface AccessTables {
  accessRequest: AccessRequestTable;
  accessRecord: AccessRecordTable;
  accessPayload: AccessPayloadTable;
  accessReveal: AccessRevealTable;
  accessPass: AccessPassTable;
  accessAudit: AccessAuditTable;
  vaultDevice: VaultDeviceTable;
  teamIdentity: TeamIdentityTable;
}
