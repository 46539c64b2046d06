import type { Attachment } from './attachment.js';
import type { Ticket, TicketStatus } from './ticket.js';

/** Whose move it is: `desk` after a requester has written, `requester` after an agent has. Null: nobody's, the ticket is closed. */
export type WaitingFor = 'desk' | 'requester' | null;

/** Was the help good? */
export interface Rating {
  score: 'good' | 'bad';
  /** At most 1,000 characters; empty: none. */
  comment: string;
}

/** A ticket as a list shows it. Times are ISO 8601 instants in UTC. */
export interface TicketSummary extends Ticket {
  contactId: string;
  /** Null once a contact that keeps no messages has been mailed. */
  subject: string | null;
  /** Of the last entry that the requester may see. */
  updatedAt: string;
  waitingFor: WaitingFor;
  /** Sequence number of the last entry that the requester may see; 0 before there is any. */
  lastSeq: number;
  /** Answers of agents that the requester has not been shown yet. */
  unread: number;
  /** When an agent answered first; null before. */
  firstRespondedAt: string | null;
  /** Until when the requester may reopen it; null where it is not closed or may not be reopened any more. */
  reopenUntil: string | null;
  /** Null until the requester has rated the help. */
  rating: Rating | null;
  /** What there is to see of lent access; null or absent: nothing, and nothing of it needs to be loaded. */
  access?: TicketAccessSign | null | undefined;
}

/** `asked`: the requester is asked for access. `offered`: they offer it. `lent`: a record is active. `after-care`: something is left to do in the shop. */
export type TicketAccessSign = 'asked' | 'offered' | 'lent' | 'after-care';

/** Who did something. `desk`: it happened by itself. Agents are named as the desk presents them, never by address. */
export interface Actor {
  kind: 'requester' | 'agent' | 'desk';
  name: string;
}

interface ThreadEntryBase {
  /** Grows by one with every entry of a ticket; a requester sees gaps where notes are internal. */
  seq: number;
  /** ISO 8601 instant in UTC. */
  at: string;
  by: Actor;
}

/** What somebody wrote. */
export interface ThreadMessage extends ThreadEntryBase {
  type: 'message';
  id: string;
  /** `internal`: for agents alone; a requester is never given one. */
  visibility: 'public' | 'internal';
  /** Null once it has been deleted, as a contact that keeps no messages does. A redacted part is `█` characters. */
  text: string | null;
  attachments: Attachment[];
}

/** A change of status. */
export interface ThreadStatusChange extends ThreadEntryBase {
  type: 'status';
  status: TicketStatus;
  /** Why, as its maker wrote it; empty: no reason was given. */
  reason: string;
}

/** One line of a thread. */
export type ThreadEntry = ThreadMessage | ThreadStatusChange;

/** Part of a thread, oldest first. */
export interface ThreadPage {
  ticket: TicketSummary;
  entries: ThreadEntry[];
  /** True where there are entries before the first of these. */
  hasEarlier: boolean;
  /** True where there are entries after the last of these. */
  hasLater: boolean;
}

/** Part of a list of tickets, the last changed first. */
export interface TicketPage {
  tickets: TicketSummary[];
  /** For the next page; null: this was the last. */
  cursor: string | null;
  /** Unread answers in all tickets of this person or device, not only in these. */
  unread: number;
}

/** What a requester has written in a thread and not yet sent. */
export interface ReplyDraft {
  text: string;
  /** Ids of finished uploads, made with the same `TicketKeys.secret`. */
  attachmentIds: string[];
}

/** Proof that the backend has the reply. */
export interface ReplyReceipt {
  message: ThreadMessage;
  ticket: TicketSummary;
}
