import type { EarlyAdapter } from '../early-adapter.js';
import { own } from '../own.js';
import { shopDesk } from '../shop-desk.js';
import type { PrestashopAdapterOptions } from './prestashop-adapter.js';
import { MARK_LENGTH } from './repeat-mark.js';

/** PHP takes files of 2 MiB unless told otherwise, and the shop drops larger ones without a word. */
const BYTES_PER_FILE = 2_000_000;
/** Media types of files with such names. */
const TYPES: string[] = [
  'text/plain',
  'text/rtf',
  'application/rtf',
  'application/msword',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/pdf',
  'application/zip',
  'application/x-zip-compressed',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
];

/** What is known of a PrestaShop's contact form before its page is read. */
export function earlyPrestashop(options: PrestashopAdapterOptions): EarlyAdapter & { url: string } {
  const { page, url, bytesPerFile = BYTES_PER_FILE } = own(options);
  const name = 'prestashop';
  const contactPage = new URL(url, page.origin).href;
  const desk = shopDesk(options, name, [], { count: 1, bytesPerFile, bytesPerTicket: bytesPerFile, types: TYPES });
  const limits = { ...desk.limits, messageLength: desk.limits.messageLength - MARK_LENGTH };
  return {
    name,
    delivery: 'unknown',
    scope: `${name} ${contactPage}`,
    url: contactPage,
    desk: { ...desk, limits, late: true, without: ['requester.name', 'subject', 'orderReference'] },
    takesFiles: true,
  };
}
