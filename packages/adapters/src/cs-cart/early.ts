import type { EarlyAdapter } from '../early-adapter.js';
import { own } from '../own.js';
import { shopDesk } from '../shop-desk.js';
import type { CallRequestsAdapterOptions } from './call-requests-adapter.js';
import type { CsCartAdapterOptions } from './cs-cart-adapter.js';

/** PHP's own limits where nobody changed them: of one file, and of a whole request with room for its text. */
const FILE_BYTES = 2_000_000;
const REQUEST_BYTES = 8_000_000;
const TYPES = 'image/png image/jpeg image/gif image/webp image/heic application/pdf application/zip text/plain'.split(' ');
const NAME = 'cs-cart';
/** Name of the field for a phone number. */
export const PHONE = 'phone';

/**
 * What is known of a form page before it is read.
 *
 * @param count files that it takes.
 */
export function earlyCsCart(options: CsCartAdapterOptions, count = 0): EarlyAdapter & { url: string } {
  const { page, desk: id, contactName, bytesPerFile = FILE_BYTES } = own(options);
  const url = new URL(options.url, page.origin).href;
  const bytesPerTicket = Math.min(count * bytesPerFile, Math.max(REQUEST_BYTES, bytesPerFile));
  const desk = shopDesk(options, id, [], count ? { count, bytesPerFile, bytesPerTicket, types: TYPES } : null);
  const contacts = [{ id: 'form', name: contactName ?? desk.name, keepsMessages: false }];
  const known = { ...desk, late: true, contacts, without: ['kind', 'orderReference'] } satisfies typeof desk;
  return { name: NAME, delivery: 'unknown', scope: `${NAME} ${url} ${id}`, url, desk: known, takesFiles: true };
}

/** What is known of call requests before a page of the shop is read, which names the number as the shop does. */
export function earlyCallRequests(options: CallRequestsAdapterOptions, label?: string): EarlyAdapter & { url: string } {
  const { page, contactName, phoneLabel = 'Tel.' } = own(options);
  const url = new URL(options.url, page.origin).href;
  const id = 'call-requests';
  const desk = shopDesk(options, id, []);
  const known = {
    ...desk,
    late: true,
    contacts: [{ id, name: contactName ?? desk.name, keepsMessages: true }],
    without: ['kind', 'requester.email', 'orderReference', 'subject', 'message'],
    fields: [{ name: PHONE, control: 'tel', label: label ?? phoneLabel, required: true, autocomplete: 'tel' }],
  } satisfies typeof desk;
  return { name: NAME, delivery: 'unknown', scope: `${NAME} ${url} ${id}`, url, desk: known, takesFiles: false };
}
