import type { EarlyAdapter } from '../early-adapter.js';
import { own } from '../own.js';
import { shopDesk } from '../shop-desk.js';
import type { MagentoAdapterOptions } from './magento-adapter.js';

/** What is known of a Magento shop's contact form, which is all there is. */
export function earlyMagento(options: MagentoAdapterOptions): EarlyAdapter & { base: string } {
  const { url, page, desk: store, contactName } = own(options);
  const name = 'magento';
  const base = new URL(url, page.origin).href.replace(/\/*$/, '/');
  const desk = shopDesk(options, store || name, []);
  const contacts = [{ id: 'contact', name: contactName ?? desk.name, keepsMessages: false }];
  const scope = [name, base, store].filter(Boolean).join(' ');
  return { name, delivery: 'unknown', scope, base, desk: { ...desk, contacts, without: ['kind'] }, takesFiles: false };
}
