import type { TicketSummary } from '@storefront-support/contract';

/** Whose turn it is, in a word: the requester's, the desk's, nobody's. */
export type Group = 'waiting' | 'open' | 'closed';

/** Where a ticket is shown, and what is said of its status. */
export function groupOf({ status, waitingFor }: TicketSummary): Group {
  return status === 'closed' ? 'closed' : waitingFor === 'requester' ? 'waiting' : 'open';
}
