import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { POLLUTION, addProbe, openProbe, sendPolluted } from '../support/stand-ins/adapter-page.ts';
import { FOREIGN_FORM_KEY, startMagento, type MagentoShop } from '../support/stand-ins/magento/magento-shop.ts';
import { ENGLISH, FRENCH } from '../support/stand-ins/magento/texts.ts';
import { newKeys } from '../support/ticket-request.ts';

const MAKE = `(page, { captcha, ...options }) => new adapters.MagentoAdapter({
  page, url: '/', locale: 'en', otherWays: [{ kind: 'email', label: 'Write', href: 'mailto:help@shop.example' }],
  ...(captcha && { recaptcha: async () => captcha }), ...options })`;

const DRAFT = {
  contactId: 'contact',
  kind: 'support',
  requester: { name: 'Zoë Ångström', email: 'zoe@example.com' },
  subject: 'Parcel – où ?',
  message: 'It has not come.\nReally.',
  orderReference: '000000123',
  attachmentIds: [],
  locale: 'en',
};
const COMMENT = 'Parcel – où ?\n# 000000123\n\nIt has not come.\nReally.';
const RECEIPT = { ticket: null, confirmationMail: 'unknown' };
const SETTINGS = {
  base: '/',
  enabled: true,
  texts: ENGLISH,
  recaptcha: undefined,
  graphql: 'open',
  mailFails: false,
  rewritesMessages: false,
  plusForSpace: false,
} as const;

describe('the adapter of Magento, on a page of the shop', async () => {
  const shop = await startMagento();
  const browser: Browser = await launchChromium();
  after(async () => {
    await browser.close();
    await shop.close();
    assert.deepEqual(shop.violations, []);
  });
  await addProbe(shop, 'magento', MAKE);
  const page = await openProbe(browser, shop);
  beforeEach(async () => {
    Object.assign(shop.settings, SETTINGS);
    shop.fault = undefined;
    shop.mails.length = shop.posts.length = shop.seen.length = 0;
    await page.context().clearCookies();
  });

  const call = (options: object, verb: string, ...given: unknown[]) =>
    page.evaluate(([o, v, g]) => window.probe.call(o, v, ...g), [options, verb, given] as [Record<string, unknown>, string, unknown[]]);
  const send = (options: object = {}, changes: object = {}, more: object = {}) =>
    call(options, 'createTicket', { ...DRAFT, ...changes }, { keys: newKeys(), ...more });
  const cookie = async (name: string) => (await page.context().cookies()).find((one) => one.name === name);
  const said = async () => JSON.parse(decodeURIComponent((await cookie('mage-messages'))?.value ?? '%5B%5D')) as unknown;

  it('describes a desk without files, kinds and promises, and asks the shop nothing for it', async () => {
    const desk = (await call({ desk: 'de', contactName: 'Lamps & Co' }, 'getDesk')) as Record<string, unknown>;
    assert.deepEqual(desk['contacts'], [{ id: 'contact', name: 'Lamps & Co', keepsMessages: false }]);
    assert.deepEqual(desk['without'], ['kind']);
    assert.equal((desk['limits'] as { files: unknown }).files, null);
    assert.deepEqual(desk['otherWays'], [{ kind: 'email', label: 'Write', href: 'mailto:help@shop.example' }]);
    assert.deepEqual(shop.seen, []);
    const abilities = await page.evaluate(() => {
      const adapter = window.probe.make({ url: '/shop', desk: 'de' });
      return [
        adapter.scope.replace(location.origin, ''),
        adapter.delivery,
        'attachments' in adapter,
        'getTicket' in adapter,
        'tracking' in adapter,
      ];
    });
    assert.deepEqual(abilities, ['magento /shop/ de', 'unknown', false, false, false]);
  });

  it('sends the form, and what has no field of its own as the first lines', async () => {
    assert.deepEqual(await send(), RECEIPT);
    const { name, email } = DRAFT.requester;
    assert.deepEqual(shop.mails, [{ name, email, telephone: '', comment: COMMENT, via: 'form', store: undefined }]);
    // the page it redirects to is not asked for
    assert.deepEqual(shop.seen, ['POST /contact/index/post/']);
  });

  it('makes a form key where the browser has none, and uses it again', async () => {
    await send();
    await send();
    const [first, second] = shop.posts;
    assert.match(first?.formKey ?? '', /^[A-Za-z0-9]{16}$/);
    assert.deepEqual([first?.cookie, second?.formKey, second?.cookie], [first?.formKey, first?.formKey, first?.formKey]);
    const made = await cookie('form_key');
    assert.deepEqual([made?.sameSite, made?.path], ['Lax', '/']);
  });

  it('sends the key of this browser from a cached page that has somebody else’s', async () => {
    await page.evaluate((key) => {
      document.body.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'form_key', value: key }));
      document.cookie = 'form_key=abcdefghij012345; path=/; samesite=lax';
    }, FOREIGN_FORM_KEY);
    assert.deepEqual(await send(), RECEIPT);
    assert.deepEqual(shop.posts, [{ formKey: 'abcdefghij012345', cookie: 'abcdefghij012345', ajax: true }]);
  });

  it('tells success by its type, in any language', async () => {
    shop.settings.texts = FRENCH;
    assert.deepEqual(await send(), RECEIPT);
    shop.settings.mailFails = true;
    assert.deepEqual(pick(await send()), { code: 'invalid-fields', retryable: false, said: FRENCH.failure });
    assert.equal(shop.mails.length, 1);
  });

  it('reads what old versions of PHP write', async () => {
    Object.assign(shop.settings, { plusForSpace: true, mailFails: true, texts: { ...ENGLISH, failure: 'Call +33 1, please.' } });
    assert.equal(pick(await send()).said, 'Call +33 1, please.');
  });

  it('leaves the theme nothing to say twice, and everything else that it has to say', async () => {
    const other = [{ type: 'success', text: 'You added a Lamp + shade to your cart.' }];
    const before = encodeURIComponent(JSON.stringify(other));
    for (const mailFails of [false, true]) {
      shop.settings.mailFails = mailFails;
      await page.evaluate((value) => (document.cookie = `mage-messages=${value}; path=/; samesite=strict`), before);
      await send();
      assert.deepEqual(await said(), other);
    }
    await page.evaluate(() => (document.cookie = 'mage-messages=; path=/; max-age=0'));
    await send();
    assert.equal(await cookie('mage-messages'), undefined);
  });

  it('takes no message of another page for its own', async () => {
    const old = encodeURIComponent(JSON.stringify([{ type: 'success', text: ENGLISH.success }]));
    await page.evaluate((value) => (document.cookie = `mage-messages=${value}; path=/; samesite=strict`), old);
    shop.settings.mailFails = true;
    assert.equal(pick(await send()).code, 'invalid-fields');
  });

  it('works where every response sets the messages again', async () => {
    shop.settings.rewritesMessages = true;
    await page.evaluate(() => fetch('/contact/index'));
    assert.deepEqual(await send(), RECEIPT);
    shop.settings.mailFails = true;
    assert.equal(pick(await send()).code, 'invalid-fields');
  });

  it('says that the contact form is switched off', async () => {
    shop.settings.enabled = false;
    const { code, retryable } = pick(await send());
    assert.deepEqual([code, retryable], ['misconfigured', false]);
  });

  it('sends what reCAPTCHA answered, and tells what the shop says without it', async () => {
    shop.settings.recaptcha = 'a-person';
    assert.deepEqual(pick(await send()), { code: 'invalid-fields', retryable: false, said: ENGLISH.recaptcha });
    assert.deepEqual(await send({ captcha: 'a-person' }), RECEIPT);
  });

  it('finds the contact form of a store view below a path', async () => {
    shop.settings.base = '/lamps/de/';
    assert.deepEqual(await send({ url: `${shop.url}/lamps/de` }), RECEIPT);
    assert.deepEqual(shop.seen, ['POST /lamps/de/contact/index/post/']);
  });

  it('asks the shop nothing for what it would refuse', async () => {
    for (const [field, changes] of [
      ['requester.name', { requester: { ...DRAFT.requester, name: ' ' } }],
      ['requester.email', { requester: { ...DRAFT.requester, email: 'zoe' } }],
      ['message', { message: '\n' }],
    ] as const) {
      const { code, fields } = (await send({}, changes)) as { code: string; fields: [string, string][] };
      assert.deepEqual([code, fields.map(([name]) => name)], ['invalid-fields', [field]]);
    }
    assert.equal(pick(await send({}, {}, { trap: 'http://spam.example' })).code, 'looks-automated');
    assert.deepEqual(shop.seen, []);
  });

  it('does not know what became of a message whose answer is no answer of the shop', async () => {
    for (const [fault, code] of [
      ['drop-answer', 'network'],
      ['html-answer', 'not-a-receipt'],
      ['no-content', 'not-a-receipt'],
      ['status-500', 'internal'],
    ] as const) {
      shop.fault = fault;
      assert.equal(pick(await send()).code, code, fault);
    }
  });

  it('knows that nothing arrived where a firewall has refused it', async () => {
    const refused = { status: 403, contentType: 'text/html', body: '<h1>Forbidden</h1>' };
    for (const options of [{}, { transport: 'graphql', url: '/de/', desk: 'de' }]) {
      await page.route(/contact\/index\/post|graphql/, (route) => route.fulfill(refused), { times: 1 });
      assert.deepEqual(pick(await send(options)), { code: 'invalid-request', retryable: false });
    }
    assert.deepEqual(shop.seen, []);
  });

  describe('by GraphQL', () => {
    const graphql = { transport: 'graphql', url: '/de/', desk: 'de' };

    it('sends the mutation with the code of the store, and no form key', async () => {
      assert.deepEqual(await send(graphql), RECEIPT);
      const { name, email } = DRAFT.requester;
      assert.deepEqual(shop.mails, [{ name, email, telephone: '', comment: COMMENT, via: 'graphql', store: 'de' }]);
      assert.deepEqual(shop.seen, ['POST /graphql']);
      assert.equal(await cookie('form_key'), undefined);
    });

    it('tells what the shop says, in any language', async () => {
      for (const texts of [ENGLISH, FRENCH]) {
        Object.assign(shop.settings, { texts, mailFails: true });
        assert.deepEqual(pick(await send(graphql)), { code: 'invalid-fields', retryable: false, said: texts.failure });
        Object.assign(shop.settings, { mailFails: false, enabled: false });
        assert.equal(pick(await send(graphql)).said, texts.unavailable);
        shop.settings.enabled = true;
      }
      assert.deepEqual([...new Set(shop.seen)], ['POST /graphql']);
    });

    it('falls back to the form where the mutation is absent', async () => {
      Object.assign(shop.settings, { graphql: 'absent', base: '/de/' });
      assert.deepEqual(await send(graphql), RECEIPT);
      assert.deepEqual(shop.seen, ['POST /graphql', 'POST /de/contact/index/post/']);
      assert.deepEqual(
        shop.mails.map(({ via }) => via),
        ['form'],
      );
    });

    it('never sends again by the form what may have been sent', async () => {
      for (const fault of ['drop-answer', 'html-answer', 'status-500'] as const) {
        shop.fault = fault;
        assert.match(pick(await send(graphql)).code, /^(network|not-a-receipt|internal)$/);
      }
      assert.deepEqual(shop.seen, ['POST /graphql']);
      assert.equal(shop.mails.length, 1);
    });

    it('sends what reCAPTCHA answered where the release asks for it', async () => {
      Object.assign(shop.settings, { graphql: 'protected', recaptcha: 'a-person' });
      assert.equal(pick(await send(graphql)).said, ENGLISH.recaptcha);
      assert.deepEqual(await send({ ...graphql, captcha: 'a-person' }), RECEIPT);
    });
  });

  it('sends the same whatever other scripts have put into every object', async () => {
    await page.evaluate(sendPolluted, [DRAFT, POLLUTION] as const);
    assert.deepEqual(
      shop.mails.map(({ comment, email }) => [comment, email]),
      POLLUTION.map(() => [COMMENT, DRAFT.requester.email]),
    );
    assert.ok(shop.posts.every(({ ajax, formKey, cookie: own }) => ajax && formKey === own));
  });

  it('breaks no rule of a strict policy', async () => {
    await send();
    await send({ transport: 'graphql' });
    assert.deepEqual(await page.evaluate(() => window.violations), []);
  });
});

for (const transport of ['form', 'graphql'])
  describe(`the adapter of Magento by ${transport}`, async () => {
    const shop: MagentoShop = await startMagento();
    const browser = await launchChromium();
    await addProbe(shop, 'magento', MAKE);
    const page = await openProbe(browser, shop, {
      count: () => shop.mails.length,
      stored: (marker) =>
        shop.mails.filter(({ comment }) => comment.includes(marker)).map(({ comment, email }) => ({ message: comment, email, files: [] })),
      fail: (fault) => (shop.fault = fault ?? undefined),
    });
    after(async () => {
      await browser.close();
      await shop.close();
      assert.deepEqual(shop.violations, []);
    });
    for (const name of await page.evaluate((by) => window.probe.names({ transport: by }), transport))
      it(name, () => page.evaluate((one) => window.probe.run(one), name));
  });

describe('the stand-in for Magento', () => {
  let shop: MagentoShop;
  before(async () => (shop = await startMagento()));
  after(() => shop.close());

  const FIELDS = { name: 'Zoë', email: 'zoe@example.com', comment: 'Hello', hideit: '', form_key: FOREIGN_FORM_KEY };
  async function post(fields: Record<string, string>, headers: Record<string, string> = { 'x-requested-with': 'XMLHttpRequest' }) {
    const body = new URLSearchParams(fields);
    const { status, headers: got } = await fetch(`${shop.url}/contact/index/post/`, { method: 'POST', body, headers, redirect: 'manual' });
    const cookie = got.getSetCookie().find((one) => one.startsWith('mage-messages='));
    const [{ text } = { text: undefined }] = cookie ? JSON.parse(decodeURIComponent(cookie.slice(14, cookie.indexOf(';')))) : [];
    return { status, location: got.get('location'), text, cookie: cookie?.slice(cookie.indexOf(';')) };
  }

  it('answers with a redirect and a cookie, whatever it thinks', async () => {
    const cookie = '; Path=/; Max-Age=31536000; SameSite=Strict';
    const answered = { status: 302, location: '/contact/index', cookie };
    assert.deepEqual(await post(FIELDS), { ...answered, text: ENGLISH.success });
    assert.deepEqual(await post({ ...FIELDS, name: ' ' }), { ...answered, text: ENGLISH.name });
    assert.deepEqual(await post({ ...FIELDS, comment: '' }), { ...answered, text: ENGLISH.comment });
    assert.deepEqual(await post({ ...FIELDS, email: 'zoe' }), { ...answered, text: ENGLISH.email });
    assert.deepEqual(await post({ ...FIELDS, hideit: 'x' }), { ...answered, text: ENGLISH.failure });
    const { hideit: _, ...without } = FIELDS;
    assert.deepEqual(await post(without), { ...answered, text: ENGLISH.failure });
    assert.deepEqual(await post(FIELDS, { referer: '/lamp' }), { ...answered, location: '/lamp', text: ENGLISH.formKey });
    assert.equal((await post(FIELDS, { cookie: `form_key=${FOREIGN_FORM_KEY}` })).text, ENGLISH.success);
    assert.equal(shop.mails.length, 2);
    assert.deepEqual(shop.violations, []);
  });

  it('answers what its contract does not have with 500, and tells the test', async () => {
    assert.equal((await post({ ...FIELDS, subject: 'Lamp' })).status, 500);
    const query = 'mutation($name:String!){contactUs(input:{name:$name,order:$name}){status}}';
    const body = JSON.stringify({ query, variables: { name: 'Zoë' } });
    assert.equal((await fetch(`${shop.url}/graphql`, { method: 'POST', body })).status, 500);
    assert.deepEqual(shop.violations, ['contact: "subject" is not documented', 'contactUs: "order" is not documented']);
  });
});

function pick(answer: unknown): { code: string; retryable: boolean; said?: string } {
  const { code, retryable, said } = answer as { code: string; retryable: boolean; said?: string };
  return { code, retryable, ...(said !== undefined && { said }) };
}
