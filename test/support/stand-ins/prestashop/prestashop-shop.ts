import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { fileAt } from '../shop-host.ts';
import { visitContactForm } from './contact-module.ts';
import { renderContactForm } from './contact-page.ts';
import { readFormBody, type FormBody } from './form-body.ts';
import { CONSENT_PATH, consentToken, ID_MODULE, renderConsent } from './gdpr-consent.ts';
import { ShopCookie, type CookieState } from './shop-cookie.ts';
import { FRESH_SHOP, type ShopOptions } from './shop-options.ts';
import { ENGLISH } from './shop-words.ts';

/** Address of the contact page below the shop's origin. */
export const CONTACT_PATH = '/contact-us';
const LOGIN_PATH = '/login';
const NEWSLETTER_MODULE = 12;

/** Every field the contact form is known to read. */
const DOCUMENTED = ['submitMessage', 'id_contact', 'from', 'message', 'id_order', 'id_product', 'fileUpload', 'url', 'token'];
const DOCUMENTED_QUERY = ['controller', 'id_customer_thread', 'token'];
const CONSENT_FIELDS = ['ajax', 'action', 'id_customer', 'customer_token', 'id_guest', 'guest_token', 'id_module'];

/**
 * What happens to posts to the contact page. `drop-answer`: taken, the answer lost after its first bytes. `reset`: taken, the
 * connection reset, after which browsers may send it again on another one. `stall`: never answered, nothing taken.
 * `status-500`, `html-answer` (a page of a proxy), `empty-answer`, `no-content`, `maintenance` (503), `forbidden` (403, a page of a
 * firewall): answered so, nothing taken.
 * `login-wall`: the whole contact page, read or posted to, leads to the page to sign in.
 */
export type ShopFault =
  | 'drop-answer'
  | 'reset'
  | 'stall'
  | 'status-500'
  | 'html-answer'
  | 'empty-answer'
  | 'no-content'
  | 'maintenance'
  | 'forbidden'
  | 'login-wall';

/** A request for the contact page or the consent log. */
export interface SeenRequest {
  method: string;
  /** With its query. */
  path: string;
  headers: http.IncomingHttpHeaders;
  body: FormBody;
}

/** A page of the theme, as a test wants it. */
export interface HostPage {
  html: string;
  headers?: Record<string, string>;
}

/** A running shop. Its settings, and what it has kept, may be read and changed at any time. */
export interface PrestashopShop extends ShopOptions {
  /** Origin, without a trailing slash. */
  readonly url: string;
  readonly contactUrl: string;
  readonly seen: SeenRequest[];
  /** Consents in the log, one per entry. */
  readonly consents: { idCustomer: number }[];
  /** What was asked of the shop that no documentation knows; such requests are answered with 500. */
  readonly violations: string[];
  /** Pages by path. */
  readonly pages: Map<string, HostPage>;
  fault: ShopFault | null;
  /** Moves the shop's clock. */
  advance(seconds: number): void;
  /** Forgets everything that has happened, and is set up anew. */
  reset(options?: Partial<ShopOptions>): void;
  /** From now on the contact page, when read, is a copy made for somebody else, and sets no cookie. */
  freezeContactPage(): void;
  close(): Promise<void>;
}

/**
 * PrestaShop 8.2.1 with module contactform 4.4.3, as recorded; all of it that a shopper's browser meets when it writes to the shop.
 *
 * @param files directories by path prefix, for example `/embed/`.
 */
export async function startPrestashop(
  options: Partial<ShopOptions> = {},
  { pages = {}, files = {} }: { pages?: Record<string, HostPage>; files?: Record<string, string> } = {},
): Promise<PrestashopShop> {
  const cookies = new ShopCookie();
  let ahead = 0;
  let frozen: string | null = null;
  const now = () => Math.floor(Date.now() / 1_000) + ahead;
  const settingsOf = (changes: Partial<ShopOptions>) => structuredClone({ ...FRESH_SHOP, words: ENGLISH, ...changes });

  const server = http.createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      shop.violations.push(String(error));
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const shop: PrestashopShop = {
    ...settingsOf(options),
    url,
    contactUrl: url + CONTACT_PATH,
    seen: [],
    consents: [],
    violations: [],
    pages: new Map(Object.entries(pages)),
    fault: null,
    advance(seconds) {
      ahead += seconds;
    },
    reset(changes = {}) {
      Object.assign(shop, settingsOf(changes), { fault: null });
      shop.seen.length = shop.consents.length = shop.violations.length = 0;
      frozen = null;
    },
    freezeContactPage() {
      frozen = contactPage({}, new URLSearchParams(), { texts: new Map(), files: new Map() });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return shop;

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', url);
    const { method = '', headers } = request;
    const page = shop.pages.get(pathname);
    if (page) return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
    const file = await fileAt(pathname, files);
    if (file) return void response.writeHead(200, file.headers).end(file.body);

    const isContact = pathname === CONTACT_PATH || (pathname === '/index.php' && query.get('controller') === 'contact');
    if (!isContact && pathname !== LOGIN_PATH && pathname !== CONSENT_PATH) return void response.writeHead(404).end();
    const bytes = await buffer(request);
    const body = await readFormBody(headers, bytes as Buffer<ArrayBuffer>, shop.postMaxSize);
    const cookie = cookies.read(headers.cookie);
    const isNew = cookie.dateAdd === undefined;
    cookie.dateAdd ??= now();
    const before = JSON.stringify(cookie);
    const finish = (status: number, html: string, extra: Record<string, string> = {}, session = true) => {
      const set: string[] = [];
      if (session && isNew) set.push(`PHPSESSID=${cookies.name.slice(-26)}; path=/; HttpOnly; SameSite=Lax`);
      if (isNew || JSON.stringify(cookie) !== before) set.push(cookies.write(cookie, now() * 1_000));
      response.writeHead(status, {
        'content-type': 'text/html; charset=utf-8',
        ...(session && {
          expires: 'Thu, 19 Nov 1981 08:52:00 GMT',
          'cache-control': 'no-store, no-cache, must-revalidate',
          pragma: 'no-cache',
        }),
        ...(set.length > 0 && { 'set-cookie': set }),
        ...extra,
      });
      response.end(html);
    };

    if (pathname === LOGIN_PATH) return signIn(method, body, query, cookie, finish);
    shop.seen.push({ method, path: request.url ?? '', headers, body });
    const undocumented =
      pathname === CONSENT_PATH
        ? undocumentedIn(body, query, CONSENT_FIELDS, [])
        : undocumentedIn(body, query, contactFields(), DOCUMENTED_QUERY);
    if (undocumented.length > 0) {
      shop.violations.push(`${method} ${pathname}: ${undocumented.join(', ')}`);
      return void response.writeHead(500).end();
    }
    if (pathname === CONSENT_PATH) return logConsent(body, cookie, response);
    if (shop.fault === 'login-wall') return finish(302, '', { location: `${url}${LOGIN_PATH}?back=contact` });
    const asJson = (headers.accept ?? '').includes('application/json') || body.texts.has('ajax') || query.has('ajax');
    if (asJson) return finish(200, '', {}, false);
    if (method === 'GET' && pathname === '/index.php') {
      query.delete('controller');
      return finish(302, '', { location: `${shop.contactUrl}${query.size > 0 ? `?${query}` : ''}` });
    }
    if (method === 'GET' && frozen !== null)
      return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(frozen);
    if (method === 'POST' && shop.fault && shop.fault !== 'drop-answer' && shop.fault !== 'reset') return fail(shop.fault, response);
    const html = contactPage(cookie, query, body);
    if (method === 'POST' && shop.fault === 'reset') return void request.socket.resetAndDestroy();
    if (method === 'POST' && shop.fault) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).write(html.slice(0, 20));
      return void setImmediate(() => request.socket.destroy());
    }
    finish(200, html);
  }

  function contactFields(): string[] {
    // a request with `ajax` is answered before its fields are looked at
    return [...DOCUMENTED, 'ajax', ...(shop.gdpr ? ['psgdpr_consent_checkbox'] : [])];
  }

  function contactPage(cookie: CookieState, query: URLSearchParams, body: FormBody): string {
    const content = visitContactForm(shop, { cookie, query, body, now: now() });
    const consent = shop.gdpr ? renderConsent(url, shop.words.consent, cookie.idCustomer ?? 0) : '';
    return documentOf(renderContactForm(shop.markup, { ...content, action: shop.contactUrl, consent }));
  }

  function signIn(
    method: string,
    body: FormBody,
    query: URLSearchParams,
    cookie: CookieState,
    finish: (status: number, html: string, extra?: Record<string, string>) => void,
  ): void {
    const customer = shop.customers.find(
      ({ email, password }) => email === body.texts.get('email') && password === body.texts.get('password'),
    );
    if (method === 'POST' && customer) {
      Object.assign(cookie, { idCustomer: customer.id, email: customer.email });
      return finish(302, '', { location: `${url}/${query.get('back') ?? ''}` });
    }
    finish(
      200,
      documentOf(
        `<section class="login-form"><form id="login-form" action="${url}${LOGIN_PATH}?${query}" method="post">
<input name="email" type="email"><input name="password" type="password"><button>Sign in</button></form></section>`,
      ),
    );
  }

  function logConsent({ texts }: FormBody, cookie: CookieState, response: http.ServerResponse): void {
    const idCustomer = Number(texts.get('id_customer'));
    const known =
      texts.get('action') === 'AddLog' && Number(texts.get('id_module')) === ID_MODULE && idCustomer === (cookie.idCustomer ?? 0);
    // of somebody who is not signed in nothing is logged
    if (known && idCustomer > 0 && texts.get('customer_token') === consentToken('customer', idCustomer)) shop.consents.push({ idCustomer });
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end();
  }

  function documentOf(main: string): string {
    // the newsletter asks for consent by the same module
    const newsletter = shop.gdpr ? renderConsent(url, shop.words.consent, 0, NEWSLETTER_MODULE) : '';
    return `<!doctype html>\n<html lang="${shop.words.lang}">\n<head>\n<meta charset="utf-8">\n<title>${shop.words.title}</title>\n</head>\n<body id="contact">
<header id="header"><form method="get" action="${url}/search"><input type="text" name="s"></form></header>
<section id="content">\n${main}\n</section>
<footer id="footer"><form action="${url}/#blockEmailSubscription_displayFooterBefore" method="post"><input name="email" type="email"><input type="submit" name="submitNewsletter">${newsletter}</form></footer>
</body>\n</html>\n`;
  }
}

function undocumentedIn({ texts, files }: FormBody, query: URLSearchParams, fields: string[], inQuery: string[]): string[] {
  const unknown = [...texts.keys(), ...files.keys()].filter((name) => !fields.includes(name));
  return [...unknown, ...[...query.keys()].filter((name) => !inQuery.includes(name) && name !== 'ajax').map((name) => `?${name}`)];
}

function fail(fault: Exclude<ShopFault, 'drop-answer' | 'reset' | 'login-wall'>, response: http.ServerResponse): void {
  const html = { 'content-type': 'text/html; charset=utf-8' };
  switch (fault) {
    case 'stall':
      return;
    case 'status-500':
      return void response.writeHead(500).end();
    case 'html-answer':
      return void response.writeHead(200, html).end('<!doctype html><title>Proxy</title><p>Please wait.</p>');
    case 'empty-answer':
      return void response.writeHead(200, html).end();
    case 'no-content':
      return void response.writeHead(204).end();
    case 'maintenance':
      return void response.writeHead(503, html).end('<!doctype html><title>Maintenance</title><p>We will be back soon.</p>');
    case 'forbidden':
      return void response.writeHead(403, html).end('<!doctype html><title>403 Forbidden</title><h1>Forbidden</h1>');
  }
}
