import type { OtherWay, SupportAdapter } from '@storefront-support/contract';
import { introduce } from './customer.js';
import { misconfiguredAdapter } from './misconfigured-adapter.js';
import type { EmbedOptions } from './options.js';
import { PLATFORMS, readPage } from './platforms.js';
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

/** Backends a tag can name beside `http`. Loaded with the first tag that names one, or that does not say enough. */
const makers = {
  __proto__: null as never,
  memory: () => import('@storefront-support/adapters/memory').then(({ MemoryAdapter }) => new MemoryAdapter()),
  prestashop: (given) =>
    import('@storefront-support/adapters/prestashop').then(
      ({ PrestashopAdapter }) => new PrestashopAdapter({ ...given, contactName: given.shop }),
    ),
  magento: (given) =>
    import('@storefront-support/adapters/magento').then(
      ({ MagentoAdapter }) => new MagentoAdapter({ ...given, contactName: given.shop, recaptcha: given.captcha as Recaptcha }),
    ),
  'magento-graphql': (given) =>
    import('@storefront-support/adapters/magento').then(
      ({ MagentoAdapter }) =>
        new MagentoAdapter({ ...given, contactName: given.shop, recaptcha: given.captcha as Recaptcha, transport: 'graphql' }),
    ),
  'cs-cart': async (given) => {
    const options = { ...given, contactName: given.shop, captcha: given.captcha as Captcha };
    if (given.desk !== 'call-requests') return new (await import('@storefront-support/adapters/cs-cart')).CsCartAdapter(options);
    return new (await import('@storefront-support/adapters/cs-cart/call-requests')).CallRequestsAdapter(options);
  },
  zammad: (given) => import('@storefront-support/adapters/zammad').then(({ ZammadAdapter }) => new ZammadAdapter(given)),
  zendesk: (given) => import('@storefront-support/adapters/zendesk').then(({ ZendeskAdapter }) => new ZendeskAdapter(given)),
  chatwoot: (given) => import('@storefront-support/adapters/chatwoot').then(({ ChatwootAdapter }) => new ChatwootAdapter(given)),
} satisfies Record<string, Maker> as Record<string, Maker | undefined>;

export async function lookUp(options: EmbedOptions, tag: Element): Promise<SupportAdapter> {
  const { adapter, endpoint, desk, bytesPerFile } = options;
  const platform = PLATFORMS.find((name) => adapter.startsWith(name)) ?? '';
  // a tag without an address of its own is on the shop's page
  const { endpoint: found, product, shop } = readPage(platform);
  const url = endpoint || (found ? new URL(found, document.baseURI).href : '');
  if (platform && !tag.hasAttribute('platform')) void introduce(tag, platform).catch(() => undefined);
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

/** The links in a tag, which stand in where the form cannot be, are the other ways to a shop whose backend names none. */
function waysIn(tag: Element): OtherWay[] {
  return [...tag.querySelectorAll<HTMLAnchorElement>('a[href]')].map(({ href, textContent }) => ({
    kind: href.startsWith('mailto:') ? 'email' : href.startsWith('tel:') ? 'phone' : 'link',
    label: textContent.trim() || href.replace(/^\w+:/, ''),
    href,
  }));
}
