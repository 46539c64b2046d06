import type { Actor } from './thread.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What every desk agrees on. Names end in the unit: `Ms` milliseconds, `Bytes` bytes; the others are counts. */
export const ACCESS = {
  /** An offer or a request that nobody answers ends then; until then an answered one takes further records. */
  answerMs: 72 * HOUR,
  recordsPerRequest: 20,
  expiryMinMs: HOUR,
  /** Longest life of a record, from the moment it was sealed, extensions included. */
  expiryMaxMs: 30 * DAY,
  expiryDefaultMs: 7 * DAY,
  /** What a browser's clock may be wrong by before an expiry it chose is refused. A server's clock alone ends records. */
  clockToleranceMs: 5 * MINUTE,
  /** From a release to its acknowledgement. */
  leaseMs: 120_000,
  /** How long ago the second factor of a reveal may have been shown. */
  secondFactorMs: 5 * MINUTE,
  revealsMax: 50,
  /** Failed openings that are given back; the next one uses the record up. */
  failuresMax: 3,
  /** Records of a closed ticket end so long after it. */
  afterCloseMs: DAY,
  /** What is told of a record that has ended is kept so long. */
  tombstoneMs: 90 * DAY,
  /** When the customer is reminded of what is left to do in the shop, from the end of the record. */
  afterCareRemindersMs: [DAY, 7 * DAY],
  /** A pass opens the vault page for so long. */
  passMs: 30 * MINUTE,
  reasonLength: 300,
  /** Header of one age file. */
  headerBytes: 16_384,
  /** A sealed record, without a file. */
  sealedBytes: 131_072,
  /** A file before it is sealed. */
  fileBytes: 5_000_000,
  /** The same sealed: 16 bytes for each 64 KiB, a nonce and a header. */
  sealedFileBytes: 5_100_000,
} as const;

/** What can be lent. */
export const ACCESS_KINDS = ['admin-panel', 'hosting-panel', 'ssh', 'sftp', 'ftp', 'database', 'api-key', 'file', 'other'] as const;
/** One of the kinds. */
export type AccessKind = (typeof ACCESS_KINDS)[number];

/**
 * Of a request. `offered`: a customer offers, an agent has not accepted yet. `asked`: an agent asks, or has accepted.
 * `answered`: it has brought a record. The others are ends.
 */
export type AccessRequestState = 'offered' | 'asked' | 'answered' | 'declined' | 'withdrawn' | 'expired';

/** Of a record. All but `active` are ends: what opens it is gone for good. */
export type AccessRecordState = 'active' | 'consumed' | 'expired' | 'revoked' | 'closed' | 'superseded';

/** Somebody who opens records. */
export interface AccessAgent {
  id: string;
  name: string;
}

/** A wish for access, or an offer of it. Times are ISO 8601 instants in UTC. */
export interface AccessRequest {
  id: string;
  state: AccessRequestState;
  kinds: AccessKind[];
  /** Why, as whoever began it wrote it. */
  reason: string;
  /** Who began it: an agent who asks, or the customer who offers. */
  by: Actor;
  /** Who asks, or has accepted; null while it is an offer. */
  agent: AccessAgent | null;
  createdAt: string;
  /** Unanswered it ends then, and answered it takes no further record from then on. */
  answerUntil: string;
  /** How long the access is needed, by who asks; the customer chooses how long it is lent. */
  neededUntil: string | null;
  endedAt: string | null;
}

/** What the shop's owner does once a record has ended: only that closes the door. */
export type AfterCareItem = 'delete-account' | 'change-password' | 'remove-key' | 'revoke-key' | 'delete-file';

/** A sealed record, without anything of what is in it. Times are ISO 8601 instants in UTC. */
export interface AccessRecord {
  /** 128 random bits as base64url, chosen by who seals: it is bound into what is sealed. */
  id: string;
  requestId: string;
  kind: AccessKind;
  state: AccessRecordState;
  /** Number of the team key that opens it. */
  epoch: number;
  createdAt: string;
  expiresAt: string;
  /** When the closed ticket ends it; null while the ticket is open, and once the record has ended. */
  closesAt: string | null;
  /** 1 to `ACCESS.revealsMax`. */
  maxReveals: number;
  /** Openings so far, those that nobody acknowledged included. */
  reveals: number;
  /** Openings that failed and were given back. */
  failures: number;
  /** Somebody has it open now. */
  lease: AccessLease | null;
  /** SHA-256 of the bytes as they were sent, hex. */
  receipt: string;
  /** Sealed size. */
  bytes: number;
  endedAt: string | null;
  /** The record that took its place. */
  supersededBy: string | null;
  /** Empty while it is active. */
  afterCare: AfterCareStep[];
  /** Grows with every change: what `If-Match` compares. */
  revision: number;
}

/** A release that has not been acknowledged yet. */
export interface AccessLease {
  agent: AccessAgent;
  until: string;
}

/** One line of the list that follows a record. */
export interface AfterCareStep {
  item: AfterCareItem;
  /** Null until the customer has ticked it. */
  doneAt: string | null;
}

/** What an opening came to. `wrong-key`, `tampered` and `bind-mismatch` are failures. */
export type RevealOutcome = 'opened' | 'wrong-key' | 'tampered' | 'bind-mismatch';

/** Everything about access on one ticket, for its requester and for its agents alike. */
export interface TicketAccessState {
  /** True where a customer may offer. */
  offers: boolean;
  /** The newest first. */
  requests: AccessRequest[];
  /** The newest first; those that have ended for `ACCESS.tombstoneMs`. */
  records: AccessRecord[];
  /** The last link of the audit; null before there is any. */
  audit: { seq: number; hash: string } | null;
}

/** Opens the vault page for one request: for its customer, from one page of one shop. */
export interface VaultPass {
  /** 256 random bits as base64url: goes over the channel, or in the fragment of an address, and nowhere else. */
  token: string;
  expiresAt: string;
  /** Of the vault page, absolute: loaded in a frame, or opened with `#pass=<token>`. */
  url: string;
}

/**
 * What a sealed record says of itself inside: whoever opens it compares every value with what the server says. As it was sealed: a
 * later change of the expiry, or of the key, is not in it.
 */
export interface AccessBind {
  desk: string;
  /** Number of the ticket. */
  ticket: string;
  request: string;
  record: string;
  epoch: number;
  createdAt: string;
  expiresAt: string;
  maxReveals: number;
  /** Of the page that asked for the pass. */
  origin: string;
}

/** `Vault-Meta` of an upload, as JSON: what the server has to know of a record. */
export interface AccessMeta {
  requestId: string;
  kind: AccessKind;
  epoch: number;
  createdAt: string;
  expiresAt: string;
  maxReveals: number;
  /** With `file`: how many bytes at the end of the body are the second age file; 0 otherwise. */
  fileBytes: number;
  /** A record of the same ticket that this one takes the place of. */
  supersedes?: string | undefined;
}

/** What the vault page is told of the request that its pass is for. */
export interface VaultRequest {
  request: AccessRequest;
  /** What it has brought so far. */
  records: AccessRecord[];
  ticket: { number: string; subject: string | null };
  desk: { id: string; name: string };
  /** Of the page that asked for the pass: only messages from there may be listened to. */
  origin: string;
  /** The server's clock. */
  now: string;
}

/** What an agent is given to open a record: the sealed bytes are fetched with its id, as long as the lease stands. */
export interface AccessReveal {
  id: string;
  record: AccessRecord;
  /** Compared with what is sealed. */
  bind: AccessBind;
  fileBytes: number;
  leaseUntil: string;
}

/** What is left to do in the shop once a record of this kind has ended. */
export function afterCareOf(kind: AccessKind): AfterCareItem[] {
  switch (kind) {
    case 'ssh':
    case 'sftp':
      return ['remove-key', 'delete-account', 'change-password'];
    case 'api-key':
      return ['revoke-key'];
    case 'file':
      return ['delete-file', 'revoke-key'];
    case 'other':
      return ['change-password'];
    default:
      return ['delete-account', 'change-password'];
  }
}
