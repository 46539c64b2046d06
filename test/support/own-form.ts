import type http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { startCsCart } from './stand-ins/cs-cart/cs-cart-shop.ts';
import type { FormElement } from './stand-ins/cs-cart/form-element.ts';
import { startMagento } from './stand-ins/magento/magento-shop.ts';
import { startPrestashop } from './stand-ins/prestashop/prestashop-shop.ts';
import { shopBase } from './theme-pages.ts';

/** What stands behind the shops' own forms: the platforms' part of them, each on an origin of its own. */
export interface OwnForms {
  /** Answers a request that is the platform's business; false: it is for a page or a file. */
  answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<boolean>;
  /** What has arrived in the shops, the oldest first. */
  messages(): string[];
  close(): Promise<void>;
}

/** The form page of the CS-Cart example. */
const ELEMENTS: FormElement[] = [
  { id: 31, type: 'text', label: 'Your name', required: true },
  { id: 32, type: 'email', label: 'E-mail', required: true },
  { id: 33, type: 'textarea', label: 'Message', required: true },
];
/** The contacts of the PrestaShop example, and what they are called on its Arabic pages. */
const CONTACTS = [
  { id: 2, name: 'Orders and the shop', arabic: 'الطلبات والمتجر' },
  { id: 1, name: 'This website', arabic: 'هذا الموقع' },
];
const SENT_ON = ['accept', 'content-type', 'cookie', 'referer', 'x-requested-with'];

/** Starts them. Nothing leaves this machine: what is sent is kept until they are closed. */
export async function startOwnForms(): Promise<OwnForms> {
  const [prestashop, magento, csCart] = await Promise.all([
    startPrestashop({
      // as the theme's own template of the form, it has no inline style
      markup: 'hummingbird',
      contacts: CONTACTS.map(({ id, name }) => ({ id, name, saves: true })),
    }),
    startMagento(),
    startCsCart({ elements: ELEMENTS, afterSubmit: 'Thank you.' }),
  ]);
  const bases = [shopBase('prestashop', 'own-form'), shopBase('magento', 'own-form'), shopBase('cs-cart', 'own-form')] as const;

  /** Where the platform listens for what a page asks of it, and how its paths are called on the page's origin. */
  function platformOf(request: http.IncomingMessage): { url: string; here: (text: string) => string } | undefined {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    // people who open the page get it from the theme, and so does what examines it
    const opened = (request.method !== 'POST' && request.headers['sec-fetch-dest'] !== 'empty') || search.includes('support-doctor');
    if (pathname.startsWith(bases[0]) && pathname.endsWith('/contact-us.html') && !opened)
      return {
        url: prestashop.contactUrl + search,
        here: (text) =>
          CONTACTS.reduce(
            (page, { name, arabic }) => (pathname.includes('/ar/') ? page.replaceAll(name, arabic) : page),
            text.replaceAll(prestashop.contactUrl, pathname),
          ),
      };
    const post = /^(.*\/)contact\/index\/post\/$/.exec(pathname);
    if (pathname.startsWith(bases[1]) && post)
      return { url: `${magento.url}/contact/index/post/`, here: (text) => text.replace(/^\/contact\/index$/, `${post[1]}contact/`) };
    if (pathname === `${bases[2]}index.php`)
      return { url: `${csCart.url}/index.php${search}`, here: (text) => text.replaceAll(/(^|")\/?index\.php/g, `$1${bases[2]}index.php`) };
    return undefined;
  }

  return {
    async answer(request, response) {
      const platform = platformOf(request);
      if (!platform) return false;
      const { method = 'GET' } = request;
      const headers = SENT_ON.flatMap((name) => (request.headers[name] ? [[name, String(request.headers[name])] as [string, string]] : []));
      const body = method === 'POST' ? new Uint8Array(await buffer(request)) : null;
      const answer = await fetch(platform.url, { method, headers, body, redirect: 'manual' });
      const location = answer.headers.get('location');
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'text/html',
        'cache-control': 'no-store',
        ...(answer.headers.getSetCookie().length && { 'set-cookie': answer.headers.getSetCookie() }),
        ...(location && { location: platform.here(location) }),
      });
      response.end(platform.here(await answer.text()));
      return true;
    },
    messages: () => [
      ...prestashop.threads.flatMap((thread) => thread.messages.map(({ message }) => message)),
      ...magento.mails.map(({ comment }) => comment),
      ...csCart.mails.flatMap(({ values }) => Object.values(values).flat().map(String)),
    ],
    async close() {
      await Promise.all([prestashop.close(), magento.close(), csCart.close()]);
    },
  };
}
