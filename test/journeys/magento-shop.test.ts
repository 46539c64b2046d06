import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium, listenForNoise, openPage } from '../support/chromium.ts';
import { keptEntries } from '../support/kept-entries.ts';
import { FOREIGN_FORM_KEY, startMagento, type MagentoSettings, type MagentoShop } from '../support/stand-ins/magento/magento-shop.ts';
import { FRENCH } from '../support/stand-ins/magento/texts.ts';

const EMBED = fileURLToPath(new URL('../../packages/embed/dist/embed/', import.meta.url));
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; require-trusted-types-for 'script'; trusted-types lit-html";
const MESSAGE = 'The handle came off on the second day.';

/** A cached page of the theme, with the form key of whoever it was made for. */
const pageWith = (tag: string) => ({
  html: `<!doctype html><html lang="en"><head><title>Mug</title><script type="module" src="/embed/embed.js"></script></head>
    <body><h1>Mug</h1><form><input type="hidden" name="form_key" value="${FOREIGN_FORM_KEY}"></form>${tag}</body></html>`,
  headers: { 'content-security-policy': POLICY },
});
const LINK = '<a href="mailto:help@shop.example">Write to us</a>';

describe('a customer of a Magento shop writes by its own contact form', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  async function onShop(settings: Partial<MagentoSettings>, work: (shop: MagentoShop) => Promise<void>): Promise<void> {
    const shop = await startMagento(settings);
    shop.folders['/embed/'] = EMBED;
    shop.pages['/mug'] = pageWith(`<support-form adapter="magento">${LINK}</support-form>`);
    shop.pages['/graphql-mug'] = pageWith(`<support-form adapter="magento-graphql" desk="de">${LINK}</support-form>`);
    try {
      await work(shop);
      assert.deepEqual(shop.violations, [], 'undocumented requests');
    } finally {
      await Promise.all(browser.contexts().map((context) => context.close()));
      await shop.close();
    }
  }

  async function visit(shop: MagentoShop, path = '/mug'): Promise<{ page: Page; form: Locator; noise: string[] }> {
    const page = await openPage(browser);
    const noise = listenForNoise(page);
    await page.goto(shop.url + path);
    return { page, noise, form: page.locator('support-form') };
  }

  async function write(form: Locator, message = MESSAGE): Promise<void> {
    await form.getByRole('textbox', { name: /your name/i }).fill('Zoë');
    await form.getByRole('textbox', { name: /e-?mail/i }).fill('zoe@example.com');
    await form.getByRole('textbox', { name: /order/i }).fill('000000123');
    await form.getByRole('textbox', { name: /subject/i }).fill('Mug');
    await form.getByRole('textbox', { name: /message/i }).fill(message);
  }

  const sendNow = (form: Locator) => form.getByRole('button', { name: 'Send message' }).click();
  const receipt = (form: Locator) => form.getByText('We have your message').waitFor();
  const posts = (shop: MagentoShop) => shop.seen.filter((line) => line.startsWith('POST')).length;

  it('asks for what can reach the shop, sends it once, and leaves the theme nothing to say', () =>
    onShop({ texts: FRENCH }, async (shop) => {
      const { page, form, noise } = await visit(shop);
      await write(form);
      assert.equal(await form.getByRole('radio').count(), 0);
      assert.equal(await form.locator('input[type=file]').count(), 0);
      assert.equal(await form.getByRole('checkbox').count(), 0);
      await form.getByRole('link', { name: 'Write to us' }).first().waitFor();
      await sendNow(form);
      await receipt(form);
      await form.getByText('The shop gives no ticket number here.').waitFor();
      await form.getByText('The answer comes to zoe@example.com.').waitFor();
      assert.deepEqual(
        shop.mails.map(({ name, comment }) => [name, comment]),
        [['Zoë', `Mug\n# 000000123\n\n${MESSAGE}`]],
      );
      const cookies = await page.context().cookies();
      assert.ok(!cookies.some(({ name }) => name === 'mage-messages'));
      assert.deepEqual(noise, []);
    }));

  it('tells what the shop says, keeps what was written, and sends it when asked again', () =>
    onShop({ texts: FRENCH, mailFails: true }, async (shop) => {
      const { form } = await visit(shop);
      await write(form);
      await sendNow(form);
      await form.getByText(FRENCH.failure).waitFor();
      assert.equal(await form.getByText('it could arrive twice').count(), 0);
      shop.settings.mailFails = false;
      await sendNow(form);
      await receipt(form);
      assert.deepEqual([posts(shop), shop.mails.length], [2, 1]);
    }));

  it('tells of a lost answer, and sends nothing again by itself', () =>
    onShop({}, async (shop) => {
      const { page, form } = await visit(shop);
      await write(form);
      shop.fault = 'drop-answer';
      await sendNow(form);
      await form.getByText('If you send again, it could arrive twice.').waitFor();
      shop.fault = undefined;
      await page.reload();
      await form.getByText('If you send again, it could arrive twice.').waitFor();
      assert.equal(posts(shop), 1, 'sent again by itself');
    }));

  it('asks reCAPTCHA by the tag, and sends by GraphQL to the store that the tag names', () =>
    onShop({ recaptcha: 'a-person', graphql: 'protected' }, async (shop) => {
      const { page, form } = await visit(shop, '/graphql-mug');
      await write(form);
      await page.evaluate(() => {
        Object.assign(document.querySelector('support-form')!, { captcha: () => Promise.resolve('a-person') });
      });
      await sendNow(form);
      await receipt(form);
      assert.deepEqual(
        shop.mails.map(({ via, store }) => [via, store]),
        [['graphql', 'de']],
      );
    }));

  it('fills in the name of whoever is signed in, and not of whoever was before', () =>
    onShop({}, async (shop) => {
      const { page, form } = await visit(shop);
      const name = form.getByRole('textbox', { name: /your name/i });
      await page.evaluate(() => localStorage.setItem('mage-cache-storage', '{"customer":{"fullname":"Zoë Ångström","firstname":"Zoë"}}'));
      // signing out removes the cookie, and leaves to the theme's script what is in the storage
      for (const [signedIn, filled] of [
        ['mage-cache-sessid=true', 'Zoë Ångström'],
        ['mage-cache-sessid=; Max-Age=0', ''],
      ] as const) {
        await page.evaluate((cookie) => (document.cookie = `${cookie}; Path=/`), signedIn);
        await page.reload();
        await name.waitFor();
        assert.equal(await name.inputValue(), filled);
      }
    }));

  it('is shown no draft of whoever was here before, however late the shop says who is here now', () =>
    onShop({}, async (shop) => {
      shop.pages['/mine'] = pageWith(`<support-form adapter="magento" identity-url="/who.json">${LINK}</support-form>`);
      const { page, form } = await visit(shop, '/mug');
      const comesAs = async (email: string) => {
        let tell = () => {};
        const asked = new Promise<void>((resolve) => (tell = resolve));
        await page.unrouteAll();
        await page.route('**/who.json', async (route) => {
          await asked;
          await route.fulfill({ json: { token: null, name: email.slice(0, 3), email, orders: ['000000042'] } });
        });
        await page.goto(`${shop.url}/mine`);
        return tell;
      };
      const field = (name: RegExp) => form.getByRole('textbox', { name });
      const told = () => page.waitForFunction(() => document.querySelector('support-form')?.hasAttribute('email'));

      (await comesAs('ann@shop.example'))();
      await told();
      await field(/message/i).fill('Between Ann and the shop.');
      while (!(await keptEntries(page)).some(({ values }) => values['message']))
        await page.evaluate(() => new Promise(requestAnimationFrame));
      const tell = await comesAs('bob@shop.example');
      await form.locator('[part=restored]').waitFor();
      tell();
      await told();
      assert.deepEqual([await field(/e-?mail/i).inputValue(), await field(/message/i).inputValue()], ['bob@shop.example', '']);
      assert.ok(!(await form.innerText()).includes('Ann'));

      (await comesAs('ann@shop.example'))();
      await form.locator('[part=restored]').waitFor();
      assert.equal(await field(/message/i).inputValue(), 'Between Ann and the shop.');
    }));

  it('keeps a written order where the shop names the orders only then', () =>
    onShop({}, async (shop) => {
      shop.pages['/mine'] = pageWith(`<support-form adapter="magento" identity-url="/who.json">${LINK}</support-form>`);
      const { page, form } = await visit(shop, '/mug');
      let tell = () => {};
      const asked = new Promise<void>((resolve) => (tell = resolve));
      await page.route('**/who.json', async (route) => {
        await asked;
        await route.fulfill({ json: { token: null, name: 'Ann', email: 'ann@shop.example', orders: ['000000042'] } });
      });
      await page.goto(`${shop.url}/mine`);
      const order = form.getByRole('textbox', { name: /order/i });
      await order.fill('000000007');
      tell();
      await page.waitForFunction(() => document.querySelector('support-form')?.hasAttribute('email'));
      assert.equal(await order.inputValue(), '000000007');
    }));

  it('writes from a page whose base and names get in the way', () =>
    onShop({}, async (shop) => {
      const { html, headers } = pageWith(`<form name="cookie"></form><img name="title" src="/none.png" alt="">
        <support-form adapter="magento"><svg><a href="/faq"><text>?</text></a></svg>${LINK}</support-form>`);
      shop.pages['/odd'] = { html: html.replace('</head>', '<base href="https://pictures.example/"></head>'), headers };
      const { form } = await visit(shop, '/odd');
      await write(form);
      await sendNow(form);
      await receipt(form);
      assert.equal(shop.mails.length, 1);
    }));
});
