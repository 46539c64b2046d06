import type { TicketAccessSign } from '@storefront-support/contract';
import type { ColumnType, Generated } from 'kysely';
import type { AccessTables } from './access-schema.js';
import type { AgentTables } from './agent-schema.js';
import type { HeldTicketTable } from './held-schema.js';

/** Milliseconds since 1970, UTC. */
type Millis = number;
/** 0 or 1: neither engine is asked for its own boolean. */
type Flag = 0 | 1;
/** Set once, never updated. */
type Fixed<T> = ColumnType<T, T, never>;

export interface RequesterTable {
  deskId: Fixed<string>;
  id: Fixed<string>;
  /** Lower case, as compared; of somebody erased, a pseudonym that is no address. */
  emailKey: string;
  /** Empty once the person has been erased. */
  email: string;
  name: string;
  /**
   * 1 once the person has proved that the address is theirs, by signing in. Answers to them are not capped and carry the text; mails
   * that anybody can cause by typing the address are.
   */
  verified: Generated<Flag>;
  createdAt: Fixed<Millis>;
}

export interface TicketTable {
  deskId: Fixed<string>;
  id: Fixed<string>;
  number: Fixed<string>;
  requesterId: string;
  contactId: string;
  kind: 'support' | 'pre-sale';
  status: 'open' | 'pending1' | 'pending2' | 'closed';
  /** Null once a contact that keeps no messages has been mailed. */
  subject: string | null;
  orderReference: string | null;
  locale: string;
  /** SHA-256 of the ticket secret, hex; of a secret that nobody has, once its requester has been erased. */
  secretHash: string;
  createdAt: Fixed<Millis>;
  /** Of the last entry that the requester may see. */
  updatedAt: Millis;
  firstResponseDueAt: Millis | null;
  /** Sequence number of the last entry, internal ones included. */
  lastSeq: Generated<number>;
  /** Of the last entry that the requester may see. */
  publicSeq: Generated<number>;
  /** Up to which the requester has been shown the thread. */
  seenSeq: Generated<number>;
  /** Public messages of agents after `seenSeq`. */
  unread: Generated<number>;
  /** Null: the ticket is closed. */
  waitingFor: 'desk' | 'requester' | null;
  /** When an agent answered first. */
  firstRespondedAt: Millis | null;
  /** Null while it is not closed. */
  closedAt: Millis | null;
  ratingScore: 'good' | 'bad' | null;
  ratingComment: string | null;
  ratedAt: Millis | null;
  /** Id of an agent. */
  assigneeId: string | null;
  /** Someone who is no agent; null where the assignee is one, or nobody. */
  assigneeEmail: Generated<string | null>;
  assigneeComment: Generated<string | null>;
  /** What there is to see of lent access; null: nothing. */
  access: Generated<TicketAccessSign | null>;
}

/** What somebody wrote: an entry of a thread. */
export interface MessageTable {
  deskId: Fixed<string>;
  id: Fixed<string>;
  ticketId: Fixed<string>;
  /** Counts the entries of a ticket, messages and changes of status together, from 1, without a gap, in commit order. */
  seq: Fixed<number>;
  authorKind: Fixed<'requester' | 'agent'>;
  /** Id of the requester or agent; null once that person has been erased. */
  authorId: string | null;
  visibility: Fixed<'public' | 'internal'>;
  /** Null once it has been deleted. */
  text: string | null;
  createdAt: Fixed<Millis>;
}

/** A change of status: an entry of a thread, numbered together with the messages. */
export interface StatusChangeTable {
  deskId: Fixed<string>;
  ticketId: Fixed<string>;
  seq: Fixed<number>;
  /** `desk`: it happened by itself. */
  actorKind: Fixed<'requester' | 'agent' | 'desk'>;
  actorId: string | null;
  status: Fixed<TicketTable['status']>;
  /** Empty: none was given. */
  reason: string;
  createdAt: Fixed<Millis>;
}

/** A stay of one browser. */
export interface SessionTable {
  deskId: Fixed<string>;
  /** Names it; opens nothing. */
  id: Fixed<string>;
  /** SHA-256 of the token, hex. */
  tokenHash: Fixed<string>;
  via: Fixed<'device' | 'link' | 'identity-token'>;
  /** Null with `device`, which opens the tickets of `session_ticket` alone. */
  requesterId: Fixed<string | null>;
  createdAt: Fixed<Millis>;
  /** Exact to `TOUCH_EVERY_MS`. */
  lastUsedAt: Millis;
  expiresAt: Millis;
}

/** What a session of a device opens. */
export interface SessionTicketTable {
  deskId: Fixed<string>;
  sessionId: Fixed<string>;
  ticketId: Fixed<string>;
}

/** A mailed link. Rows outlive their links, to be counted. */
export interface SignInLinkTable {
  deskId: Fixed<string>;
  id: Fixed<string>;
  /** SHA-256 of the token, hex. */
  tokenHash: Fixed<string>;
  /** SHA-256 of the secret of the browser that asked, hex. */
  browserHash: Fixed<string>;
  /** Of the address that was typed; keyed, so that addresses nobody knows are not kept. */
  addressHash: Fixed<string>;
  /** The same of its mailbox, see `mailboxOf`: what caps count. */
  mailboxHash: Fixed<string>;
  /** Null: nobody has this address. */
  requesterId: Fixed<string | null>;
  locale: Fixed<string>;
  /** 1: a mail was written. */
  mailed: Fixed<Flag>;
  createdAt: Fixed<Millis>;
  expiresAt: Fixed<Millis>;
  /** When it was used, or a later one took its place. */
  spentAt: Millis | null;
}

/** Tokens of shops that have opened a session, kept until they would have expired. */
export interface SpentIdentityTokenTable {
  deskId: Fixed<string>;
  /** SHA-256 of `jti`, hex. */
  jtiHash: Fixed<string>;
  expiresAt: Fixed<Millis>;
}

/** Words that can be found. On SQLite rows also have an `id`, on Postgres a `tsvector`; triggers keep both indexes. */
export interface SearchTextTable {
  deskId: string;
  ticketId: string;
  /** Empty: the subject of the ticket and its order reference. */
  messageId: string;
  /** Marks of desk and contact, see `scopesOf`. */
  scopes: string;
  /** See `foldedWords`; emptied with the text. */
  words: string;
  createdAt: Millis;
}

/** Tags as rows, so that every engine can index them. */
export interface TicketTagTable {
  deskId: Fixed<string>;
  ticketId: Fixed<string>;
  tag: Fixed<string>;
}

export interface IdempotencyKeyTable {
  deskId: Fixed<string>;
  secretHash: Fixed<string>;
  key: Fixed<string>;
  /** SHA-256 of the canonical request, hex. */
  bodyHash: Fixed<string>;
  status: Fixed<number>;
  /** JSON of the answer; it carries no secret and none of the sender's text. */
  answer: Fixed<string>;
  createdAt: Fixed<Millis>;
}

/** Challenges already spent, kept until they would have expired. */
export interface SpentProofTable {
  deskId: Fixed<string>;
  signature: Fixed<string>;
  expiresAt: Fixed<Millis>;
}

export interface UploadTable {
  deskId: Fixed<string>;
  /** Capability: 256 random bits as base64url. Also the name of the file on disk, without any of the sender's text. */
  id: Fixed<string>;
  /** SHA-256 of the secret of the draft that made it, hex. */
  secretHash: Fixed<string>;
  contactId: string | null;
  name: string;
  /** `Upload-Metadata` as it was sent, for its sender; null once a ticket has the upload, or it was taken back. */
  metadata: string | null;
  /** Bytes declared at creation; of a file in a posted form the most it may have, until all of it has arrived. */
  size: number;
  /** Bytes that are fsynced on disk. */
  offset: number;
  /** Media type found in the content; null until there is enough of it. */
  type: string | null;
  /** Hash the sender gave for the whole file, lower-case hex. */
  expectedSha256: string | null;
  /** Hash of the stored bytes; null until all are there, and again once they are deleted. */
  sha256: string | null;
  ticketId: string | null;
  /** The message it came with. */
  messageId: string | null;
  /** Order of the file on its message. */
  position: number | null;
  /** Client address bucket the byte quota counts against. */
  quotaKey: Fixed<string>;
  createdAt: Fixed<Millis>;
  /** Null once it belongs to a ticket. */
  expiresAt: Millis | null;
}

/** Mails about lent access: that something happened and when, never what was lent. */
export type AccessMailKind = 'access-asked' | 'access-opened' | 'access-ended' | 'access-reminder' | 'access-offered';

export interface OutboxTable {
  deskId: Fixed<string>;
  id: Fixed<string>;
  /** Empty with `sign-in` and `held`. */
  ticketId: Fixed<string>;
  kind: Fixed<'confirmation' | 'notification' | 'assignment' | 'answer' | 'closed' | 'sign-in' | 'held' | AccessMailKind>;
  /** Sequence number of the entry that it is about, with `access-…` in the audit; with `answer` of the first of several. */
  seq: Generated<number>;
  /** With `sign-in`: the link that it carries; with `held`: the message that it asks about. */
  linkId: Fixed<string | null>;
  /** Full Message-ID without angle brackets; the same for every attempt. */
  messageId: Fixed<string>;
  /**
   * What caps count the address as, see `mailboxOf`; the address itself for an assignment; empty for a notification and for
   * `sign-in` and `held`, which are counted by what they carry.
   */
  recipientKey: Fixed<string>;
  /** `undeliverable` rows wait for the operator, with everything they need; `withheld` ones are not sent, ever. */
  state: 'waiting' | 'accepted' | 'undeliverable' | 'withheld';
  attempts: number;
  dueAt: Millis;
  /** A worker holds the row until then. */
  leaseUntil: Millis;
  /** Random per claim: only the holder may settle the row. */
  leaseId: string | null;
  /** SMTP code and enhanced status of the last failure, never the server's text. */
  lastError: string | null;
  createdAt: Fixed<Millis>;
}

/** What all processes of one database have in common. Like the tables of agents without a desk: it belongs to the installation. */
export interface InstallationTable {
  name: Fixed<string>;
  value: Fixed<string>;
  createdAt: Fixed<Millis>;
}

export interface Database extends AgentTables, AccessTables {
  requester: RequesterTable;
  ticket: TicketTable;
  ticketTag: TicketTagTable;
  message: MessageTable;
  searchText: SearchTextTable;
  statusChange: StatusChangeTable;
  session: SessionTable;
  sessionTicket: SessionTicketTable;
  signInLink: SignInLinkTable;
  heldTicket: HeldTicketTable;
  spentIdentityToken: SpentIdentityTokenTable;
  idempotencyKey: IdempotencyKeyTable;
  spentProof: SpentProofTable;
  upload: UploadTable;
  outbox: OutboxTable;
  installation: InstallationTable;
}
