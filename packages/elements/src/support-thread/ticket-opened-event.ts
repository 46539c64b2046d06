import { FACT } from '../events.js';

/** A ticket is shown. */
export class SupportTicketOpenedEvent extends Event {
  readonly number: string;

  constructor(number: string) {
    super('support-ticket-opened', FACT);
    this.number = number;
  }
}

declare global {
  interface HTMLElementEventMap {
    'support-ticket-opened': SupportTicketOpenedEvent;
  }
}
