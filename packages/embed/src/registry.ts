import type { OtherWay, SupportAdapter } from '@storefront-support/contract';
import { introduce } from './customer.js';
import { misconfiguredAdapter } from './misconfigured-adapter.js';
import { onFirstUse } from './on-first-use.js';
import type { EmbedOptions } from './options.js';
import { platformOf, readPage } from './platforms.js';
import { shopPage } from './shop-page.js';

/** What adapters of this registry are made with; each takes what it knows. */
interface Made {
  page: typeof shopPage;
  url: string;
  desk: string;
  locale: string;
  otherWays: OtherWay[];
  bytesPerFile: number | undefined;
  product: string | undefined;
  /** Name of the shop. */
  shop: string | undefined;
  online: () => boolean;
  /** Calls the tag's `captcha` property, which may be set until the first send: it solves what the shop asks of robots. */
  captcha: () => Promise<unknown>;
}

type Maker = (options: Made) => Promise<SupportAdapter>;
type Recaptcha = () => Promise<string>;
type Captcha = () => Promise<{ [field: string]: string }>;

const early = () => import('@storefront-support/adapters/early');

/** Backends a tag can name beside `http`. Loaded with the first tag that names one, or that does not say enough. */
const makers = {
  __proto__: null as never,
  memory: () => import('@storefront-support/adapters/memory').then(({ MemoryAdapter }) => new MemoryAdapter()),
  prestashop: async (given) => {
    const options = { ...given, contactName: given.shop };
    const { earlyPrestashop } = await early();
    return onFirstUse(earlyPrestashop(options), async () => {
      const { PrestashopAdapter } = await import('@storefront-support/adapters/prestashop');
      return new PrestashopAdapter(options);
    });
  },
  magento: (given) => magento(given, 'form'),
  'magento-graphql': (given) => magento(given, 'graphql'),
  'cs-cart': async (given) => {
    const options = { ...given, contactName: given.shop, captcha: given.captcha as Captcha };
    const { earlyCallRequests, earlyCsCart } = await early();
    if (given.desk === 'call-requests')
      return onFirstUse(earlyCallRequests(options), async () => {
        const { CallRequestsAdapter } = await import('@storefront-support/adapters/cs-cart/call-requests');
        return new CallRequestsAdapter(options);
      });
    return onFirstUse(earlyCsCart(options), async () => {
      const { CsCartAdapter } = await import('@storefront-support/adapters/cs-cart');
      return new CsCartAdapter(options);
    });
  },
  zammad: (given) => import('@storefront-support/adapters/zammad').then(({ ZammadAdapter }) => new ZammadAdapter(given)),
  zendesk: (given) => import('@storefront-support/adapters/zendesk').then(({ ZendeskAdapter }) => new ZendeskAdapter(given)),
  chatwoot: (given) => import('@storefront-support/adapters/chatwoot').then(({ ChatwootAdapter }) => new ChatwootAdapter(given)),
} satisfies Record<string, Maker> as Record<string, Maker | undefined>;

async function magento(given: Made, transport: 'form' | 'graphql'): Promise<SupportAdapter> {
  const options = { ...given, contactName: given.shop, recaptcha: given.captcha as Recaptcha, transport };
  const { earlyMagento } = await early();
  return onFirstUse(earlyMagento(options), async () => {
    const { MagentoAdapter } = await import('@storefront-support/adapters/magento');
    return new MagentoAdapter(options);
  });
}

export async function lookUp(options: EmbedOptions, tag: Element): Promise<SupportAdapter> {
  const { adapter, endpoint, desk, bytesPerFile } = options;
  const platform = platformOf(tag);
  // a tag without an address of its own is on the shop's page, whatever base that has for its pictures
  const { endpoint: found, product, shop } = readPage(platform);
  const url = endpoint || (found ? new URL(found, location.href).href : '');
  if (platform && !tag.hasAttribute('platform')) introduce(tag).catch(() => undefined);
  const made: Made = {
    page: shopPage,
    url,
    desk,
    locale: localeAround(tag),
    otherWays: waysIn(tag),
    bytesPerFile: Number(bytesPerFile) || undefined,
    product: product || undefined,
    shop,
    online: () => navigator.onLine,
    captcha: async () => await (tag as { captcha?: () => unknown }).captcha?.(),
  };
  const maker = adapter === 'memory' || url ? makers[adapter] : undefined;
  return (await maker?.(made)) ?? misconfiguredAdapter(options, ['http', ...Object.keys(makers)]);
}

function localeAround(tag: Element): string {
  return tag.getAttribute('locale') || tag.closest('[lang]')?.getAttribute('lang') || document.documentElement.lang || 'en';
}

/**
 * The links in a tag, which stand in where the form cannot be, are the other ways to a shop whose backend names none; those in the
 * shop's own form are its affair.
 */
function waysIn(tag: Element): OtherWay[] {
  return [...tag.querySelectorAll<HTMLAnchorElement>('a[href]:not(form a, svg a)')].map(({ href, textContent }) => ({
    kind: href.startsWith('mailto:') ? 'email' : href.startsWith('tel:') ? 'phone' : 'link',
    label: textContent.trim() || href.replace(/^\w+:/, ''),
    href,
  }));
}
