import { bare } from '../base/bare.js';

/** A file of `<support-attachments>` was added, removed, or changed its state. */
export class SupportFilesChangedEvent extends Event {
  constructor() {
    super('support-files-changed', bare({ bubbles: true, composed: false, cancelable: false }));
  }
}

declare global {
  interface HTMLElementEventMap {
    'support-files-changed': SupportFilesChangedEvent;
  }
}
