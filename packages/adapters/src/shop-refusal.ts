import { SupportError } from '@storefront-support/contract';
import { strangersRefusal } from './exchange.js';

/**
 * What a status means by which the shop of this page never answers a message. A refusal is that of something in front of it, as a
 * firewall, which has let nothing through: no doubt is left, and the same would be refused again.
 */
export function shopRefusal(status: number, headers = new Headers()): SupportError {
  const refusal = strangersRefusal(status, headers);
  if (status < 400 || refusal.code !== 'not-a-receipt') return refusal;
  return new SupportError('invalid-request', `Status ${status}: it was refused before the shop.`, { cause: status });
}
