import type { DeskConfig } from '../desk-config.js';
import { domainOf } from './address.js';

/** Message-ID of the first mail about a ticket, which all later ones refer to, whether it was ever sent or not. */
export function ticketMessageId({ mail }: DeskConfig, ticketId: string): string {
  return `${ticketId}@${domainOf(mail.from)}`;
}
