import type { ColumnType, Generated } from 'kysely';

/** Milliseconds since 1970, UTC. */
type Millis = number;
/** 0 or 1: neither engine is asked for its own boolean. */
type Flag = 0 | 1;
/** Set once, never updated. */
type Fixed<T> = ColumnType<T, T, never>;

export interface RequesterTable {
  deskId: Fixed<string>;
  id: Fixed<string>;
  /** Lower case, as compared. */
  emailKey: Fixed<string>;
  email: string;
  name: string;
  /** 1 once the person has proved that the address is theirs (sign-in). Verified people have no mail cap. */
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
  message: string | null;
  orderReference: string | null;
  locale: string;
  /** SHA-256 of the ticket secret, hex. */
  secretHash: Fixed<string>;
  createdAt: Fixed<Millis>;
  updatedAt: Millis;
  firstResponseDueAt: Millis | null;
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
  /** Bytes declared at creation. */
  size: Fixed<number>;
  /** Bytes that are fsynced on disk. */
  offset: number;
  /** Media type found in the content; null until there is enough of it. */
  type: string | null;
  /** Hash the sender gave for the whole file, lower-case hex. */
  expectedSha256: string | null;
  /** Hash of the stored bytes; null until all are there, and again once they are deleted. */
  sha256: string | null;
  ticketId: string | null;
  /** Order of the file on its ticket. */
  position: number | null;
  /** Client address bucket the byte quota counts against. */
  quotaKey: Fixed<string>;
  createdAt: Fixed<Millis>;
  /** Null once it belongs to a ticket. */
  expiresAt: Millis | null;
}

export interface OutboxTable {
  deskId: Fixed<string>;
  id: Fixed<string>;
  ticketId: Fixed<string>;
  kind: Fixed<'confirmation' | 'notification'>;
  /** Full Message-ID without angle brackets; the same for every attempt. */
  messageId: Fixed<string>;
  /** What the cap counts the address as, see `mailboxOf`; empty for a notification. */
  recipientKey: Fixed<string>;
  /** `undeliverable` rows wait for the operator, with everything they need. */
  state: 'waiting' | 'accepted' | 'undeliverable';
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

/** What all processes of one database have in common. The only table without a desk: it belongs to the installation. */
export interface InstallationTable {
  name: Fixed<string>;
  value: Fixed<string>;
  createdAt: Fixed<Millis>;
}

export interface Database {
  requester: RequesterTable;
  ticket: TicketTable;
  ticketTag: TicketTagTable;
  idempotencyKey: IdempotencyKeyTable;
  spentProof: SpentProofTable;
  upload: UploadTable;
  outbox: OutboxTable;
  installation: InstallationTable;
}
