import type { SupportError, Ticket, TicketDraft } from '@storefront-support/contract';
import { bare } from './base/bare.js';

/** How everything is told that has happened. */
export const FACT: EventInit = bare({ bubbles: true, composed: true, cancelable: false });

/**
 * When a person sends a draft, before it waits to be sent. `preventDefault()` keeps it here as a draft. What waits is sent
 * later without another event, be it on another page.
 */
export class SupportBeforeSendEvent extends Event {
  /** What would be sent; files that are still on their way are not in it yet. */
  readonly draft: TicketDraft;

  constructor(draft: TicketDraft) {
    super('support-before-send', bare({ ...FACT, cancelable: true }));
    this.draft = draft;
  }
}

/** The backend has the ticket and has said so. */
export class SupportTicketCreatedEvent extends Event {
  /** Null where the backend tells nothing of it but that it is taken. */
  readonly ticket: Ticket | null;

  constructor(ticket: Ticket | null) {
    super('support-ticket-created', FACT);
    this.ticket = ticket;
  }
}

/** Something went wrong that the person has been told about, or that the shop must mend. */
export class SupportErrorEvent extends Event {
  readonly error: SupportError;

  constructor(error: SupportError) {
    super('support-error', FACT);
    this.error = error;
  }
}

/** A ticket is shown. */
export class SupportTicketOpenedEvent extends Event {
  readonly number: string;

  constructor(number: string) {
    super('support-ticket-opened', FACT);
    this.number = number;
  }
}

/** A file of `<support-attachments>` was added, removed, or changed its state. */
export class SupportFilesChangedEvent extends Event {
  constructor() {
    super('support-files-changed', bare({ bubbles: true, composed: false, cancelable: false }));
  }
}

declare global {
  interface HTMLElementEventMap {
    'support-before-send': SupportBeforeSendEvent;
    'support-ticket-created': SupportTicketCreatedEvent;
    'support-ticket-opened': SupportTicketOpenedEvent;
    'support-error': SupportErrorEvent;
    'support-files-changed': SupportFilesChangedEvent;
  }
}
