import type { Attachment } from './attachment.js';
import type { Requester } from './people.js';

/** `pending1` and `pending2` are named by the merchant; `waitingFor` says whose move it is. */
export type TicketStatus = 'open' | 'pending1' | 'pending2' | 'closed';

/** `pre-sale`: asked before buying, so no order is asked for. */
export type TicketKind = 'support' | 'pre-sale';

/** What a customer has written and not yet sent. */
export interface TicketDraft {
  /** Id of the contact written to. */
  contactId: string;
  kind: TicketKind;
  requester: Requester;
  subject: string;
  message: string;
  /** Order number as the customer knows it; never present on a pre-sale ticket. */
  orderReference?: string | undefined;
  /** Ids of finished uploads, made with the same `TicketKeys.secret`. */
  attachmentIds: string[];
  /** What is written in `Desk.fields`, by name; a checkbox is `true` or absent. */
  extra?: { [name: string]: string } | undefined;
  /** BCP 47 tag of the language the form was shown in; mails to the requester use it. */
  locale: string;
}

/**
 * Made in the browser, once per draft, and kept until the receipt. A retry with the same keys and the same draft never
 * makes a second ticket.
 */
export interface TicketKeys {
  /** 16 to 128 characters of `A-Z a-z 0-9 - _`, at least 128 random bits. */
  idempotencyKey: string;
  /** 256 random bits as 43 characters of base64url. Whoever holds it may read the ticket; the backend stores its hash only. */
  secret: string;
}

/** A ticket as its backend acknowledges it. Times are ISO 8601 instants in UTC. */
export interface Ticket {
  id: string;
  /** What a person quotes, for example `K7QF-2M9X`. Cannot be guessed or counted. */
  number: string;
  status: TicketStatus;
  kind: TicketKind;
  createdAt: string;
  /** When a first answer is due by the contact's promise and hours; null where nothing is promised. */
  firstResponseDueAt: string | null;
}

/** The ticket with its content, for whoever holds its secret. */
export interface TicketDetail extends Ticket {
  contactId: string;
  /** Null once a contact that keeps no messages has been mailed. */
  subject: string | null;
  /** Null once a contact that keeps no messages has been mailed. */
  message: string | null;
  orderReference: string | null;
  attachments: Attachment[];
}

/** Proof that the backend has the ticket, on disk, before anything says "sent". */
export interface TicketReceipt {
  /** Null: the backend has taken the message and tells nothing more of it, no number either. */
  ticket: Ticket | null;
  /**
   * `withheld`: no confirmation mail comes, because the address or the desk has had too many. `unknown`: the backend does not tell
   * whether it sends one.
   */
  confirmationMail: 'queued' | 'withheld' | 'unknown';
}

/** The receipt of a backend that gives numbers. */
export interface NumberedReceipt extends TicketReceipt {
  ticket: Ticket;
}
