// Written line by line from the documented contract of CS-Cart 4; not compared with a running shop.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { HostSessions, Undocumented, escapeHtml, refuseOthers, startShopHost } from '../shop-host.ts';
import type { HostAnswer, HostRequest, ShopHost } from '../shop-host.ts';
import { fieldNames, printElement, type FormElement } from './form-element.ts';

/** How the shop is set up; tests may change it while it runs. */
export interface CsCartSettings {
  pageId: string;
  elements: FormElement[];
  /** What the anti-bot driver wants to see, and in which field; undefined: it is off. */
  captcha: { field: string; answer: string } | undefined;
  /** Shown instead of the form once it is sent. */
  afterSubmit: string;
  /** Address of the form page where the shop rewrites addresses. */
  prettyPath: string | undefined;
  /** PHP's `upload_max_filesize`; what is larger is dropped without a word. */
  uploadMaxBytes: number;
  /** True: home has no form that is posted, and its script alone tells the token. */
  tokenInScript: boolean;
  texts: { csrf: string; captcha: string; received: string; noPhone: string; error: string; notice: string };
}

/** A mail to the recipient of the form: all that ever becomes of a message. */
export interface CsCartMail {
  replyTo: string;
  /** By the id of the element. */
  values: Record<string, string[]>;
  files: { name: string; bytes: number }[];
}

/** A row of the call requests. */
export interface CallRequest {
  name: string;
  phone: string;
  timeFrom: string;
  timeTo: string;
}

export interface CsCartShop extends ShopHost {
  readonly settings: CsCartSettings;
  readonly mails: CsCartMail[];
  readonly callRequests: CallRequest[];
  /** Orders that were placed by a request to be called, which happens where a product and an address are named. */
  readonly orders: string[];
  /** Ends every session: what was printed so far is no longer taken. */
  endSessions(): void;
}

interface Notification {
  type: 'N' | 'W' | 'E';
  title: string;
  message: string;
}

interface Session {
  id: string;
  notifications: Notification[];
  /** What a refused form had: the form page shows it again until it is sent. */
  restored: FormData | undefined;
}

/** What a page cache leaves in a page: the hash of whoever was there first. */
export const FOREIGN_HASH = createHash('md5').update('somebody else').digest('hex');

/** The form that a new shop has, with one element of every kind. */
export const EVERY_ELEMENT: FormElement[] = [
  { id: 30, type: 'header', label: 'Write to us' },
  { id: 31, type: 'email', label: 'E-mail', required: true },
  { id: 32, type: 'text', label: 'Full name', required: true },
  { id: 33, type: 'text', label: 'Subject' },
  { id: 34, type: 'textarea', label: 'Body', required: true },
  { id: 35, type: 'select', label: 'Department', required: true, options: ['Sales', 'Repairs'] },
  { id: 36, type: 'text', label: 'Serial number' },
  { id: 37, type: 'checkbox', label: 'Call me back' },
  { id: 38, type: 'phone', label: 'Phone' },
  { id: 39, type: 'radio', label: 'Bought', options: ['Here', 'Elsewhere'] },
  { id: 40, type: 'checkboxes', label: 'Parts', options: ['Lamp', 'Shade'] },
  { id: 41, type: 'file', label: 'Photo' },
  { id: 42, type: 'file', label: 'Receipt' },
];

const PATH = '/index.php';
const CALL_FORM = `<form name="call_requests_form" action="${PATH}" method="post" class="cm-ajax"><input type="hidden" name="result_ids" value="call_request">
  <label for="call_name">Your name</label><input id="call_name" type="text" name="call_data[name]"><label for="call_phone" class="cm-required">Your phone</label>
  <input id="call_phone" type="text" name="call_data[phone]"><button name="dispatch[call_requests.request]">Submit</button></form>`;
const CALL_FIELDS = ['name', 'phone', 'email', 'product_id', 'time_from', 'time_to'].map((name) => `call_data[${name}]`);

export async function startCsCart(changes: Partial<CsCartSettings> = {}): Promise<CsCartShop> {
  const settings: CsCartSettings = {
    pageId: '12',
    elements: EVERY_ELEMENT,
    captcha: undefined,
    afterSubmit: 'We have received it.',
    prettyPath: undefined,
    uploadMaxBytes: 2_000_000,
    tokenInScript: false,
    texts: {
      csrf: 'The form was not sent from this site.',
      captcha: 'The code is not right.',
      received: 'We will call you.',
      noPhone: 'A phone number is needed.',
      error: 'Error',
      notice: 'Notice',
    },
    ...changes,
  };
  const [mails, callRequests, orders]: [CsCartMail[], CallRequest[], string[]] = [[], [], []];
  const cryptKey = randomUUID();
  const newSession = () =>
    new HostSessions<Session>('sid_customer_1f0a3', () => ({
      id: randomBytes(16).toString('hex'),
      notifications: [],
      restored: undefined,
    }));
  let sessions = newSession();
  const hashOf = ({ id }: Session) =>
    createHash('md5')
      .update(cryptKey + id)
      .digest('hex');

  async function platform(request: HostRequest): Promise<HostAnswer | undefined> {
    const { pathname, searchParams } = request.url;
    if (pathname !== PATH && pathname !== '/' && pathname !== settings.prettyPath) return undefined;
    if (request.method === 'POST') return post(request);
    const shown = settings.prettyPath === pathname ? 'pages.view' : searchParams.get('dispatch');
    if (shown === 'pages.view' && (settings.prettyPath === pathname || searchParams.get('page_id') === settings.pageId))
      return page(request, searchParams.get('sent') === 'Y' ? `<p>${escapeHtml(settings.afterSubmit)}</p>` : formPage(request));
    if (shown !== null) return { status: 404, body: '<!doctype html><title>404</title>' };
    return page(request, settings.tokenInScript ? '' : CALL_FORM);
  }

  async function post(request: HostRequest): Promise<HostAnswer> {
    const form = await request.form();
    const { session, setCookie } = sessions.open(request);
    const dispatch = form.get('dispatch') ?? [...form.keys()].map((name) => /^dispatch\[(.+)\]$/.exec(name)?.[1]).find(Boolean);
    const ajax = form.get('is_ajax') === '1';
    const answer = (location: string, notification?: Notification): HostAnswer => {
      if (ajax) {
        const notifications = notification ? { [randomBytes(4).toString('hex')]: notification } : {};
        return { headers: { 'content-type': 'text/plain; charset=utf-8' }, body: JSON.stringify({ notifications, html: {} }) };
      }
      if (notification) session.notifications.push(notification);
      return { status: 302, headers: { location, 'set-cookie': setCookie } };
    };
    const failed = (message: string): Notification => ({ type: 'E', title: settings.texts.error, message });
    if (form.get('security_hash') !== hashOf(session)) return answer(PATH, failed(settings.texts.csrf));
    switch (dispatch) {
      case 'pages.send_form':
        return sendForm(form, request, answer, failed);
      case 'call_requests.request':
        return requestCall(form, answer, failed);
      default:
        throw new Undocumented(`dispatch: ${String(dispatch)}`);
    }
  }

  function sendForm(form: FormData, request: HostRequest, answer: Answer, failed: (text: string) => Notification): HostAnswer {
    const { elements, captcha, pageId } = settings;
    if (!request.headers['content-type']?.startsWith('multipart/form-data')) throw new Undocumented('pages.send_form: not multipart');
    const documented = ['fake', 'page_id', 'customer_email', 'security_hash', 'dispatch', 'dispatch[pages.send_form]'];
    refuseOthers(form.keys(), [...documented, ...elements.flatMap(fieldNames), ...(captcha ? [captcha.field] : [])], 'pages.send_form');
    if (form.get('fake') !== '1' || form.get('page_id') !== pageId) throw new Undocumented('pages.send_form: not the form of this page');
    const email = elements.find(({ type }) => type === 'email');
    if (form.get('customer_email') !== String(email?.id)) throw new Undocumented('pages.send_form: customer_email is none of the elements');
    const back = settings.prettyPath ?? `${PATH}?dispatch=pages.view&page_id=${pageId}`;
    if (captcha && form.get(captcha.field) !== captcha.answer) {
      sessions.open(request).session.restored = form;
      return answer(back, failed(settings.texts.captcha));
    }
    const values: CsCartMail['values'] = {};
    const files: CsCartMail['files'] = [];
    for (const element of elements.filter(({ type }) => type !== 'header')) {
      const names = fieldNames(element);
      const sent = form.getAll(names[0]!);
      const texts = sent.filter((value) => typeof value === 'string');
      if (element.type === 'file') {
        const file = sent.find((value) => typeof value === 'object');
        if (file?.name && form.get(names[1]!) === 'local' && file.size <= settings.uploadMaxBytes)
          files.push({ name: file.name, bytes: file.size });
        // of several values under one name, PHP keeps the last
      } else values[element.id] = element.type === 'checkboxes' ? texts : texts.slice(-1);
    }
    sessions.open(request).session.restored = undefined;
    mails.push({ replyTo: values[email!.id]?.[0] ?? '', values, files });
    return answer(`${back}${back.includes('?') ? '&' : '?'}sent=Y`);
  }

  function requestCall(form: FormData, answer: Answer, failed: (text: string) => Notification): HostAnswer {
    const { captcha, texts } = settings;
    const documented = [
      'company_id',
      'result_ids',
      'return_url',
      'security_hash',
      'dispatch',
      'dispatch[call_requests.request]',
      'is_ajax',
    ];
    refuseOthers(form.keys(), [...documented, ...CALL_FIELDS, ...(captcha ? [captcha.field] : [])], 'call_requests.request');
    const back = (form.get('return_url') as string | null) ?? PATH;
    const field = (name: string) => (form.get(`call_data[${name}]`) as string | null) ?? '';
    if (captcha && form.get(captcha.field) !== captcha.answer) return answer(back, failed(texts.captcha));
    if (!field('phone') && !field('email')) return answer(back, failed(texts.noPhone));
    if (field('email') && field('product_id')) orders.push(field('product_id'));
    callRequests.push({ name: field('name'), phone: field('phone'), timeFrom: field('time_from'), timeTo: field('time_to') });
    return answer(back, { type: 'N', title: texts.notice, message: texts.received });
  }

  function formPage(request: HostRequest): string {
    const { captcha, elements, pageId } = settings;
    const { restored } = sessions.open(request).session;
    return `<form action="${PATH}" method="post" name="forms_form" enctype="multipart/form-data"><input type="hidden" name="fake" value="1">
      <input type="hidden" name="page_id" value="${pageId}">${elements.map((element) => printElement(element, restored)).join('')}
      ${captcha ? '<div class="captcha ty-control-group"><div class="cm-recaptcha"></div></div>' : ''}
      <button class="ty-btn__secondary ty-btn" type="submit" name="dispatch[pages.send_form]">Submit</button></form>`;
  }

  /** A page of the shop. What stands in the session to be told is told once; every form gets the hash. */
  function page(request: HostRequest, content: string): HostAnswer {
    const { session, setCookie } = sessions.open(request);
    const told = session.notifications.splice(0).map(({ type, title, message }) => {
      const look = { N: 'success cm-auto-hide', W: 'warning', E: 'error' }[type];
      return `<div class="cm-notification-content notification-content alert-${look}"><button type="button" class="close cm-notification-close">&times;</button><strong>${escapeHtml(title)}</strong>${escapeHtml(message)}</div>`;
    });
    const hidden = settings.tokenInScript
      ? '</form>'
      : `<input type="hidden" name="security_hash" class="cm-no-hide-input" value="${hashOf(session)}"/></form>`;
    const script = settings.tokenInScript ? `<script>(function(_){ _.security_hash = '${hashOf(session)}'; }(Tygh));</script>` : '';
    const search = `<form action="${PATH}" method="get"><input type="hidden" name="dispatch" value="products.search"><input name="q"></form>`;
    const html = `<!doctype html><title>Shop</title>${script}<div class="cm-notification-container">${told.join('')}</div>${search}${content}`;
    return { headers: { 'set-cookie': setCookie }, body: html.replaceAll('</form>', hidden) };
  }

  const shop = await startShopHost(platform);
  return Object.assign(shop, { settings, mails, callRequests, orders, endSessions: () => void (sessions = newSession()) });
}

type Answer = (location: string, notification?: Notification) => HostAnswer;
