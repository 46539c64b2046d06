import type { ColumnType } from 'kysely';

/** Set once, never updated. */
type Fixed<T> = ColumnType<T, T, never>;

/**
 * What was posted without a script, until its sender confirms it by a mailed link: no ticket, seen by nobody. The row outlives its end,
 * to be counted, and to answer whoever posts or follows the link again.
 */
export interface HeldTicketTable {
  deskId: Fixed<string>;
  id: Fixed<string>;
  /** SHA-256 of the link's token, hex. */
  tokenHash: Fixed<string>;
  /** What the same post is known by, see `HeldKeys.request`; of one that is too old for it, its own id. */
  requestHash: string;
  /** As of `SignInLinkTable`. */
  addressHash: Fixed<string>;
  mailboxHash: Fixed<string>;
  /** The mailbox again, while it has not confirmed: no mailbox has two such links. */
  waitingFor: string | null;
  /** Of its uploads, and then of the ticket; of a secret that nobody has. */
  secretHash: Fixed<string>;
  state: 'held' | 'filed' | 'discarded';
  /** `TicketDraft` as JSON; null once it is no longer held. */
  draft: string | null;
  locale: Fixed<string>;
  /** Of its files, while it is held. */
  fileBytes: number;
  ticketId: string | null;
  /** `TicketReceipt` as JSON, of what was filed. */
  answer: string | null;
  /** Milliseconds since 1970, UTC. */
  createdAt: Fixed<number>;
  /** The same. */
  expiresAt: Fixed<number>;
}
