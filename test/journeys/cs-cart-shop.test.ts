import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium, listenForNoise, openPage } from '../support/chromium.ts';
import { png } from '../support/form-page.ts';
import { FOREIGN_HASH, startCsCart, type CsCartSettings, type CsCartShop } from '../support/stand-ins/cs-cart/cs-cart-shop.ts';

const EMBED = fileURLToPath(new URL('../../packages/embed/dist/embed/', import.meta.url));
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; require-trusted-types-for 'script'; trusted-types lit-html";
const MESSAGE = 'The handle came off on the second day.';

/** A cached page of the theme, with the token of whoever it was made for. */
const pageWith = (desk: string) => ({
  html: `<!doctype html><html lang="en"><head><title>Mug</title><script type="module" src="/embed/embed.js"></script></head>
    <body><h1>Mug</h1><form><input type="hidden" name="security_hash" value="${FOREIGN_HASH}"></form>
    <support-form adapter="cs-cart" desk="${desk}"><a href="tel:+33199001234">Call us</a></support-form></body></html>`,
  headers: { 'content-security-policy': POLICY },
});

describe('a customer of a CS-Cart shop writes by its own forms', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  async function onShop(settings: Partial<CsCartSettings>, work: (shop: CsCartShop) => Promise<void>): Promise<void> {
    const shop = await startCsCart(settings);
    shop.folders['/embed/'] = EMBED;
    shop.pages['/mug'] = pageWith('12');
    shop.pages['/call'] = pageWith('call-requests');
    shop.pages['/wrong'] = pageWith('13');
    try {
      await work(shop);
      assert.deepEqual(shop.violations, [], 'undocumented requests');
    } finally {
      await Promise.all(browser.contexts().map((context) => context.close()));
      await shop.close();
    }
  }

  async function visit(shop: CsCartShop, path = '/mug'): Promise<{ page: Page; form: Locator; noise: string[] }> {
    const page = await openPage(browser);
    const noise = listenForNoise(page);
    await page.goto(shop.url + path);
    return { page, noise, form: page.locator('support-form') };
  }

  async function write(form: Locator): Promise<void> {
    await form.getByRole('textbox', { name: /your name/i }).fill('Zoë');
    await form.getByRole('textbox', { name: /e-?mail/i }).fill('zoe@example.com');
    await form.getByRole('textbox', { name: /subject/i }).fill('Mug');
    await form.getByRole('textbox', { name: /message/i }).fill(MESSAGE);
  }

  const sendNow = (form: Locator) => form.getByRole('button', { name: 'Send message' }).click();
  const receipt = (form: Locator) => form.getByText('We have your message').waitFor();
  const posts = (shop: CsCartShop) => shop.seen.filter((line) => line.startsWith('POST')).length;

  it('asks what the form page asks, in its own words, and sends files by its elements', () =>
    onShop({}, async (shop) => {
      const { form, noise } = await visit(shop);
      assert.deepEqual(shop.seen, [], 'asked before anybody has come');
      await write(form);
      await sendNow(form);
      await form.getByText('Department: please fill this in.').first().waitFor();
      assert.equal(posts(shop), 0);
      await form.getByRole('combobox', { name: /Department/ }).selectOption({ label: 'Repairs' });
      await form.getByRole('combobox', { name: /Bought/ }).selectOption({ label: 'Here' });
      await form.getByRole('checkbox', { name: /Call me back/ }).check();
      await form.getByRole('textbox', { name: /Serial number/ }).fill('SN-7');
      await form.locator('input[type=file][multiple]').setInputFiles([png('mug.png', 'mug')]);
      await sendNow(form);
      await receipt(form);
      const [mail] = shop.mails;
      assert.deepEqual(mail?.values, {
        ...{ 31: ['zoe@example.com'], 32: ['Zoë'], 33: ['Mug'], 34: [MESSAGE], 35: ['351'], 36: ['SN-7'] },
        ...{ 37: ['Y'], 38: [''], 39: ['390'], 40: [] },
      });
      assert.deepEqual(
        mail?.files.map(({ name }) => name),
        ['mug.png'],
      );
      assert.deepEqual(noise, []);
    }));

  it('sends with the token of now, however long the form stood open', () =>
    onShop({}, async (shop) => {
      const { form } = await visit(shop);
      await write(form);
      await form.getByRole('combobox', { name: /Department/ }).selectOption({ label: 'Sales' });
      shop.endSessions();
      await sendNow(form);
      await receipt(form);
      assert.deepEqual([posts(shop), shop.mails.length], [1, 1]);
    }));

  it('tells of a lost answer, and sends nothing again by itself', () =>
    onShop({}, async (shop) => {
      const { page, form } = await visit(shop);
      await write(form);
      await form.getByRole('combobox', { name: /Department/ }).selectOption({ label: 'Sales' });
      shop.fault = 'drop-answer';
      await sendNow(form);
      await form.getByText('If you send again, it could arrive twice.').waitFor();
      shop.fault = undefined;
      await page.reload();
      await form.getByText('If you send again, it could arrive twice.').waitFor();
      assert.equal(posts(shop), 1, 'sent again by itself');
    }));

  it('tells what the shop says of its check against robots, and asks that by the tag', () =>
    onShop({ captcha: { field: 'g-recaptcha-response', answer: 'a-person' } }, async (shop) => {
      const { page, form } = await visit(shop);
      await write(form);
      await form.getByRole('combobox', { name: /Department/ }).selectOption({ label: 'Sales' });
      await sendNow(form);
      await form.getByText(shop.settings.texts.captcha).waitFor();
      assert.equal(await form.getByText('it could arrive twice').count(), 0);
      await page.close();
      const second = await visit(shop);
      await write(second.form);
      await second.page.evaluate(() => {
        const captcha = () => Promise.resolve({ 'g-recaptcha-response': 'a-person' });
        Object.assign(document.querySelector('support-form')!, { captcha });
      });
      await second.form.getByRole('combobox', { name: /Department/ }).selectOption({ label: 'Sales' });
      await sendNow(second.form);
      await receipt(second.form);
    }));

  it('asks for a name and a number alone where it asks to be called', () =>
    onShop({}, async (shop) => {
      const { form, noise } = await visit(shop, '/call');
      await form.getByRole('textbox', { name: /your name/i }).fill('Zoë');
      await form.getByRole('textbox', { name: 'Your phone' }).fill('+33 1 99 00 12 34');
      assert.equal(await form.getByRole('textbox', { name: /message|subject|mail|order/i }).count(), 0);
      await sendNow(form);
      await receipt(form);
      assert.equal(await form.getByText('The answer comes to').count(), 0);
      assert.deepEqual(shop.callRequests, [{ name: 'Zoë', phone: '+33 1 99 00 12 34', timeFrom: '', timeTo: '' }]);
      assert.deepEqual(noise, []);
    }));

  it('shows another way where the tag names no form page, before anything is written in vain', () =>
    onShop({}, async (shop) => {
      const { form } = await visit(shop, '/wrong');
      await form.getByRole('textbox').first().focus();
      await form.getByText('This form is not connected to a shop.').first().waitFor();
      await form.getByRole('link', { name: 'Call us' }).first().waitFor();
      assert.deepEqual([posts(shop), shop.mails.length], [0, 0]);
    }));
});
