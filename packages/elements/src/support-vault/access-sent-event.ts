import { FACT } from '../events.js';

/** What a customer lends was sealed on the vault page and has arrived. */
export class SupportAccessSentEvent extends Event {
  /** Of the ticket. */
  readonly number: string;
  /** Id of the record. */
  readonly record: string;

  constructor(number: string, record: string) {
    super('support-access-sent', FACT);
    this.number = number;
    this.record = record;
  }
}

declare global {
  interface HTMLElementEventMap {
    'support-access-sent': SupportAccessSentEvent;
  }
}
