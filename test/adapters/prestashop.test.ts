import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { Desk } from '@storefront-support/contract';
import type { ConformanceFault } from '@storefront-support/contract/conformance';
import { launchChromium, openPage } from '../support/chromium.ts';
import { EVENT_NAMES, isCleanHtml } from '../support/stand-ins/prestashop/clean-html.ts';
import { consentToken } from '../support/stand-ins/prestashop/gdpr-consent.ts';
import { startPrestashop, type HostPage, type PrestashopShop, type ShopFault } from '../support/stand-ins/prestashop/prestashop-shop.ts';
import type { ShopOptions } from '../support/stand-ins/prestashop/shop-options.ts';
import { FRENCH } from '../support/stand-ins/prestashop/shop-words.ts';
import { uncleanPart } from '../../packages/adapters/dist/prestashop/clean-html.js';
import type { Attempt, InPage, Outcome, TestFile } from './prestashop-in-page.ts';

declare const inPage: InPage;

const root = fileURLToPath(new URL('../../', import.meta.url));
const TAKEN: Outcome = { receipt: { ticket: null, confirmationMail: 'unknown' } };
const CUSTOMER = { email: 'pub@prestashop.com', password: 'Shopper-2026!' };
const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
/** A page of the theme with a form token of its own, as a cached page may have one. */
const PRODUCT_PAGE = `<!doctype html><title>Mug</title>
<form><input name="token" value="ffffffffffffffffffffffffffffffff"><input type="file" id="chosen"></form>
<script src="/violations.js"></script><script type="module" src="/probe/stdin.js"></script>`;

/** The scripts of the page, by path. */
async function bundle(): Promise<Record<string, HostPage>> {
  const { outputFiles } = await build({
    stdin: { contents: `import './test/adapters/prestashop-in-page.ts';`, resolveDir: root },
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: path.join(root, 'in-memory'),
    absWorkingDir: root,
    write: false,
  });
  const headers = { 'content-type': 'text/javascript' };
  const scripts = outputFiles.map(({ path: name, text }) => [`/probe/${path.basename(name)}`, { html: text, headers }] as const);
  const violations = `window.violations = []; addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));`;
  return { ...Object.fromEntries(scripts), '/violations.js': { html: violations, headers } };
}

describe("the adapter for PrestaShop's own contact form", () => {
  let browser: Browser;
  let shop: PrestashopShop;
  let page: Page;
  const pageErrors: string[] = [];
  before(async () => {
    const product = { html: PRODUCT_PAGE, headers: { 'content-security-policy': POLICY } };
    [browser, shop] = await Promise.all([
      launchChromium(),
      bundle().then((scripts) => startPrestashop({}, { pages: { ...scripts, '/product': product } })),
    ]);
    page = await openPage(browser);
    page.on('pageerror', ({ message }) => pageErrors.push(message));
    await page.goto(`${shop.url}/product`);
    await page.waitForFunction('window.inPage');
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
  });

  /** A shop in which nothing has happened, and a page of it in which nobody has written. */
  async function onShop(options: Partial<ShopOptions>, work: () => Promise<void>): Promise<void> {
    shop.reset(options);
    await page.context().clearCookies();
    await page.unrouteAll();
    await page.evaluate(() => {
      inPage.open();
      window.violations.length = 0;
    });
    await work();
    assert.deepEqual(shop.violations, [], 'undocumented requests');
    assert.deepEqual(pageErrors.splice(0), [], 'errors that the page hears of');
    // styles in documents that nobody ever sees are told of: that of the honeypot, and the browser's own for what is no HTML
    const violations = await page.evaluate(() => window.violations);
    assert.deepEqual(
      violations.filter((violation) => !/^style-src-(elem|attr) inline$/.test(violation)),
      [],
      'violations of the policy',
    );
  }

  const send = (attempt: Attempt = {}) => page.evaluate((given) => inPage.send(given), attempt);
  const posts = () => shop.seen.filter(({ method, path: at }) => method === 'POST' && at.startsWith('/contact-us'));
  const textsOf = () => shop.threads.flatMap(({ messages }) => messages.map(({ message }) => message));
  const fieldsOf = ({ fields = {} }: Outcome) => Object.entries(fields).map(([name, { code }]) => [name, code]);
  async function signIn(): Promise<void> {
    await page.context().request.post(`${shop.url}/login?back=my-account`, { form: CUSTOMER, maxRedirects: 0 });
  }
  async function prepared(): Promise<Desk> {
    const desk = await page.evaluate(() => inPage.prepare());
    assert.ok('contacts' in desk, JSON.stringify(desk));
    return desk;
  }

  describe('what is known of the desk', () => {
    it('asks nobody before it is prepared', () =>
      onShop({}, async () => {
        const desk = await page.evaluate(() => inPage.desk());
        assert.deepEqual([desk.late, desk.contacts, desk.without], [true, [], ['requester.name', 'subject', 'orderReference']]);
        assert.deepEqual([desk.limits.files?.count, desk.limits.files?.bytesPerFile], [1, 2_000_000]);
        assert.equal(await page.evaluate(() => inPage.scope()), `prestashop ${shop.contactUrl}`);
        assert.deepEqual(shop.seen, []);
      }));

    for (const markup of ['classic', 'hummingbird', 'fallback'] as const) {
      it(`reads contacts, orders, files and consent from a contact page in the markup ${markup}`, () =>
        onShop({ markup, gdpr: true }, async () => {
          const guest = await prepared();
          assert.deepEqual(
            guest.contacts.map(({ id, name }) => [id, name]),
            [
              ['2', 'Customer service'],
              ['1', 'Webmaster'],
            ],
          );
          assert.deepEqual([guest.orders, guest.without?.includes('orderReference')], [undefined, true]);
          if (markup !== 'fallback')
            assert.deepEqual(guest.fields, [
              {
                name: 'psgdpr_consent_checkbox',
                control: 'checkbox',
                label: 'I agree to the privacy policy',
                required: true,
                hint: `${shop.url}/content/2`,
              },
            ]);
          await signIn();
          const customer = await prepared();
          assert.deepEqual(customer.orders, ['XKBKNABJK', 'OHSATSERP', 'UOYEVOLI', 'FFATNOMMJ', 'KHWLILZLL']);
          assert.deepEqual(customer.without, ['requester.name', 'subject']);
          shop.upload = false;
          assert.equal((await prepared()).limits.files, null);
        }));
    }

    it('finds a single contact in its hidden field', () =>
      onShop({ markup: 'hummingbird', contacts: [{ id: 3, name: 'Shop', saves: true }] }, async () => {
        const { contacts, name } = await prepared();
        assert.deepEqual(contacts, [{ id: '3', name, keepsMessages: true }]);
        await page.evaluate(() => inPage.open({ contactName: 'The Mug Shop' }));
        assert.equal((await prepared()).contacts[0]?.name, 'The Mug Shop');
        assert.deepEqual(await send({ draft: { contactId: '3' } }), TAKEN);
        assert.equal(shop.threads[0]?.idContact, 3);
      }));

    for (const markup of ['classic', 'hummingbird'] as const) {
      it(`has no desk where nobody can be written to, and posts nothing: ${markup}`, () =>
        onShop({ markup, contacts: [] }, async () => {
          const { code, retryable } = (await page.evaluate(() => inPage.prepare())) as Outcome;
          assert.deepEqual([code, retryable], ['misconfigured', false]);
          const sent = await send();
          assert.deepEqual([sent.code, sent.retryable, posts()], ['misconfigured', false, []]);
        }));
    }

    it('forgets orders when the customer has signed out', () =>
      onShop({}, async () => {
        await signIn();
        assert.ok((await prepared()).orders);
        await page.context().clearCookies();
        assert.equal((await prepared()).orders, undefined);
      }));

    it('follows index.php to the contact page', () =>
      onShop({}, async () => {
        await page.evaluate(() => inPage.open({ url: '/index.php?controller=contact' }));
        assert.equal((await prepared()).contacts.length, 2);
        assert.deepEqual(await send(), TAKEN);
        assert.equal(shop.threads.length, 1);
      }));
  });

  describe('a message on its way', () => {
    it('posts exactly the documented fields, without asking for JSON', () =>
      onShop({}, async () => {
        assert.deepEqual(await send({ draft: { message: '  Où est mon colis ? 📦 & <b>merci</b>\n' }, key: 'k'.repeat(22) }), TAKEN);
        const [post] = posts();
        const { token = '', ...fields } = Object.fromEntries(post?.body.texts ?? []);
        assert.match(token, /^[0-9a-f]{32}$/);
        assert.match(fields['message'] ?? '', /^Où est mon colis \? 📦 & <b>merci<\/b>\r\n\r\n\[[2-9B-Z]{6}\]$/);
        delete fields['message'];
        assert.deepEqual(fields, { id_contact: '2', from: 'zoe@example.test', url: '', submitMessage: '1' });
        assert.match(post?.headers['content-type'] ?? '', /^multipart\/form-data; boundary=/);
        assert.equal(post?.headers.accept, '*/*');
        assert.deepEqual(
          shop.threads.map(({ email, idContact, idOrder, messages }) => [email, idContact, idOrder, messages.length]),
          [['zoe@example.test', 2, 0, 1]],
        );
      }));

    it('takes the token of the contact page at the moment of sending, never one of the page it is on', () =>
      onShop({}, async () => {
        await prepared();
        await send();
        const read = shop.seen.map(({ method }) => method);
        assert.deepEqual(read, ['GET', 'GET', 'POST']);
        assert.ok(posts().every(({ body }) => body.texts.get('token') !== 'f'.repeat(32)));
      }));

    it("sends a customer's order by its number in the shop, and refuses one that is not theirs", () =>
      onShop({}, async () => {
        await signIn();
        const requester = { name: '', email: CUSTOMER.email };
        assert.deepEqual(await send({ draft: { requester, orderReference: 'KHWLILZLL' } }), TAKEN);
        assert.deepEqual([shop.threads[0]?.idOrder, shop.threads[0]?.idCustomer], [5, 2]);
        const refused = await send({ draft: { requester, orderReference: 'NOTMINE' } });
        assert.deepEqual([refused.code, fieldsOf(refused)], ['invalid-fields', [['orderReference', 'unknown']]]);
        assert.equal(posts().length, 1);
      }));

    it('says which product the page is about', () =>
      onShop({}, async () => {
        await page.evaluate(() => inPage.open({ product: '17' }));
        assert.deepEqual(await send({ draft: { kind: 'pre-sale' } }), TAKEN);
        assert.equal(shop.threads[0]?.idProduct, 17);
      }));

    it('answers on the link of a thread', () =>
      onShop({}, async () => {
        await send({ draft: { requester: { name: '', email: 'jane@example.test' } } });
        const { id, token } = shop.threads[0] ?? {};
        await page.evaluate((url) => inPage.open({ url }), `/contact-us?id_customer_thread=${id}&token=${token}`);
        assert.deepEqual(
          (await prepared()).contacts.map(({ id: contact }) => contact),
          ['2'],
        );
        assert.deepEqual(await send({ draft: { requester: { name: '', email: 'jane@example.test' } } }), TAKEN);
        assert.equal(shop.threads[0]?.messages.length, 2);
      }));

    it('gives a receipt for a contact that stores nothing', () =>
      onShop({}, async () => {
        assert.deepEqual(await send({ draft: { contactId: '1' } }), TAKEN);
        assert.deepEqual(shop.threads, []);
      }));

    it('makes the text of another draft distinct and that of the same draft the same', () =>
      onShop({}, async () => {
        for (const key of ['a'.repeat(22), 'a'.repeat(22), 'b'.repeat(22)]) assert.deepEqual(await send({ key }), TAKEN);
        const texts = textsOf();
        assert.deepEqual([texts.length, new Set(texts).size], [2, 2]);
      }));

    it('sends a lone zero', () =>
      onShop({}, async () => {
        const file: TestFile = { name: 'a.txt', type: 'text/plain', bytes: 1 };
        assert.deepEqual(await send({ draft: { message: '0' }, files: [file] }), TAKEN);
        assert.equal(textsOf().length, 1);
      }));
  });

  describe('the token', () => {
    it('is the same one in every tab and for every message while it lives', () =>
      onShop({}, async () => {
        for (let n = 0; n < 2; n++) assert.deepEqual(await send(), TAKEN);
        const tab = await page.context().newPage();
        await tab.goto(`${shop.url}/product`);
        await tab.waitForFunction('window.inPage');
        assert.deepEqual(await tab.evaluate(() => inPage.send()), TAKEN);
        await tab.close();
        assert.equal(new Set(posts().map(({ body }) => body.texts.get('token'))).size, 1);
      }));

    it('is read again after 11 minutes', () =>
      onShop({}, async () => {
        await prepared();
        shop.advance(660);
        assert.deepEqual(await send(), TAKEN);
        assert.deepEqual([posts().length, textsOf().length], [1, 1]);
      }));

    it('is replaced once, in silence, where the page was made for somebody else', () =>
      onShop({}, async () => {
        shop.freezeContactPage();
        assert.deepEqual(await send(), TAKEN);
        assert.deepEqual([posts().length, textsOf().length], [2, 1]);
      }));

    it('is replaced only once, where the browser keeps no cookies', () =>
      onShop({}, async () => {
        await page.route('**/contact-us', async (route) => {
          const answer = await route.fetch({ headers: { ...route.request().headers(), cookie: '' } });
          const headers = { ...answer.headers() };
          delete headers['set-cookie'];
          await page.context().clearCookies();
          await route.fulfill({ response: answer, headers });
        });
        const { code, retryable, said } = await send();
        assert.deepEqual([code, retryable, said], ['invalid-fields', false, shop.words.tryAgain]);
        assert.deepEqual([posts().length, textsOf()], [2, []]);
      }));
  });

  describe('what the shop would refuse', () => {
    const REFUSED = [
      ['I said onclick=foo', 'onclick='],
      ['so it says ONMOUSEOVER = 3', 'ONMOUSEOVER ='],
      ['a javascript: url', 'javascript:'],
      ['my transcript: none', 'transcript:'],
      ['a <script>', '<script'],
      ['an < iframe', '< iframe'],
      ['the <form> on your page', '<form'],
      ['<b x onfoo="1">', '<b x onfoo="1"'],
      ['txt.\u202eexe', 'U+202E'],
    ] as const;
    it('tells of a text before anything is sent, and which part of it', () =>
      onShop({}, async () => {
        for (const [message, quote] of REFUSED) {
          const refused = await send({ draft: { message } });
          assert.deepEqual([refused.code, fieldsOf(refused)], ['invalid-fields', [['message', 'refused-text']]], message);
          assert.equal(refused.fields?.['message']?.quote, quote);
          assert.equal(isCleanHtml(message), false, `${message}: the shop takes it`);
        }
        assert.deepEqual(shop.seen, []);
      }));

    it('judges texts as the shop does', async () => {
      const texts = [
        ...EVENT_NAMES.flatMap((name) => [`${name}=`, `${name}\t =1`, `x${name.toUpperCase()}=`, `${name}s=`, name]),
        'version = 2',
        'Montant = 45 €',
        'the only=one',
        'description: blue',
        'inscription: 12',
        '<b>bold</b> and <a href="/x">a link</a>',
        '<b onx=y>',
        'a < b, input: 3',
        '1 <2 and onions = 3',
        '<\u00a0form, onclick\u00a0= 2',
        ...['x', 'on', ' onclick ', '< ', ' onx="'].map((part) => part.repeat(100_000 / part.length)),
      ];
      for (const text of texts) assert.equal((await uncleanPart(text, undefined)) === undefined, isCleanHtml(text), text);
    });

    it('says so of the address, the contact and consent without posting', () =>
      onShop({ gdpr: true }, async () => {
        const extra = { psgdpr_consent_checkbox: 'true' };
        const attempts: [Attempt['draft'], string][] = [
          [{ requester: { name: '', email: 'zoe at example' }, extra }, 'requester.email'],
          [{ contactId: '9', extra }, 'contactId'],
          [{ message: ' ', extra }, 'message'],
          [{ kind: 'pre-sale', orderReference: 'KHWLILZLL', extra }, 'orderReference'],
          [{}, 'psgdpr_consent_checkbox'],
        ];
        for (const [draft = {}, field] of attempts) {
          const refused = await send({ draft });
          assert.deepEqual([refused.code, Object.keys(refused.fields ?? {})], ['invalid-fields', [field]]);
        }
        assert.deepEqual(posts(), []);
      }));

    const NAMES: [name: string, taken: boolean][] = [
      ['a.jpeg', true],
      ['a.PDF', true],
      ['a.docx', true],
      ['a.webp', true],
      ['x.zip', true],
      ['é.png', true],
      ['PHOTO.WEBP', true],
      ['empty.txt', true],
      ['evil.php', false],
      ['a.xlsx', false],
      ['a.csv', false],
      ['a.heic', false],
      ['a.mp4', false],
      ['noext', false],
      ['a.tar.gz', false],
    ];
    it('judges files by the end of their names', () =>
      onShop({}, async () => {
        for (const [name, taken] of NAMES) {
          const outcome = await send({ draft: { message: name }, files: [{ name, type: '', bytes: name === 'empty.txt' ? 0 : 9 }] });
          assert.deepEqual(outcome.code ?? 'taken', taken ? 'taken' : 'type-not-allowed', name);
        }
        const files = shop.threads.flatMap(({ messages }) => messages.map(({ message, fileName }) => [message, fileName.slice(13)]));
        assert.deepEqual(files, [
          ['a.jpeg', '.jpeg'],
          ['a.PDF', 'a.pdf'],
          ['a.docx', '.docx'],
          ['a.webp', '.webp'],
          ['x.zip', 'x.zip'],
          ['é.png', 'é.png'],
          ['PHOTO.WEBP', '.webp'],
          ['empty.txt', 'y.txt'],
        ]);
      }));

    it('holds no file that PHP would drop without a word', () =>
      onShop({}, async () => {
        const huge = await send({ files: [{ name: 'b.zip', type: 'application/zip', bytes: 12_000_000 }] });
        assert.deepEqual([huge.code, huge.retryable], ['too-large', false]);
        assert.deepEqual(shop.seen, []);
        shop.uploadMaxFilesize = 2_000_000;
        assert.deepEqual(await send({ files: [{ name: 'b.zip', type: 'application/zip', bytes: 2_000_000 }] }), TAKEN);
        assert.equal(shop.threads[0]?.messages[0]?.bytes, 2_000_000);
      }));

    it('sends nothing where the device has changed a file since it was chosen', () =>
      onShop({}, async () => {
        const folder = await mkdtemp(path.join(tmpdir(), 'chosen-'));
        const file = path.join(folder, 'a.txt');
        await writeFile(file, 'first');
        await page.locator('#chosen').setInputFiles(file);
        await page.exposeFunction('changeFile', () => writeFile(file, 'another text'));
        const { code } = await send({ meanwhile: 'changeFile' });
        await rm(folder, { recursive: true });
        assert.deepEqual([code, posts()], ['gone', []]);
      }));

    it('takes the limit that the merchant names', () =>
      onShop({ uploadMaxFilesize: 20_000_000, postMaxSize: 25_000_000 }, async () => {
        await page.evaluate(() => inPage.open({ bytesPerFile: 15_000_000 }));
        assert.deepEqual(await send({ files: [{ name: 'b.zip', type: 'application/zip', bytes: 12_000_000 }] }), TAKEN);
        assert.equal(shop.threads[0]?.messages[0]?.bytes, 12_000_000);
      }));
  });

  describe('what the shop answers', () => {
    for (const markup of ['classic', 'hummingbird', 'fallback'] as const) {
      for (const [language, words] of [
        ['English', undefined],
        ['French', FRENCH],
      ] as const) {
        it(`is understood in ${markup} and ${language}`, () =>
          onShop({ markup, ...(words && { words }) }, async () => {
            assert.deepEqual(await send(), TAKEN);
            // right for a browser, not for the shop
            const refused = await send({ draft: { requester: { name: '', email: 'zoe@localhost' } } });
            assert.deepEqual([refused.code, fieldsOf(refused)], ['invalid-fields', [['requester.email', 'invalid']]]);
            assert.equal(refused.said, shop.words.invalidEmail);
            shop.mail = 'failing';
            const doubtful = await send({ draft: { message: 'mail is broken' } });
            assert.deepEqual([doubtful.code, doubtful.retryable, doubtful.said], ['internal', true, shop.words.failed]);
            assert.equal(textsOf().length, 2, 'the message is stored although the shop says that it failed');
          }));
      }
    }

    it('names several fields at once, and stores nothing while it finds out', () =>
      onShop({ release: '4.4.0' }, async () => {
        const draft = { requester: { name: '', email: 'zoe@localhost' } };
        const refused = await send({ draft, files: [{ name: 'a.webp', type: 'image/webp', bytes: 9 }] });
        assert.deepEqual(fieldsOf(refused), [
          ['requester.email', 'invalid'],
          ['attachmentIds.0', 'not-allowed'],
        ]);
        assert.deepEqual([posts().length, shop.threads], [4, []]);
      }));

    it("is told in the shop's words, and laid on no field, where a captcha stands in the way", async () => {
      for (const captcha of ['alone', 'first', 'last'] as const)
        for (const release of ['4.4.3', 'later'] as const)
          for (const upload of [true, false])
            await onShop({ captcha, release, upload }, async () => {
              const { code, retryable, fields, said } = await send();
              const told = [code, retryable, fields, said, shop.threads];
              assert.deepEqual(told, ['invalid-fields', false, undefined, shop.words.captcha, []], `${captcha}, ${release}, ${upload}`);
              const both = await send({ draft: { requester: { name: '', email: 'zoe@localhost' } } });
              if (captcha !== 'alone') assert.deepEqual(fieldsOf(both), [['requester.email', 'invalid']]);
            });
    });

    it('is understood where a release names the first error only', () =>
      onShop({ release: 'later' }, async () => {
        const refused = await send({ draft: { requester: { name: '', email: 'zoe@localhost' } } });
        assert.deepEqual(fieldsOf(refused), [['requester.email', 'invalid']]);
        shop.mail = 'failing';
        assert.equal((await send()).code, 'internal');
        assert.equal(textsOf().length, 1, 'none of the questions is stored');
        const questions = posts()
          .slice(-4)
          .map(({ body: { texts } }) => ['from', 'message', 'id_contact', 'url'].map((name) => texts.get(name)));
        assert.deepEqual(questions, [
          ['', 'script:', '0', ''],
          ['zoe@example.test', 'script:', '0', ''],
          ['zoe@example.test', textsOf()[0], '0', ''],
          // a shop that takes the file takes this for a robot's
          ['zoe@example.test', textsOf()[0], '2', '-'],
        ]);
      }));

    it('may be the form again without a word, where PHP has read nothing', () =>
      onShop({ postMaxSize: 500_000 }, async () => {
        const refused = await send({ files: [{ name: 'b.zip', type: 'application/zip', bytes: 600_000 }] });
        assert.deepEqual([refused.code, shop.threads], ['too-large', []]);
      }));

    const STRANGERS: [ShopFault, string][] = [
      ['html-answer', 'not-a-receipt'],
      ['empty-answer', 'not-a-receipt'],
      ['no-content', 'not-a-receipt'],
      ['status-500', 'internal'],
      ['maintenance', 'unavailable'],
      // a firewall in front of the shop lets nothing through: no doubt is left, and the same would not pass later
      ['forbidden', 'invalid-request'],
    ];
    for (const [fault, code] of STRANGERS) {
      it(`is no receipt: ${fault}`, () =>
        onShop({}, async () => {
          shop.fault = fault;
          const outcome = await send();
          assert.deepEqual([outcome.code, outcome.retryable], [code, fault !== 'forbidden']);
          assert.deepEqual([posts().length, shop.threads], [1, []]);
        }));
    }

    for (const markup of ['classic', 'hummingbird'] as const) {
      it(`is no receipt where it was cut short of the fields that would have shown a refusal: ${markup}`, () =>
        onShop({ markup, mail: 'failing' }, async () => {
          let html = '';
          await page.route('**/contact-us', async (route) => {
            if (route.request().method() === 'GET') return route.continue();
            html ||= await (await route.fetch()).text();
            const cut = html.slice(0, at);
            await route.fulfill({ contentType: 'text/html; charset=utf-8', body: cut });
          });
          let at = 0;
          const outcomes: [number, string | undefined][] = [];
          do {
            at += 150;
            outcomes.push([at, (await send()).code]);
          } while (!html.slice(0, at).includes('name="submitMessage"'));
          assert.ok(outcomes.length >= 5, `${outcomes.length} answers`);
          assert.deepEqual(
            outcomes.filter(([, code]) => code === undefined),
            [],
          );
        }));
    }

    it('may lead to a page to sign in, before sending and after', () =>
      onShop({ markup: 'fallback' }, async () => {
        await page.route('**/contact-us', async (route) => {
          if (route.request().method() === 'POST') shop.fault = 'login-wall';
          await route.continue();
        });
        assert.equal((await send()).code, 'not-a-receipt');
        assert.equal(((await page.evaluate(() => inPage.prepare())) as Outcome).code, 'not-a-receipt');
        // nothing was sent this time, and no doubt is left
        assert.deepEqual([(await send()).code, posts().length], ['load-failed', 1]);
      }));

    it('may be lost, and nothing is sent again', () =>
      onShop({}, async () => {
        shop.fault = 'drop-answer';
        const lost = await send();
        assert.deepEqual([lost.code, lost.retryable], ['network', true]);
        assert.deepEqual([posts().length, textsOf().length], [1, 1]);
      }));

    it('may be lost with its connection, and what Chromium sends again by itself is kept once', () =>
      onShop({}, async () => {
        shop.fault = 'reset';
        assert.equal((await send()).code, 'network');
        assert.equal(textsOf().length, 1);
      }));

    it('is not waited for once nobody wants it', () =>
      onShop({}, async () => {
        shop.fault = 'stall';
        assert.equal((await send({ abortAfter: 300 })).code, 'aborted');
        assert.equal(posts().length, 1);
      }));

    it('leaves no doubt where there is no network to send with', () =>
      onShop({}, async () => {
        await page.context().setOffline(true);
        const { code, retryable } = await send();
        await page.context().setOffline(false);
        assert.deepEqual([code, retryable, posts()], ['load-failed', true, []]);
      }));
  });

  describe('consent', () => {
    const extra = { psgdpr_consent_checkbox: 'true' };
    it('is sent with the message and logged for a customer', () =>
      onShop({ gdpr: true }, async () => {
        await signIn();
        const logged = page.waitForResponse(/psgdpr/);
        assert.deepEqual(await send({ draft: { extra } }), TAKEN);
        await logged;
        assert.equal(posts()[0]?.body.texts.get('psgdpr_consent_checkbox'), '1');
        const [log] = shop.seen.filter(({ path: at }) => at.startsWith('/module/psgdpr'));
        assert.deepEqual(Object.fromEntries(log?.body.texts ?? []), {
          ajax: 'true',
          action: 'AddLog',
          id_customer: '2',
          customer_token: consentToken('customer', 2),
          id_guest: '0',
          guest_token: consentToken('guest', 0),
          id_module: '25',
        });
        assert.deepEqual(shop.consents, [{ idCustomer: 2 }]);
      }));

    it('of a guest is sent all the same, and not logged by the shop', () =>
      onShop({ gdpr: true }, async () => {
        const logged = page.waitForResponse(/psgdpr/);
        assert.deepEqual(await send({ draft: { extra } }), TAKEN);
        assert.equal((await logged).status(), 200);
        assert.deepEqual([posts().length, shop.consents], [1, []]);
      }));

    it('is logged on this origin, though the shop names itself by another host', () =>
      onShop({ gdpr: true }, async () => {
        await signIn();
        await page.route('**/contact-us', async (route) => {
          const response = await route.fetch();
          const html = await response.text();
          const body = html.replace(/(psgdpr_front_controller = "https?:\/\/)[^/"]+/, '$1www.shop.example');
          assert.ok(route.request().method() === 'POST' || body !== html);
          await route.fulfill({ response, body });
        });
        const logged = page.waitForResponse(/psgdpr/);
        assert.deepEqual(await send({ draft: { extra } }), TAKEN);
        await logged;
        assert.deepEqual(shop.consents, [{ idCustomer: 2 }]);
      }));

    it('does not keep a message back when it cannot be logged', () =>
      onShop({ gdpr: true }, async () => {
        await page.route('**/module/psgdpr/**', (route) => route.abort());
        assert.deepEqual(await send({ draft: { extra } }), TAKEN);
        assert.equal(textsOf().length, 1);
      }));

    it('is neither asked for nor logged where the shop does not ask', () =>
      onShop({}, async () => {
        assert.equal((await prepared()).fields, undefined);
        assert.deepEqual(await send({ draft: { extra } }), TAKEN);
        assert.ok(!shop.seen.some(({ path: at }) => at.startsWith('/module/')));
      }));
  });

  it('keeps what the contract promises, as far as its abilities go', async (t) => {
    const contacts = [2, 1].map((id) => ({ id, name: `Contact ${id}`, saves: true }));
    await onShop({ contacts }, async () => {
      const messages = () =>
        shop.threads.flatMap(({ email, idContact, messages: kept }) =>
          kept.map(({ message, fileName, bytes }) => ({
            message,
            email,
            contactId: `${idContact}`,
            files: fileName ? [{ name: fileName, bytes }] : [],
          })),
        );
      await page.exposeFunction('backendCount', () => messages().length);
      await page.exposeFunction('backendStored', (marker: string) => messages().filter(({ message }) => message.includes(marker)));
      await page.exposeFunction('backendFault', (fault: ShopFault | null) => void (shop.fault = fault));
      const faults: ConformanceFault[] = ['status-500', 'drop-answer', 'stall', 'html-answer', 'empty-answer', 'no-content'];
      const names = await page.evaluate((given) => inPage.conformance(given), faults);
      assert.ok(names.length > 15, `${names.length} cases`);
      for (const name of names) await t.test(name, () => page.evaluate((one) => inPage.runCase(one), name));
    });
  });
});
