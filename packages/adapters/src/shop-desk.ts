import type { Contact, Desk, DeskLimits, OtherWay } from '@storefront-support/contract';
import type { ShopPage } from './shop-page.js';

/** What the adapter of every shop platform is given. */
export interface ShopAdapterOptions {
  page: ShopPage;
  /** Address of the shop, as its platform's adapter says; relative ones start at the page's origin. */
  url: string;
  /** Which part of the shop is written to, where its platform's adapter knows several. */
  desk?: string | undefined;
  /** BCP 47 tag of the language the page is in. */
  locale: string;
  otherWays: OtherWay[];
  /** Most bytes the shop takes in one file. */
  bytesPerFile?: number | undefined;
  /** Milliseconds an answer may take; as long as the adapter thinks right otherwise. */
  timeout?: number | undefined;
}

/** Most UTF-16 code units in a subject and in a message. No platform tells limits of its own that are lower. */
export const LENGTHS = { subjectLength: 200, messageLength: 20_000 };

/** The desk behind the contact form of a shop, which tells neither hours nor a promise. */
export function shopDesk(
  { page, locale, otherWays }: ShopAdapterOptions,
  id: string,
  contacts: Contact[],
  files: DeskLimits['files'] = null,
): Desk {
  return {
    id,
    name: new URL(page.origin).host,
    contacts,
    limits: { ...LENGTHS, files },
    hours: { timeZone: 'UTC', week: {}, holidays: [] },
    promise: null,
    locales: [locale],
    otherWays,
  };
}
