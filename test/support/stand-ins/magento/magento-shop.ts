// Written line by line from the documented contract of Magento 2.4; not compared with a running shop.
import { randomBytes } from 'node:crypto';
import { HostSessions, Undocumented, escapeHtml, refuseOthers, startShopHost } from '../shop-host.ts';
import type { HostAnswer, HostRequest, ShopHost } from '../shop-host.ts';
import { ENGLISH, type MagentoTexts } from './texts.ts';

/** How the shop is set up; tests may change it while it runs. */
export interface MagentoSettings {
  /** Path of the store view, with slashes at both ends. */
  base: string;
  /** `contact/contact/enabled`. */
  enabled: boolean;
  texts: MagentoTexts;
  /** The only answer of a person that the contact form takes; undefined: reCAPTCHA is off. */
  recaptcha: string | undefined;
  /** Absent: releases before the mutation. `protected`: releases that ask for reCAPTCHA here too. */
  graphql: 'absent' | 'open' | 'protected';
  mailFails: boolean;
  /** Older releases: every response sets the cookie with the messages again. */
  rewritesMessages: boolean;
  /** PHP before 7.4: spaces in cookies are written as `+`. */
  plusForSpace: boolean;
}

/** A mail that left the shop: all that ever becomes of a message. */
export interface MagentoMail {
  name: string;
  email: string;
  telephone: string;
  comment: string;
  via: 'form' | 'graphql';
  /** Of the header `Store`. */
  store: string | undefined;
}

export interface MagentoShop extends ShopHost {
  readonly settings: MagentoSettings;
  readonly mails: MagentoMail[];
  /** Cookie and header values of the posts, for tests of the form key. */
  readonly posts: { formKey: string | null; cookie: string | undefined; ajax: boolean }[];
}

interface Message {
  type: 'success' | 'error';
  text: string;
}

interface Session {
  formKey: string;
  /** What the contact form keeps after a failure. */
  kept: { name: string; email: string; comment: string } | undefined;
}

const FIELDS = ['name', 'email', 'telephone', 'comment', 'hideit', 'form_key', 'g-recaptcha-response'];
const YEAR = 31_536_000;
/** What a page cache prints: the key of whoever was there first. */
export const FOREIGN_FORM_KEY = 'SomebodyElsesKey';

export async function startMagento(changes: Partial<MagentoSettings> = {}): Promise<MagentoShop> {
  const settings: MagentoSettings = {
    base: '/',
    enabled: true,
    texts: ENGLISH,
    recaptcha: undefined,
    graphql: 'open',
    mailFails: false,
    rewritesMessages: false,
    plusForSpace: false,
    ...changes,
  };
  const mails: MagentoMail[] = [];
  const posts: MagentoShop['posts'] = [];
  const sessions = new HostSessions<Session>('PHPSESSID', () => ({ formKey: randomBytes(8).toString('hex'), kept: undefined }));

  function platform(request: HostRequest): Promise<HostAnswer> | HostAnswer | undefined {
    const { base } = settings;
    const { pathname } = request.url;
    if (pathname === '/graphql' && request.method === 'POST') return graphql(request);
    if (!pathname.startsWith(`${base}contact`)) return undefined;
    if (!settings.enabled) return { status: 404, body: '<!doctype html><title>404</title>' };
    const action = pathname.slice(base.length).replace(/\/$/, '');
    if (action === 'contact/index/post' && request.method === 'POST') return post(request);
    if (action === 'contact' || action === 'contact/index') return withMessages(request, [], { body: contactPage(request) });
    return undefined;
  }

  async function post(request: HostRequest): Promise<HostAnswer> {
    const { headers, cookies } = request;
    if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) throw new Undocumented('contact: not urlencoded');
    const form = await request.form();
    refuseOthers(form.keys(), FIELDS, 'contact');
    const field = (name: string) => (form.get(name) as string | null)?.trim() ?? '';
    const { session, setCookie } = sessions.open(request);
    const ajax = headers['x-requested-with'] === 'XMLHttpRequest';
    const formKey = form.get('form_key') as string | null;
    posts.push({ formKey, cookie: cookies.get('form_key'), ajax });
    session.formKey = cookies.get('form_key') ?? session.formKey;
    if (!ajax && formKey !== session.formKey)
      return redirect(request, headers.referer ?? settings.base, { type: 'error', text: settings.texts.formKey }, setCookie);
    const { texts, recaptcha } = settings;
    const [name, email, comment] = [field('name'), field('email'), field('comment')];
    const error =
      recaptcha !== undefined && form.get('g-recaptcha-response') !== recaptcha
        ? texts.recaptcha
        : !name
          ? texts.name
          : !comment
            ? texts.comment
            : !email.includes('@')
              ? texts.email
              : form.get('hideit') !== '' || settings.mailFails
                ? texts.failure
                : undefined;
    session.kept = error === undefined ? undefined : { name, email, comment };
    if (error === undefined) mails.push({ name, email, comment, telephone: field('telephone'), via: 'form', store: undefined });
    const message: Message = error === undefined ? { type: 'success', text: texts.success } : { type: 'error', text: error };
    return redirect(request, `${settings.base}contact/index`, message, setCookie);
  }

  function redirect(request: HostRequest, location: string, message: Message, setCookie: string[]): HostAnswer {
    return withMessages(request, [message], { status: 302, headers: { location, 'set-cookie': setCookie } });
  }

  /** Adds what is said to what the cookie says already. */
  function withMessages({ cookies }: HostRequest, added: Message[], answer: HostAnswer): HostAnswer {
    if (!added.length && !settings.rewritesMessages) return answer;
    const before = cookies.get('mage-messages');
    const all = [...(before ? (JSON.parse(decodeURIComponent(before.replaceAll('+', '%20'))) as Message[]) : []), ...added];
    const value = encodeURIComponent(JSON.stringify(all)).replaceAll('%20', settings.plusForSpace ? '+' : '%20');
    const cookie = `mage-messages=${value}; Path=/; Max-Age=${YEAR}; SameSite=Strict`;
    return { ...answer, headers: { ...answer.headers, 'set-cookie': [...((answer.headers?.['set-cookie'] ?? []) as string[]), cookie] } };
  }

  function contactPage(request: HostRequest): string {
    const { kept } = sessions.open(request).session;
    return `<!doctype html><title>Contact us</title><form class="form contact" action="${settings.base}contact/index/post/" method="post">
      <input name="form_key" type="hidden" value="${FOREIGN_FORM_KEY}"><input name="name" value="${escapeHtml(kept?.name ?? '')}">
      <input name="email" value="${escapeHtml(kept?.email ?? '')}"><input name="telephone"><textarea name="comment">${escapeHtml(kept?.comment ?? '')}</textarea>
      <input type="hidden" name="hideit" value=""></form>`;
  }

  function graphql({ body, headers }: HostRequest): HostAnswer {
    const json = (value: object): HostAnswer => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });
    const refused = (message: string) => json({ errors: [{ message, path: ['contactUs'] }], data: { contactUs: null } });
    const { query, variables = {}, ...others } = JSON.parse(body.toString()) as { query: string; variables?: Record<string, string> };
    refuseOthers(Object.keys(others), [], 'graphql');
    const text = query.replaceAll(/\s+/g, ' ').trim();
    if (/^(query )?\{ ?storeConfig ?\{ ?contact_enabled ?\} ?\}$/.test(text))
      return json({ data: { storeConfig: { contact_enabled: settings.enabled } } });
    const call = /^mutation ?(?:\w+ ?)?\(([^)]*)\) ?\{ ?contactUs ?\( ?input ?: ?\{([^}]*)\} ?\) ?\{ ?status ?\} ?\}$/.exec(text);
    if (!call) throw new Undocumented(`graphql: ${text}`);
    if (settings.graphql === 'absent')
      return json({ errors: [{ message: 'Cannot query field "contactUs" on type "Mutation".', locations: [{ line: 1, column: 1 }] }] });
    const input = Object.fromEntries(
      [...call[2]!.matchAll(/(\w+) ?: ?\$(\w+)/g)].map(([, name, variable]) => [name!, variables[variable!]]),
    );
    refuseOthers(Object.keys(input), ['name', 'email', 'telephone', 'comment'], 'contactUs');
    for (const name of ['name', 'email', 'comment']) if (typeof input[name] !== 'string') throw new Undocumented(`contactUs: no ${name}`);
    const { name = '', email = '', telephone = '', comment = '' } = input;
    const { texts, recaptcha } = settings;
    if (!settings.enabled) return refused(texts.unavailable);
    if (settings.graphql === 'protected' && recaptcha !== undefined && headers['x-recaptcha'] !== recaptcha)
      return refused(texts.recaptcha);
    if (!email.includes('@')) return refused(texts.email);
    if (!name.trim()) return refused(texts.nameField);
    if (!comment.trim()) return refused(texts.commentField);
    if (settings.mailFails) return refused(texts.failure);
    mails.push({ name, email, telephone, comment, via: 'graphql', store: headers['store'] as string | undefined });
    return json({ data: { contactUs: { status: true } } });
  }

  return Object.assign(await startShopHost(platform), { settings, mails, posts });
}
