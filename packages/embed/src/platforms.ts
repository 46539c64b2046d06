import { shopPage } from './shop-page.js';

/** What a platform's own page data tells. Absent: it does not tell. */
export interface PageData {
  /** Where the platform's own contact form is, or the shop. */
  endpoint?: string | undefined;
  name?: string | undefined;
  email?: string | undefined;
  /** Id of the product that the page shows; empty where it shows one and does not say which. */
  product?: string | undefined;
  /** Name of the shop. */
  shop?: string | undefined;
}

/** A value of another's script, which may be anything. */
type Foreign = { [name: string]: Foreign } & string;
type Page = Window & { prestashop?: Foreign; BASE_URL?: unknown };

const text = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() ? value.trim() : undefined);
const attribute = (selector: string, name: string) => text(document.querySelector(selector)?.getAttribute(name));
const title = () => document.querySelector('head title')?.textContent.split(/ [-–—|] /);
const shop = () => attribute('meta[property="og:site_name"]', 'content') ?? text(title()?.at(-1));

/** By platform; none of them puts anything into HTML that a cache could keep. */
const readers: { [platform: string]: (() => PageData) | undefined } = {
  __proto__: null as never,

  /** `prestashop`, a global of every front page. */
  prestashop() {
    const { customer, urls, page } = (window as Page).prestashop ?? ({} as Foreign);
    const signedIn = customer?.['is_logged'] ? customer : undefined;
    const contact = text(urls?.['pages']?.['contact']);
    // the link of a mailed answer: what is written there goes on in its thread, for the address that the shop fills in
    const thread = /[?&]id_customer_thread=\d/.test(location.search);
    return {
      // an address without rewriting has a query of its own, which the link repeats
      endpoint: thread && contact ? contact.replace(/\?.*/, '') + location.search : contact,
      name: text(`${text(signedIn?.['firstname']) ?? ''} ${text(signedIn?.['lastname']) ?? ''}`),
      email: thread ? attribute('input[name=from]', 'value') : text(signedIn?.['email']),
      product:
        page?.['page_name'] === 'product' ? (attribute('#product_page_product_id, input[name=id_product]', 'value') ?? '') : undefined,
      shop: shop(),
    };
  },

  /**
   * Luma and Hyvä keep the customer's section in the browser; its e-mail address is not part of it. Without the cookie, which ends
   * with the session and is removed by signing in and out, it is whoever was here before: the theme's script is about to clear it.
   */
  magento() {
    // eslint-disable-next-line no-restricted-globals -- the platform keeps it there; nothing of ours does
    const stored = shopPage.readCookie('mage-cache-sessid') ? localStorage.getItem('mage-cache-storage') : null;
    const kept = JSON.parse(stored ?? '{}') as Foreign;
    return {
      endpoint: text((window as Page).BASE_URL) ?? '/',
      name: text(kept['customer']?.['fullname']),
      product: document.body.matches('.catalog-product-view') ? (attribute('input[name=product]', 'value') ?? '') : undefined,
      shop: shop(),
    };
  },

  /** Its pages carry nothing of a customer that scripts can rely on. */
  'cs-cart': () => ({
    endpoint: '/index.php',
    product: attribute('input[name^="product_data["][name$="[product_id]"]', 'value'),
    shop: shop(),
  }),
};

/** The platform that a tag names, or whose own form it writes to; empty for another. */
export function platformOf(tag: Element): string {
  const adapter = tag.getAttribute('adapter') ?? '';
  return tag.getAttribute('platform') || (Object.keys(readers).find((name) => adapter.startsWith(name)) ?? '');
}

/** What the page tells; what cannot be read is left out. */
export function readPage(platform: string): PageData {
  try {
    return readers[platform]?.() ?? {};
  } catch {
    return {};
  }
}
