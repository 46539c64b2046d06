import type { SupportError } from '@storefront-support/contract';
import { bare } from './base/bare.js';

/** How everything is told that has happened. */
export const FACT: EventInit = bare({ bubbles: true, composed: true, cancelable: false });

/** Something went wrong that the person has been told about, or that the shop must mend. */
export class SupportErrorEvent extends Event {
  readonly error: SupportError;

  constructor(error: SupportError) {
    super('support-error', FACT);
    this.error = error;
  }
}

declare global {
  interface HTMLElementEventMap {
    'support-error': SupportErrorEvent;
  }
}
