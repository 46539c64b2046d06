import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { SupportAdapter } from '@storefront-support/contract';
import type { Route } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { POLLUTION, addProbe, openProbe, sendPolluted } from '../support/stand-ins/adapter-page.ts';
import { EVERY_ELEMENT, FOREIGN_HASH, startCsCart, type CsCartShop } from '../support/stand-ins/cs-cart/cs-cart-shop.ts';
import type { FormElement } from '../support/stand-ins/cs-cart/form-element.ts';
import { newKeys } from '../support/ticket-request.ts';

declare global {
  interface Window {
    opened: SupportAdapter;
  }
}

const MAKE = `(page, { captcha, ...options }) => new adapters.CsCartAdapter({
  page, url: '/index.php', desk: '12', locale: 'en', otherWays: [], ...(captcha && { captcha: async () => captcha }), ...options })`;

const DRAFT = {
  contactId: 'form',
  kind: 'support',
  requester: { name: 'Zoë Ångström', email: 'zoe@example.com' },
  subject: 'Parcel – où ?',
  message: 'It has not come.\nReally.',
  extra: { 'form_values-35-': '350', 'form_values-37-': 'true', 'form_values-39-': '391', 'form_values-40-1': 'true' },
  attachmentIds: [],
  locale: 'en',
};
const RECEIPT = { ticket: null, confirmationMail: 'unknown' };
/** What a form page has that asks for no more than it must, in a language without the words of this file. */
const BARE: FormElement[] = [
  { id: 2, type: 'email', label: 'دایکرۆ', required: true },
  { id: 1, type: 'text', label: 'ناو', required: true },
  { id: 3, type: 'textarea', label: 'نامە', required: true },
];

describe('the adapter of CS-Cart, on a page of the shop', async () => {
  const shop = await startCsCart();
  const browser = await launchChromium();
  after(async () => {
    await browser.close();
    await shop.close();
    assert.deepEqual(shop.violations, []);
  });
  await addProbe(shop, 'cs-cart', MAKE);
  const page = await openProbe(browser, shop);
  const usual = { ...shop.settings };
  beforeEach(async () => {
    Object.assign(shop.settings, usual);
    shop.fault = undefined;
    shop.mails.length = shop.seen.length = 0;
    await page.context().clearCookies();
  });

  const call = (options: object, verb: string, ...given: unknown[]) =>
    page.evaluate(([o, v, g]) => window.probe.call(o, v, ...g), [options, verb, given] as [Record<string, unknown>, string, unknown[]]);
  const send = (options: object = {}, changes: object = {}, more: object = {}) =>
    call(options, 'createTicket', { ...DRAFT, ...changes }, { keys: newKeys(), ...more });

  it('describes a desk before anything is asked, and all of it after', async () => {
    const early = (await call({}, 'getDesk')) as Record<string, unknown>;
    assert.deepEqual([early['late'], early['without'], early['fields']], [true, ['kind', 'orderReference'], undefined]);
    assert.deepEqual(shop.seen, []);
    const desk = (await call({ contactName: 'Lamps & Co', bytesPerFile: 3_000_000 }, 'prepare')) as Record<string, unknown>;
    assert.deepEqual(shop.seen, ['GET /index.php?dispatch=pages.view&page_id=12']);
    assert.equal(desk['late'], true);
    assert.deepEqual(desk['contacts'], [{ id: 'form', name: 'Lamps & Co', keepsMessages: false }]);
    assert.deepEqual(desk['without'], ['kind', 'orderReference']);
    const optional = { required: false };
    assert.deepEqual(desk['fields'], [
      {
        ...{ name: 'form_values-35-', label: 'Department', required: true, control: 'select' },
        options: [
          { value: '', label: '- Select -' },
          { value: '350', label: 'Sales' },
          { value: '351', label: 'Repairs' },
        ],
      },
      { name: 'form_values-36-', label: 'Serial number', ...optional, control: 'text' },
      { name: 'form_values-37-', label: 'Call me back', ...optional, control: 'checkbox' },
      { name: 'form_values-38-', label: 'Phone', ...optional, control: 'tel' },
      {
        ...{ name: 'form_values-39-', label: 'Bought', ...optional, control: 'select' },
        options: [
          { value: '', label: '' },
          { value: '390', label: 'Here' },
          { value: '391', label: 'Elsewhere' },
        ],
      },
      { name: 'form_values-40-0', label: 'Parts: Lamp', ...optional, control: 'checkbox' },
      { name: 'form_values-40-1', label: 'Parts: Shade', ...optional, control: 'checkbox' },
    ]);
    const { files } = desk['limits'] as { files: Record<string, unknown> };
    assert.deepEqual([files['count'], files['bytesPerFile'], files['bytesPerTicket']], [2, 3_000_000, 6_000_000]);
    const abilities = await page.evaluate(() => {
      const adapter = window.probe.make();
      return [
        adapter.scope.replace(location.origin, ''),
        adapter.delivery,
        adapter.attachments?.withTicket,
        'getTicket' in adapter,
        'tracking' in adapter,
      ];
    });
    assert.deepEqual(abilities, ['cs-cart /index.php 12', 'unknown', true, false, false]);
  });

  it('sends exactly the fields of the form', async () => {
    assert.deepEqual(await send(), RECEIPT);
    assert.deepEqual(shop.mails, [
      {
        replyTo: 'zoe@example.com',
        values: {
          31: ['zoe@example.com'],
          32: ['Zoë Ångström'],
          33: ['Parcel – où ?'],
          34: ['It has not come.\r\nReally.'],
          35: ['350'],
          36: [''],
          37: ['Y'],
          38: [''],
          39: ['391'],
          40: ['401'],
        },
        files: [],
      },
    ]);
  });

  it('leaves unticked what was not ticked', async () => {
    await send({}, { extra: { 'form_values-35-': '351' } });
    const [{ values } = { values: {} as Record<string, string[]> }] = shop.mails;
    assert.deepEqual([values['37'], values['39'], values['40']], [['N'], [], []]);
  });

  it('keeps the labels of a page whose words it does not know, and writes into the text what has no element', async () => {
    shop.settings.elements = BARE;
    const desk = (await call({}, 'prepare')) as Record<string, unknown>;
    assert.deepEqual(desk['without'], ['kind', 'orderReference']);
    assert.deepEqual(desk['fields'], [{ name: 'form_values-1-', label: 'ناو', required: true, control: 'text' }]);
    assert.equal((desk['limits'] as { files: unknown }).files, null);
    assert.deepEqual(await send({}, { extra: { 'form_values-1-': 'Zoë' } }), RECEIPT);
    const text = 'Zoë Ångström\r\nParcel – où ?\r\n\r\nIt has not come.\r\nReally.';
    assert.deepEqual(shop.mails[0]?.values, { 1: ['Zoë'], 2: ['zoe@example.com'], 3: [text] });
    const { fields } = (await send({}, { extra: {} })) as { fields: unknown };
    assert.deepEqual(fields, [['form_values-1-', 'required']]);
  });

  it('sends nothing of an earlier try that the shop shows again', async () => {
    shop.settings.captcha = { field: 'g-recaptcha-response', answer: 'a-person' };
    assert.equal(pick(await send({}, { extra: { ...DRAFT.extra, 'form_values-36-': 'SN-7' } })).code, 'invalid-fields');
    shop.settings.captcha = undefined;
    assert.deepEqual(await send({}, { extra: { 'form_values-35-': '351' } }), RECEIPT);
    const [{ values } = { values: {} as Record<string, string[]> }] = shop.mails;
    assert.deepEqual(
      [35, 36, 37, 39, 40].map((id) => values[id]),
      [['351'], [''], ['N'], [], []],
    );
  });

  it('lets be written what the shop would fill a list with', async () => {
    shop.settings.elements = [...BARE, { id: 5, type: 'state', label: 'State' }];
    assert.deepEqual(await send({}, { extra: { 'form_values-1-': 'Zoë', 'form_values-5-': 'Jura' } }), RECEIPT);
    assert.deepEqual(shop.mails[0]?.values['5'], ['Jura']);
  });

  it('sends files by the elements that take them', async () => {
    const answer = await page.evaluate(async (draft) => {
      const adapter = window.probe.make();
      await adapter.prepare?.();
      const keys = { idempotencyKey: 'k'.repeat(22), secret: 's'.repeat(43) };
      const ids: string[] = [];
      for (const [name, bytes] of [
        ['é.png', 1_000],
        ['b.txt', 2_000],
      ] as const) {
        const file = new File([new Uint8Array(bytes)], name, { type: name.endsWith('png') ? 'image/png' : 'text/plain' });
        ids.push((await adapter.attachments!.upload(file, { secret: keys.secret })).id);
      }
      const receipt = await adapter.createTicket({ ...draft, attachmentIds: ids } as never, { keys });
      const again = await adapter
        .createTicket({ ...draft, attachmentIds: ids } as never, { keys })
        .catch((error: unknown) => (error as { code: string }).code);
      return [receipt, again];
    }, DRAFT);
    assert.deepEqual(answer, [RECEIPT, 'invalid-fields']);
    assert.deepEqual(
      shop.mails.map(({ files }) => files),
      [
        [
          { name: 'é.png', bytes: 1_000 },
          { name: 'b.txt', bytes: 2_000 },
        ],
      ],
    );
  });

  it('holds no file that the shop would drop without a word', async () => {
    const code = await page.evaluate(async () => {
      const adapter = window.probe.make();
      await adapter.prepare?.();
      const file = new File([new Uint8Array(2_000_001)], 'a.txt', { type: 'text/plain' });
      return adapter.attachments!.upload(file, { secret: 's'.repeat(43) }).catch((error: unknown) => (error as { code: string }).code);
    });
    assert.equal(code, 'too-large');
  });

  it('reads the token when it sends, whatever the page and an earlier visit had', async () => {
    await page.evaluate((hash) => {
      document.body.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'security_hash', value: hash }));
      window.opened = window.probe.make();
      return window.opened.prepare?.().then(() => undefined);
    }, FOREIGN_HASH);
    shop.endSessions();
    const options = { keys: newKeys() };
    const receipt = await page.evaluate(([draft, given]) => window.opened.createTicket(draft as never, given), [DRAFT, options] as const);
    assert.deepEqual(receipt, RECEIPT);
    assert.equal(shop.seen.filter((line) => line === 'POST /index.php').length, 1);
  });

  it('tries once again where the visit ends between reading and sending', async () => {
    const end = async (route: Route) => {
      shop.endSessions();
      await route.continue();
    };
    await page.route('**/index.php', end, { times: 1 });
    assert.deepEqual(await send(), RECEIPT);
    assert.equal(shop.mails.length, 1);
    assert.equal(shop.seen.filter((line) => line === 'POST /index.php').length, 2);
  });

  it('sends what the check against robots wants, and tells what the shop says without it', async () => {
    shop.settings.captcha = { field: 'g-recaptcha-response', answer: 'a-person' };
    assert.deepEqual(pick(await send()), { code: 'invalid-fields', retryable: false, said: shop.settings.texts.captcha });
    assert.deepEqual(await send({ captcha: { 'g-recaptcha-response': 'a-person' } }), RECEIPT);
  });

  it('knows success by the address, in any language and below any path', async () => {
    Object.assign(shop.settings, { prettyPath: '/napiste-nam/', afterSubmit: 'Chyba? Děkujeme.' });
    assert.deepEqual(await send(), RECEIPT);
    assert.ok(shop.seen.includes('GET /napiste-nam/?sent=Y'), shop.seen.join());
  });

  it('says what has to be written into the tag where there is no such form', async () => {
    const { code, message } = (await call({ desk: '13' }, 'prepare')) as { code: string; message: string };
    assert.deepEqual([code, message.includes('Page 13')], ['misconfigured', true]);
    shop.settings.elements = EVERY_ELEMENT.filter(({ type }) => type !== 'email');
    assert.equal(pick(await send()).code, 'misconfigured');
    shop.settings.elements = EVERY_ELEMENT.filter(({ type }) => type !== 'textarea');
    assert.equal(pick(await send()).code, 'misconfigured');
  });

  it('posts nothing that is not right', async () => {
    const { fields } = (await send({}, { message: ' ', extra: {} })) as { fields: [string, string][] };
    assert.deepEqual(fields, [['message', 'required']]);
    assert.equal(pick(await send({}, {}, { trap: 'http://spam.example' })).code, 'looks-automated');
    assert.ok(!shop.seen.some((line) => line.startsWith('POST')));
  });

  it('does not know what became of a message whose answer is no answer of the shop', async () => {
    for (const [fault, code] of [
      ['drop-answer', 'network'],
      ['html-answer', 'not-a-receipt'],
      ['no-content', 'not-a-receipt'],
      ['status-500', 'unavailable'],
    ] as const) {
      shop.fault = fault;
      assert.equal(pick(await send()).code, code, fault);
    }
  });

  it('knows that nothing arrived where a firewall has refused it', async () => {
    await page.route('**/index.php', (route) => route.fulfill({ status: 403, contentType: 'text/html', body: '<h1>Forbidden</h1>' }), {
      times: 1,
    });
    assert.deepEqual(pick(await send()), { code: 'invalid-request', retryable: false });
    assert.equal(shop.mails.length, 0);
  });

  it('knows name and subject by what browsers are told of an element, else by its label in any language of the form', async () => {
    for (const [locale, name, subject, message] of [
      ['cs-CZ', 'Vaše jméno', 'Předmět', 'Zpráva'],
      ['cs', 'Jméno a příjmení', 'Předmět zprávy', 'Zpráva'],
      ['pl', 'Imię i nazwisko', 'Temat wiadomości', 'Treść'],
      ['ar', 'الاسم', 'الموضوع', 'الرسالة'],
      ['ar-EG', 'اسمك الكامل', 'عنوان الرسالة', 'الرسالة'],
      ['he', 'שם מלא', 'נושא', 'הודעה'],
      ['he-IL', 'שמך', 'נושא הפנייה', 'הודעה'],
      ['el', 'Όνομα', 'Θέμα', 'Μήνυμα'],
      ['ckb', 'ناو', 'Subject', 'نامە'],
    ] as const) {
      shop.settings.elements = [
        { id: 1, type: 'text', label: name, required: true, ...(locale === 'ckb' && { autocomplete: 'name' }) },
        { id: 2, type: 'email', label: 'E-mail', required: true },
        { id: 3, type: 'text', label: subject },
        { id: 4, type: 'textarea', label: message, required: true },
      ];
      const desk = (await call({ locale }, 'prepare')) as { fields: { label: string }[] };
      assert.deepEqual(desk.fields, [], locale);
      shop.mails.length = 0;
      assert.deepEqual(await send({ locale }, { extra: {} }), RECEIPT, locale);
      const { requester, message: text } = DRAFT;
      assert.deepEqual(shop.mails[0]?.values, {
        1: [requester.name],
        2: [requester.email],
        3: [DRAFT.subject],
        4: [text.replace('\n', '\r\n')],
      });
    }
  });

  it('knows that nothing was sent where the form page could not be read', async () => {
    await page.route('**/index.php?*', (route) => route.abort(), { times: 1 });
    assert.equal(pick(await send()).code, 'load-failed');
    await page.route('**/index.php?*', (route) => route.fulfill({ status: 503, contentType: 'text/html', body: '<h1>503</h1>' }), {
      times: 1,
    });
    assert.equal(pick(await send()).code, 'load-failed');
  });

  it('sends the same whatever other scripts have put into every object', async () => {
    await page.evaluate(sendPolluted, [DRAFT, POLLUTION] as const);
    assert.deepEqual(
      shop.mails.map(({ values }) => values),
      POLLUTION.map(() => shop.mails[0]?.values),
    );
  });

  it('breaks no rule of a strict policy', async () => {
    assert.deepEqual(await page.evaluate(() => window.violations), []);
  });
});

describe('the adapter of CS-Cart', async () => {
  const shop: CsCartShop = await startCsCart();
  const browser = await launchChromium();
  await addProbe(shop, 'cs-cart', MAKE);
  const page = await openProbe(browser, shop, {
    count: () => shop.mails.length,
    stored: (marker) =>
      shop.mails
        .filter(({ values }) => values['34']?.[0]?.includes(marker))
        .map(({ values, replyTo, files }) => ({ message: values['34']![0]!, email: replyTo, files })),
    fail: (fault) => (shop.fault = fault ?? undefined),
  });
  after(async () => {
    await browser.close();
    await shop.close();
    assert.deepEqual(shop.violations, []);
  });
  for (const name of await page.evaluate(() => window.probe.names({}))) it(name, () => page.evaluate((one) => window.probe.run(one), name));
});

describe('the adapter of the call requests of CS-Cart', async () => {
  const shop: CsCartShop = await startCsCart();
  const browser = await launchChromium();
  await addProbe(shop, 'cs-cart/call-requests', MAKE.replace('CsCartAdapter', 'CallRequestsAdapter'));
  const page = await openProbe(browser, shop, {
    count: () => shop.callRequests.length,
    stored: (marker) =>
      shop.callRequests.filter(({ name }) => name.includes(marker)).map(({ name }) => ({ message: name, email: '', files: [] })),
    fail: (fault) => (shop.fault = fault ?? undefined),
  });
  const usual = { ...shop.settings };
  beforeEach(() => {
    Object.assign(shop.settings, usual);
    shop.callRequests.length = shop.seen.length = 0;
  });
  after(async () => {
    await browser.close();
    await shop.close();
    assert.deepEqual(shop.violations, []);
    assert.deepEqual(shop.orders, []);
  });
  const draft = {
    ...DRAFT,
    ...{
      contactId: 'call-requests',
      requester: { name: 'Zoë', email: '' },
      subject: '',
      message: '',
      extra: { phone: '+33 1 99 00 12 34' },
    },
  };
  const call = (options: object, verb: string, ...given: unknown[]) =>
    page.evaluate(([o, v, g]) => window.probe.call(o, v, ...g), [options, verb, given] as [Record<string, unknown>, string, unknown[]]);
  const send = (options: object = {}) => call(options, 'createTicket', draft, { keys: newKeys() });

  it('asks for a name and a number alone, in the words of the shop', async () => {
    const early = (await call({}, 'getDesk')) as Record<string, unknown>;
    assert.deepEqual(shop.seen, []);
    const desk = (await call({}, 'prepare')) as Record<string, unknown>;
    assert.deepEqual(desk['without'], ['kind', 'requester.email', 'orderReference', 'subject', 'message']);
    const phone = { name: 'phone', control: 'tel', required: true, autocomplete: 'tel' };
    assert.deepEqual(
      [early, desk].map(({ fields }) => fields),
      [[{ ...phone, label: 'Tel.' }], [{ ...phone, label: 'Your phone' }]],
    );
    assert.equal((desk['limits'] as { files: unknown }).files, null);
    assert.deepEqual(await page.evaluate(() => ['attachments' in window.probe.make(), 'getTicket' in window.probe.make()]), [false, false]);
  });

  it('stores a row', async () => {
    assert.deepEqual(await send(), RECEIPT);
    assert.deepEqual(shop.callRequests, [{ name: 'Zoë', phone: '+33 1 99 00 12 34', timeFrom: '', timeTo: '' }]);
  });

  it('reads the token when it sends, from the script where no form has it', async () => {
    shop.endSessions();
    assert.deepEqual(await send(), RECEIPT);
    shop.settings.tokenInScript = true;
    assert.deepEqual(await send(), RECEIPT);
    assert.equal(shop.callRequests.length, 2);
  });

  it('knows that nothing arrived where a firewall has refused it', async () => {
    const refuse = (route: Route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 403, contentType: 'text/html', body: '<h1>403</h1>' })
        : route.fallback();
    await page.route('**/index.php', refuse);
    assert.deepEqual(pick(await send()), { code: 'invalid-request', retryable: false });
    await page.unroute('**/index.php', refuse);
    assert.deepEqual(shop.callRequests, []);
  });

  it('tells what the shop says', async () => {
    shop.settings.captcha = { field: 'cf-captcha-response', answer: 'a-person' };
    assert.deepEqual(pick(await send()), { code: 'invalid-fields', retryable: false, said: shop.settings.texts.captcha });
    assert.deepEqual(await send({ captcha: { 'cf-captcha-response': 'a-person' } }), RECEIPT);
  });

  for (const name of await page.evaluate(() => window.probe.names({}))) it(name, () => page.evaluate((one) => window.probe.run(one), name));

  it('breaks no rule of a strict policy', async () => {
    assert.deepEqual(await page.evaluate(() => window.violations), []);
  });
});

describe('the stand-in for CS-Cart', () => {
  let shop: CsCartShop;
  before(async () => (shop = await startCsCart({ elements: BARE })));
  after(() => shop.close());

  const FIELDS = {
    fake: '1',
    page_id: '12',
    customer_email: '2',
    'form_values[2]': 'zoe@example.com',
    'dispatch[pages.send_form]': 'Submit',
  };
  async function visit() {
    const answer = await fetch(`${shop.url}/index.php?dispatch=pages.view&page_id=12`);
    const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
    return { cookie, hash: /name="security_hash"[^>]*value="(\w+)"/.exec(await answer.text())?.[1] ?? '' };
  }
  async function post(fields: Record<string, string>, cookie: string) {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const { status, headers } = await fetch(`${shop.url}/index.php`, { method: 'POST', body, headers: { cookie }, redirect: 'manual' });
    return [status, headers.get('location')];
  }

  it('takes the token of this visit alone, and tells at home that it was refused', async () => {
    const { cookie, hash } = await visit();
    assert.deepEqual(await post({ ...FIELDS, security_hash: FOREIGN_HASH }, cookie), [302, '/index.php']);
    assert.match(await (await fetch(`${shop.url}/index.php`, { headers: { cookie } })).text(), /alert-error.*not sent from this site/);
    const sent = '/index.php?dispatch=pages.view&page_id=12&sent=Y';
    assert.deepEqual(await post({ ...FIELDS, security_hash: hash }, cookie), [302, sent]);
    assert.match(await (await fetch(shop.url + sent, { headers: { cookie } })).text(), /We have received it\./);
    assert.equal(shop.mails.length, 1);
  });

  it('answers what its contract does not have with 500, and tells the test', async () => {
    const { cookie, hash } = await visit();
    assert.deepEqual(await post({ ...FIELDS, security_hash: hash, subject: 'Lamp' }, cookie), [500, null]);
    assert.deepEqual(await post({ ...FIELDS, security_hash: hash, 'form_values[9]': 'Lamp' }, cookie), [500, null]);
    assert.equal(shop.violations.length, 2);
  });
});

function pick(answer: unknown): { code: string; retryable: boolean; said?: string } {
  const { code, retryable, said } = answer as { code: string; retryable: boolean; said?: string };
  return { code, retryable, ...(said !== undefined && { said }) };
}
