import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium, openPage } from '../support/chromium.ts';
import { startChatwoot } from '../support/stand-ins/chatwoot/chatwoot-inbox.ts';
import { startCsCart } from '../support/stand-ins/cs-cart/cs-cart-shop.ts';
import { startMagento } from '../support/stand-ins/magento/magento-shop.ts';
import { startPrestashop } from '../support/stand-ins/prestashop/prestashop-shop.ts';
import { startShopHost, type ShopHost } from '../support/stand-ins/shop-host.ts';
import { startZammad } from '../support/stand-ins/zammad/zammad-desk.ts';
import { startZendesk } from '../support/stand-ins/zendesk/zendesk-desk.ts';
import { ShopRoom } from '../support/shop-room.ts';

const EMBED = fileURLToPath(new URL('../../packages/embed/dist/embed/', import.meta.url));
const WAY = '<a href="mailto:help@shop.example">help@shop.example</a>';

/** What a person sees of each ability once the form has been reached for; then what they see of the receipt. */
interface Shown {
  contacts: 'cards' | 'select' | 'none';
  preSale: boolean;
  name: boolean;
  email: boolean;
  order: 'text' | 'select' | 'none';
  subject: boolean;
  message: boolean;
  files: 'several' | 'one' | 'elsewhere' | 'none';
  /** Labels of the backend's own fields. */
  own: string[];
  number: boolean;
  follow: boolean;
  /** A list of tickets below the form; else word that there is none. */
  tickets: boolean;
  /** A way to sign in beside that list. */
  signIn: boolean;
}

type FormShown = Omit<Shown, 'number' | 'follow' | 'tickets' | 'signIn'>;

interface Place {
  url: string;
  tag: string;
  close(): Promise<void>;
}

interface Row {
  adapter: string;
  open(): Promise<Place>;
  shown: Shown;
}

const ALL: Shown = {
  contacts: 'cards',
  preSale: true,
  name: true,
  email: true,
  order: 'text',
  subject: true,
  message: true,
  files: 'several',
  own: [],
  number: true,
  follow: true,
  tickets: true,
  signIn: true,
};
/** Of a backend that takes a message and says no more. */
const UNFOLLOWED = { follow: false, tickets: false, signIn: false };
const TAKEN = { ...UNFOLLOWED, number: false };
const CUSTOMER = { email: 'pub@prestashop.com', password: 'Shopper-2026!' };

/** A help desk on an origin of its own, and a shop's page that names it. */
async function beside({ host }: { host: ShopHost }, adapter: string, part = ''): Promise<Place> {
  const shop = await startShopHost(() => undefined);
  const tag = `<support-form adapter="${adapter}" endpoint="${host.url}" desk="${part}">${WAY}</support-form>`;
  shop.pages['/'] = { html: pageWith(tag) };
  shop.folders['/embed/'] = EMBED;
  return { url: shop.url, tag, close: async () => void (await Promise.all([shop.close(), host.close()])) };
}

/** The same backend's tickets below the form, so that a number can lead somewhere. */
const withTracker = (tag: string) => tag + tag.replaceAll('support-form', 'support-tracker');
const SCRIPT = '<script type="module" src="/embed/embed.js"></script>';
const pageWith = (tag: string) =>
  `<!doctype html><html lang="en"><head><title>Contact – Fern</title>${SCRIPT}</head><body>${withTracker(tag)}</body></html>`;

async function prestashop(options: Parameters<typeof startPrestashop>[0]): Promise<Place> {
  const tag = `<support-form adapter="prestashop" endpoint="/contact-us">${WAY}</support-form>`;
  const shop = await startPrestashop(options, { pages: { '/': { html: pageWith(tag) } }, files: { '/embed/': EMBED } });
  return { url: shop.url, tag, close: () => shop.close() };
}

async function platform(
  start: () => Promise<Awaited<ReturnType<typeof startMagento>> | Awaited<ReturnType<typeof startCsCart>>>,
  tag: string,
) {
  const shop = await start();
  shop.pages['/form'] = { html: pageWith(tag) };
  shop.folders['/embed/'] = EMBED;
  return { url: `${shop.url}/form`, tag, close: () => shop.close() };
}

const tagOf = (adapter: string, desk = '') => `<support-form adapter="${adapter}" endpoint="/" desk="${desk}">${WAY}</support-form>`;

const ROWS: Row[] = [
  {
    adapter: 'http',
    async open() {
      const room = await ShopRoom.open();
      return { url: room.addPage('/', { body: room.script + withTracker(room.tag()) }), tag: room.tag(), close: () => room.close() };
    },
    shown: ALL,
  },
  {
    adapter: 'memory',
    async open() {
      const shop = await startShopHost(() => undefined);
      const tag = `<support-form adapter="memory">${WAY}</support-form>`;
      shop.pages['/'] = { html: pageWith(tag) };
      shop.folders['/embed/'] = EMBED;
      return { url: shop.url, tag, close: () => shop.close() };
    },
    shown: ALL,
  },
  {
    adapter: 'prestashop, to a guest',
    open: () => prestashop({}),
    shown: { ...ALL, ...TAKEN, contacts: 'select', name: false, order: 'none', subject: false, files: 'one' },
  },
  {
    adapter: 'prestashop, signed in, with consent to be given',
    open: () => prestashop({ gdpr: true }),
    shown: { ...ALL, ...TAKEN, contacts: 'select', name: false, order: 'select', subject: false, files: 'one', own: ['privacy policy'] },
  },
  {
    adapter: 'prestashop, without files',
    open: () => prestashop({ upload: false }),
    shown: { ...ALL, ...TAKEN, contacts: 'select', name: false, order: 'none', subject: false, files: 'elsewhere' },
  },
  {
    adapter: 'magento',
    open: () => platform(startMagento, tagOf('magento')),
    shown: { ...ALL, ...TAKEN, contacts: 'none', preSale: false, files: 'elsewhere' },
  },
  {
    adapter: 'magento-graphql',
    open: () => platform(startMagento, tagOf('magento-graphql')),
    shown: { ...ALL, ...TAKEN, contacts: 'none', preSale: false, files: 'elsewhere' },
  },
  {
    adapter: 'cs-cart',
    open: () => platform(startCsCart, tagOf('cs-cart', '12')),
    shown: {
      ...ALL,
      ...TAKEN,
      contacts: 'none',
      preSale: false,
      order: 'none',
      own: ['Department', 'Serial number', 'Call me back', 'Phone', 'Bought', 'Parts: Lamp', 'Parts: Shade'],
    },
  },
  {
    adapter: 'cs-cart, asked to call',
    open: () => platform(startCsCart, tagOf('cs-cart', 'call-requests')),
    shown: {
      ...ALL,
      ...TAKEN,
      contacts: 'none',
      preSale: false,
      email: false,
      order: 'none',
      subject: false,
      message: false,
      files: 'elsewhere',
      own: ['phone'],
    },
  },
  {
    adapter: 'zammad',
    open: async () => beside(await startZammad(), 'zammad'),
    shown: { ...ALL, contacts: 'none', preSale: false, ...UNFOLLOWED },
  },
  {
    adapter: 'zendesk',
    open: async () => beside(await startZendesk(), 'zendesk'),
    shown: { ...ALL, contacts: 'none', preSale: false, ...UNFOLLOWED },
  },
  {
    adapter: 'chatwoot',
    async open() {
      const inbox = await startChatwoot();
      return beside(inbox, 'chatwoot', inbox.identifier);
    },
    shown: { ...ALL, contacts: 'none', preSale: false, signIn: false },
  },
];

describe('the form shows what its backend can do, and nothing else', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  const seen = async (locator: Locator) => (await locator.count()) > 0;

  const formShown = (form: Locator): Promise<FormShown> =>
    form.evaluate((element): FormShown => {
      const root = element.shadowRoot!;
      const fields = [...root.querySelectorAll('support-field')];
      const field = (name: string) => fields.find(({ id }) => id === name)?.shadowRoot;
      const zone = root.querySelector<HTMLInputElement>('[part=zone] input[type=file]');
      const usual = ['contactId', 'kind', 'requester.name', 'requester.email', 'orderReference', 'subject', 'message'];
      const order = field('orderReference');
      return {
        contacts: root.querySelector('[role=radiogroup]') ? 'cards' : field('contactId') ? 'select' : 'none',
        preSale: !!field('kind'),
        name: !!field('requester.name'),
        email: !!field('requester.email'),
        order: order?.querySelector('select') ? 'select' : order ? 'text' : 'none',
        subject: !!field('subject'),
        message: !!field('message'),
        files: zone ? (zone.multiple ? 'several' : 'one') : root.querySelector('[part=note] a[href^="mailto:"]') ? 'elsewhere' : 'none',
        own: fields
          .filter(({ id }) => !usual.includes(id))
          .map(
            (own) =>
              own.shadowRoot
                ?.querySelector<HTMLElement>('[part=label]')
                ?.innerText.replace(/\s*\(optional\)/, '')
                .trim() ?? '',
          ),
      };
    });

  /** Something that is right in every field there is. */
  async function fill(form: Locator): Promise<void> {
    const radio = form.getByRole('radiogroup').getByRole('radio').first();
    if (await seen(radio)) await radio.check();
    for (const select of await form.locator('support-field select').all()) await select.selectOption({ index: 1 });
    for (const box of await form.getByRole('textbox').all()) {
      const type = await box.getAttribute('type');
      await box.fill(type === 'email' ? 'zoe@example.org' : type === 'tel' ? '+33199001234' : 'A few words');
    }
    for (const box of await form.locator('[aria-required=true][type=checkbox]').all()) await box.check();
  }

  it('is told of every adapter that a tag can name', async () => {
    const shop = await startShopHost(() => undefined);
    shop.pages['/'] = { html: pageWith('<support-form adapter="none-of-these" debug></support-form>') };
    shop.folders['/embed/'] = EMBED;
    const page = await openPage(browser);
    try {
      await page.goto(shop.url);
      const said = page.locator('support-form').getByText('No adapter is called');
      const named = [...(await said.innerText()).matchAll(/adapter="([\w-]+)"/g)].map(([, name]) => name);
      const told = ROWS.map(({ adapter }) => adapter.replace(/,.*/, ''));
      assert.deepEqual(new Set(told), new Set(named));
    } finally {
      await page.context().close();
      await shop.close();
    }
  });

  for (const { adapter, open, shown } of ROWS) {
    it(`shows of ${adapter}`, { timeout: 60_000 }, async () => {
      const place = await open();
      let page: Page | undefined;
      try {
        page = await openPage(browser);
        if (adapter.includes('signed in'))
          await page.context().request.post(`${place.url}/login?back=my-account`, { form: CUSTOMER, maxRedirects: 0 });
        await page.goto(place.url);
        const form = page.locator('support-form');
        await form.getByRole('textbox').first().focus();
        await form.locator('.actions').waitFor();
        await page.waitForFunction(() => (document.querySelector('support-form') as unknown as { submission?: unknown }).submission);
        const { number, follow, tickets, signIn, own, ...rest } = shown;
        const wrong = async () => {
          const found = await formShown(form);
          const labels = own.every((label, n) => found.own[n]?.includes(label));
          return isDeepStrictEqual({ ...found, own: labels && found.own.length }, { ...rest, own: own.length }) ? undefined : found;
        };
        // a late desk is known for certain once what sends has read the shop's page
        const patience = Date.now() + 10_000;
        while (await wrong()) if (Date.now() > patience) assert.deepEqual(await wrong(), { ...rest, own });

        await fill(form);
        await form.getByRole('button', { name: 'Send message' }).click();
        await form.locator('[part=receipt]').waitFor();
        assert.equal(await seen(form.locator('[part=number]')), number, 'a number');
        assert.equal(await seen(form.getByText('no ticket number')), !number, 'word that there is none');
        assert.equal(await seen(form.locator('[part=follow]')), follow, 'the way to the ticket');

        const tracker = page.locator('support-tracker');
        await tracker.scrollIntoViewIfNeeded();
        await (tickets ? tracker.locator('[data-number]') : tracker.getByText('Tickets cannot be followed here')).waitFor();
        assert.equal(await tracker.locator('[data-number]').count(), Number(tickets), 'tickets that are listed');
        if (!tickets) return;
        // open already where there was nothing to list at first
        if (!(await tracker.locator('[part=find]').isVisible())) await tracker.locator('[part=tools] > summary').click();
        await tracker.locator('[part=find]').waitFor();
        assert.equal(await seen(tracker.locator('[part=account]')), signIn, 'a way to sign in');
      } finally {
        await page?.context().close();
        await place.close();
      }
    });
  }
});
