import type { Ticket, TicketDraft } from '@storefront-support/contract';
import { bare } from '../base/bare.js';
import { FACT } from '../events.js';

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

declare global {
  interface HTMLElementEventMap {
    'support-before-send': SupportBeforeSendEvent;
    'support-ticket-created': SupportTicketCreatedEvent;
  }
}
