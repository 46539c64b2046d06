import type { Agent, AgentTicketSummary } from '@storefront-support/contract';

/** Somebody has signed in. */
export class InboxSignedInEvent extends Event {
  constructor(readonly agent: Agent) {
    super('inbox-signed-in', { bubbles: true, composed: true });
  }
}

/** A ticket is not what it was before. */
export class InboxTicketChangedEvent extends Event {
  constructor(readonly ticket: AgentTicketSummary) {
    super('inbox-ticket-changed', { bubbles: true, composed: true });
  }
}

/** The agent's own account is not what it was before. */
export class InboxAccountChangedEvent extends Event {
  constructor() {
    super('inbox-account-changed', { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'inbox-signed-in': InboxSignedInEvent;
    'inbox-ticket-changed': InboxTicketChangedEvent;
    'inbox-account-changed': InboxAccountChangedEvent;
  }
}
