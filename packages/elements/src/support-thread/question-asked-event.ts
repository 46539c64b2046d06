import type { TicketSummary } from '@storefront-support/contract';
import { bare } from '../base/bare.js';
import { FACT } from '../events.js';

/** From a ticket, the person wants to write another. `preventDefault()` keeps the form of the page from being filled in and shown. */
export class SupportQuestionAskedEvent extends Event {
  /** The ticket it was asked from. */
  readonly ticket: TicketSummary;
  /** Subject for the new one. */
  readonly subject: string;

  constructor(ticket: TicketSummary, subject: string) {
    super('support-question-asked', bare({ ...FACT, cancelable: true }));
    this.ticket = ticket;
    this.subject = subject;
  }
}

declare global {
  interface HTMLElementEventMap {
    'support-question-asked': SupportQuestionAskedEvent;
  }
}
