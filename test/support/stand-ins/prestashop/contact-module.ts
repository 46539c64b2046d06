import { randomBytes } from 'node:crypto';
import { isCleanHtml } from './clean-html.ts';
import type { ContactPage } from './contact-page.ts';
import type { FormBody } from './form-body.ts';
import type { CookieState } from './shop-cookie.ts';
import type { CustomerThread, ShopCustomer, ShopOptions } from './shop-options.ts';

/** Seconds a token of the form is good for. */
const TOKEN_LIFE = 600;
const EXTENSIONS = ['.txt', '.rtf', '.doc', '.docx', '.pdf', '.zip', '.png', '.jpeg', '.gif', '.jpg', '.webp'];
const NO_BODY: FormBody = { texts: new Map(), files: new Map() };

/** What module contactform makes of a request: the content of the page, and what it has kept in `cookie` and in the shop. */
export function visitContactForm(
  shop: ShopOptions,
  request: { cookie: CookieState; query: URLSearchParams; body: FormBody; now: number },
): Omit<ContactPage, 'action' | 'consent'> {
  const { cookie, query, now } = request;
  const body = request.body ?? NO_BODY;
  // what was posted wins over the address
  const valueOf = (name: string) => body.texts.get(name) ?? query.get(name) ?? undefined;
  const customer = shop.customers.find(({ id }) => id === cookie.idCustomer);
  let notification: ContactPage['notification'] = null;
  if (valueOf('submitMessage') !== undefined) {
    const errors = sendMessage(shop, customer, valueOf, body.files.get('fileUpload'), cookie, now);
    notification = { error: errors.length > 0, messages: errors.length > 0 ? errors : [shop.words.sent] };
  } else if (!cookie.contactFormToken || (cookie.contactFormTokenTTL ?? 0) < now) renewToken(cookie, now);

  const token = valueOf('token');
  const thread = token
    ? shop.threads.find((kept) => kept.id === Number(valueOf('id_customer_thread')) && kept.token === query.get('token'))
    : undefined;
  return {
    words: shop.words,
    contacts: thread ? shop.contacts.filter(({ id }) => id === thread.idContact) : shop.contacts,
    orders: customer && !thread?.idOrder ? customer.orders : (customer?.orders.filter(({ id }) => id === thread?.idOrder) ?? []),
    email: thread?.email ?? valueOf('from') ?? cookie.email ?? '',
    message: valueOf('message') ?? '',
    upload: shop.upload,
    token: cookie.contactFormToken ?? '',
    notification,
  };
}

function renewToken(cookie: CookieState, now: number): void {
  cookie.contactFormToken = randomBytes(16).toString('hex');
  cookie.contactFormTokenTTL = now + TOKEN_LIFE;
}

/** The errors, in the shop's order; none: the message was taken. */
function sendMessage(
  shop: ShopOptions,
  customer: ShopCustomer | undefined,
  valueOf: (name: string) => string | undefined,
  sentFile: File | undefined,
  cookie: CookieState,
  now: number,
): string[] {
  const { words } = shop;
  const message = (valueOf('message') ?? '').trim();
  const from = (valueOf('from') ?? '').trim();
  const contact = shop.contacts.find(({ id }) => id === Math.trunc(Number(valueOf('id_contact'))));
  // PHP drops what is larger, and the module then takes the file for none
  const file = sentFile?.name && sentFile.size <= shop.uploadMaxFilesize ? sentFile : undefined;
  const extensions = EXTENSIONS.filter((extension) => extension !== '.webp' || shop.release !== '4.4.0');
  const allowed = (name: string) => [-4, -5].some((last) => extensions.includes(name.slice(last).toLowerCase()));
  const { contactFormToken: token, contactFormTokenTTL: ends = 0 } = cookie;

  const errors: string[] = [];
  if (shop.captcha === 'alone') return [words.captcha];
  if (!/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(from)) errors.push(words.invalidEmail);
  if (!message || message === '0') errors.push(words.blankMessage);
  if (!isCleanHtml(message)) errors.push(words.invalidMessage);
  if (!contact) errors.push(words.noSubject);
  if (file && !allowed(file.name)) errors.push(words.badExtension);
  if (shop.release === 'later') errors.splice(1);
  if (valueOf('url') !== '' || !token || valueOf('token') !== token || ends < now) {
    if (shop.release !== 'later' || errors.length === 0) {
      errors.push(words.tryAgain);
      renewToken(cookie, now);
    }
  }
  if (shop.captcha === 'first') errors.unshift(words.captcha);
  if (shop.captcha === 'last') errors.push(words.captcha);
  if (errors.length > 0 || !contact) return errors;
  if (contact.saves) {
    const kept = keepMessage(shop, customer ?? shop.customers.find(({ email }) => email === from), valueOf, from, message, file);
    if (!kept) return [];
  }
  return shop.mail === 'failing' ? [words.failed] : [];
}

/** False: it is what the thread ends with already, and no mail is sent either. */
function keepMessage(
  shop: ShopOptions,
  customer: ShopCustomer | undefined,
  valueOf: (name: string) => string | undefined,
  email: string,
  message: string,
  file: File | undefined,
): boolean {
  const asked = Number(valueOf('id_order') ?? 0);
  const idOrder = customer?.orders.some(({ id }) => id === asked) ? asked : 0;
  let thread = shop.threads.find((kept) => kept.email === email && kept.idOrder === idOrder);
  if (!thread) {
    thread = newThread(shop, email, customer?.id ?? 0, idOrder);
    shop.threads.push(thread);
  }
  thread.status = 'open';
  thread.idContact = Number(valueOf('id_contact'));
  thread.idProduct = Number(valueOf('id_product') ?? 0) || thread.idProduct;
  if (!file && thread.messages.at(-1)?.message === message) return false;
  const fileName = file ? `${randomBytes(7).toString('hex').slice(0, 13)}${file.name.slice(-5).toLowerCase()}` : '';
  thread.messages.push({ message, fileName, bytes: file?.size ?? 0 });
  return true;
}

function newThread(shop: ShopOptions, email: string, idCustomer: number, idOrder: number): CustomerThread {
  const id = Math.max(0, ...shop.threads.map((thread) => thread.id)) + 1;
  const token = randomBytes(9).toString('base64url');
  return { id, token, email, idContact: 0, idCustomer, idOrder, idProduct: 0, status: 'open', messages: [] };
}
