import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium, openPage } from '../support/chromium.ts';
import { fileIsKept } from '../support/kept-entries.ts';
import { startPrestashop, type PrestashopShop } from '../support/stand-ins/prestashop/prestashop-shop.ts';
import type { ShopOptions } from '../support/stand-ins/prestashop/shop-options.ts';

const EMBED = fileURLToPath(new URL('../../packages/embed/dist/embed/', import.meta.url));
const CUSTOMER = { email: 'pub@prestashop.com', password: 'Shopper-2026!' };
const MESSAGE = 'The handle came off on the second day.';
const DAYS = 86_400;

/** A page of the theme: the tag, and the form token of whoever it was made for. */
const PRODUCT_PAGE = `<!doctype html><html lang="en"><head><title>Mug</title>
<script type="module" src="/embed/embed.js"></script></head>
<body><h1>Mug</h1><form><input type="hidden" name="token" value="ffffffffffffffffffffffffffffffff"></form>
<support-form adapter="prestashop" endpoint="/contact-us"><a href="mailto:help@shop.example">Write to us</a></support-form></body></html>`;

describe('a customer of a PrestaShop writes by its own contact form', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  async function onShop(options: Partial<ShopOptions>, work: (shop: PrestashopShop) => Promise<void>): Promise<void> {
    const shop = await startPrestashop(options, { pages: { '/mug': { html: PRODUCT_PAGE } }, files: { '/embed/': EMBED } });
    try {
      await work(shop);
      assert.deepEqual(shop.violations, [], 'undocumented requests');
    } finally {
      await Promise.all(browser.contexts().map((context) => context.close()));
      await shop.close();
    }
  }

  /** Another customer, with the form in front of them. */
  async function visit(shop: PrestashopShop, { signedIn = false } = {}): Promise<{ page: Page; form: Locator }> {
    const page = await openPage(browser);
    if (signedIn) await page.context().request.post(`${shop.url}/login?back=my-account`, { form: CUSTOMER, maxRedirects: 0 });
    await page.goto(`${shop.url}/mug`);
    return { page, form: page.locator('support-form') };
  }

  async function write(form: Locator, { email = 'zoe@example.test', message = MESSAGE, contact = 'Customer service' } = {}): Promise<void> {
    await form.getByRole('textbox', { name: /e-?mail/i }).fill(email);
    await form.getByRole('textbox', { name: /message/i }).fill(message);
    await form.getByRole('combobox', { name: /who/i }).selectOption({ label: contact });
  }

  const sendNow = (form: Locator) => form.getByRole('button', { name: 'Send message' }).click();
  const receipt = (form: Locator) => form.getByText('We have your message').waitFor();
  const posts = (shop: PrestashopShop) => shop.seen.filter(({ method }) => method === 'POST').length;
  const textsOf = (shop: PrestashopShop) => shop.threads.flatMap(({ messages }) => messages.map(({ message }) => message));

  it('asks for what the shop has a place for, and for nothing else', () =>
    onShop({ gdpr: true }, async (shop) => {
      const { page, form } = await visit(shop, { signedIn: true });
      await form.getByRole('textbox', { name: /e-?mail/i }).fill(CUSTOMER.email);
      await form.getByRole('combobox', { name: /order/i }).selectOption('UOYEVOLI');
      assert.deepEqual(await Promise.all([/your name/i, /subject/i].map((name) => form.getByRole('textbox', { name }).count())), [0, 0]);
      await write(form, { email: CUSTOMER.email });
      await sendNow(form);
      await form.getByRole('link', { name: /privacy policy/ }).waitFor();
      assert.equal(posts(shop), 0, 'nothing is sent without consent');
      await form.getByRole('checkbox', { name: /privacy policy/ }).check();
      const logged = page.waitForResponse(/psgdpr/);
      await sendNow(form);
      await receipt(form);
      await logged;
      await form.getByText('The shop gives no ticket number here.').waitFor();
      assert.deepEqual(
        shop.threads.map(({ email, idOrder, idCustomer }) => [email, idOrder, idCustomer]),
        [[CUSTOMER.email, 3, 2]],
      );
      assert.deepEqual(shop.consents, [{ idCustomer: 2 }]);
    }));

  it('sends after the form stood open for 11 minutes', () =>
    onShop({}, async (shop) => {
      const { form } = await visit(shop);
      await write(form);
      shop.advance(660);
      await sendNow(form);
      await receipt(form);
      assert.deepEqual([posts(shop), textsOf(shop).length], [1, 1]);
    }));

  it('sends from pages that were frozen 30 days ago and are shared by two customers', () =>
    onShop({}, async (shop) => {
      shop.freezeContactPage();
      shop.advance(30 * DAYS);
      for (const email of ['zoe@example.test', 'bo@example.test']) {
        const { form } = await visit(shop);
        await write(form, { email });
        await sendNow(form);
        await receipt(form);
      }
      assert.deepEqual(
        shop.threads.map(({ email, messages }) => [email, messages.length]),
        [
          ['zoe@example.test', 1],
          ['bo@example.test', 1],
        ],
      );
    }));

  it('tells of a lost answer, sends nothing again by itself, and doubles nothing when told to', () =>
    onShop({}, async (shop) => {
      const { page, form } = await visit(shop);
      await write(form);
      shop.fault = 'drop-answer';
      await sendNow(form);
      await form.getByText('Your message is not confirmed yet').waitFor();
      await form.getByText('If you send again, it could arrive twice.').waitFor();
      shop.fault = null;
      await page.reload();
      await form.getByText('If you send again, it could arrive twice.').waitFor();
      assert.equal(posts(shop), 1, 'sent again by itself');
      await form.getByRole('button', { name: 'Send again anyway' }).click();
      await form.getByText('Sent. The shop gives no ticket number.').waitFor();
      assert.deepEqual([posts(shop), textsOf(shop).length], [2, 1]);
    }));

  it('refuses a file of 12 MB at once, and sends a smaller one', () =>
    onShop({}, async (shop) => {
      const { form } = await visit(shop);
      await write(form);
      const picker = form.locator('input[type=file]').first();
      await picker.setInputFiles({ name: 'film.zip', mimeType: 'application/zip', buffer: Buffer.alloc(12_000_000) });
      await form
        .getByText(/2\s?MB/)
        .first()
        .waitFor();
      assert.equal(posts(shop), 0);
      await form
        .getByRole('button', { name: /remove/i })
        .first()
        .click();
      await picker.setInputFiles({ name: 'handle.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') });
      await sendNow(form);
      await receipt(form);
      assert.deepEqual(
        shop.threads[0]?.messages.map(({ fileName, bytes }) => [fileName.slice(-4), bytes]),
        [['.pdf', 9]],
      );
    }));

  it('sends a file again after a reload, though the page held it before', () =>
    onShop({}, async (shop) => {
      const { page, form } = await visit(shop);
      await write(form);
      await form
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name: 'handle.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') });
      await form.getByText('handle.pdf').first().waitFor();
      await fileIsKept(page);
      shop.fault = 'maintenance';
      await sendNow(form);
      await form.getByText('The shop cannot take messages at this moment.').waitFor();
      shop.fault = null;
      await page.reload();
      await form.getByRole('button', { name: 'Send again anyway' }).click();
      await form.getByText('Sent. The shop gives no ticket number.').waitFor();
      assert.equal(shop.threads[0]?.messages[0]?.bytes, 9);
    }));

  it('gets a receipt from a contact that stores nothing', () =>
    onShop({}, async (shop) => {
      const { form } = await visit(shop);
      await write(form, { contact: 'Webmaster' });
      await sendNow(form);
      await receipt(form);
      assert.deepEqual([posts(shop), shop.threads], [1, []]);
    }));

  it('is told which words the shop refuses, before anything is sent', () =>
    onShop({}, async (shop) => {
      const { form } = await visit(shop);
      await write(form, { message: 'Your page says onclick=undefined to me.' });
      await sendNow(form);
      await form
        .getByText(/the shop refuses “onclick=”/)
        .first()
        .waitFor();
      assert.equal(posts(shop), 0);
      await form.getByRole('textbox', { name: /message/i }).fill('Your page says on click=undefined to me.');
      await sendNow(form);
      await receipt(form);
      assert.equal(textsOf(shop).length, 1);
    }));

  it('hears what the shop said where it failed after storing', () =>
    onShop({ mail: 'failing' }, async (shop) => {
      const { form } = await visit(shop);
      await write(form);
      await sendNow(form);
      await form.getByText(shop.words.failed).waitFor();
      await form.getByText('If you send again, it could arrive twice.').waitFor();
      assert.equal(textsOf(shop).length, 1);
    }));

  it('goes on in the thread that a mailed answer links to', () =>
    onShop({}, async (shop) => {
      const first = await visit(shop);
      await write(first.form);
      await sendNow(first.form);
      await receipt(first.form);
      const [{ id, token } = { id: 0, token: '' }] = shop.threads;
      // the second one is of a shop without rewritten addresses
      for (const [contact, query] of [
        ['/contact-us', ''],
        ['/index.php?controller=contact', 'controller=contact&'],
      ]) {
        const page = await openPage(browser);
        shop.pages.set('/linked', {
          html: PRODUCT_PAGE.replace(' endpoint="/contact-us"', '')
            .replace('<script', `<script>var prestashop = { urls: { pages: { contact: "${contact}" } } }</script><script`)
            .replace('<a href', '<form><input name="from" value="zoe@example.test"></form><a href'),
        });
        await page.goto(`${shop.url}/linked?${query}id_customer_thread=${id}&token=${token}`);
        const form = page.locator('support-form');
        const email = form.getByRole('textbox', { name: /e-?mail/i });
        await email.waitFor();
        assert.equal(await email.inputValue(), 'zoe@example.test');
        await form.getByRole('textbox', { name: /message/i }).fill('It has come off again.');
        // the shop names the one contact of the thread
        await page.waitForFunction(
          () => (document.querySelector('support-form') as unknown as { desk: { contacts: unknown[] } }).desk.contacts.length === 1,
        );
        await sendNow(form);
        await receipt(form);
        await page.context().close();
      }
      assert.equal(shop.threads.length, 1);
      assert.equal(shop.threads[0]?.messages.length, 3);
      assert.equal(shop.seen.filter(({ method, path }) => method === 'POST' && path.includes(`id_customer_thread=${id}`)).length, 2);
    }));
});
