import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Desk } from '@storefront-support/contract';
import type { Page } from 'playwright-core';
import { listenForNoise } from '../support/chromium.ts';
import { FormPage, textFile } from '../support/form-page.ts';
import { ShopRoom } from '../support/shop-room.ts';

describe('a page that stands in the way', () => {
  let room: ShopRoom;
  let tag: string;
  let script: string;
  let pages = 0;

  before(async () => {
    room = await ShopRoom.open();
    ({ script } = room);
    tag = room.tag({ content: '<a href="mailto:hello@shop.example">Write to us</a>' });
  });
  after(() => room?.close());

  async function open(body: string, { head = '', lang = 'en', change = (desk: Desk): object => desk } = {}) {
    const address = room.addPage(`/${pages++}`, { body, head, lang });
    const page = await room.browser.newPage();
    const noise = listenForNoise(page);
    await page.route('**/v1/desks/demo', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: change((await response.json()) as Desk) });
    });
    await page.goto(address);
    return { page, noise, form: new FormPage(page) };
  }

  async function sendWithFile(form: FormPage, subject: string): Promise<void> {
    await form.fill({ subject });
    await form.addFiles([textFile('a.txt', subject)]);
    await form.send();
    await form.number();
  }

  const shown = (page: Page) =>
    page.evaluate(() => document.querySelector('support-form')?.shadowRoot?.querySelector<HTMLElement>('[part=base]')?.innerText ?? '');

  it('cannot change what is sent through the toJSON of an old library', async () => {
    const head = '<script>Array.prototype.toJSON = function () { return Object.toJSON ? "" : String(this); };</script>';
    const { page, noise, form } = await open(script + tag, { head });
    await sendWithFile(form, 'Old library');
    assert.deepEqual(noise, []);
    await page.close();
  });

  for (const rule of [
    'body * { all: unset !important; display: none !important }',
    'body > * { display: none }',
    'support-form { display: none }',
    'body * { visibility: hidden !important; opacity: 0 !important; pointer-events: none !important }',
  ]) {
    it(`cannot hide the form by "${rule}"`, async () => {
      const { page, form } = await open(script + tag, { head: `<style>${rule}</style>` });
      await form.fill({ subject: 'Seen' });
      await page.close();
    });
  }

  it('may hide the form with the attribute made for it, and loads nothing then', async () => {
    const { page } = await open(script + tag.replace(' desk=', ' hidden desk='));
    await page.waitForLoadState('networkidle');
    assert.equal(await page.locator('support-form').isVisible(), false);
    assert.equal(await page.evaluate(() => document.querySelector('support-form')!.shadowRoot), null);
    await page.close();
  });

  it('may keep the form in a form of its own, which is neither sent nor filled by it', async () => {
    const { page, form } = await open(`${script}<form id="theirs" action="/theirs"><input name="q"><button>Search</button>${tag}</form>`);
    await form.fill({ subject: 'Inside' });
    await form.field(/^Subject/).press('Enter');
    await form.number();
    assert.deepEqual(await page.evaluate(() => [...new FormData(document.querySelector<HTMLFormElement>('#theirs')!)]), [['q', '']]);
    assert.ok(!page.url().includes('theirs'));
    await page.close();
  });

  for (const [lang, tagOfForm, send] of [
    ['fr_FR', 'fr-FR', 'Envoyer'],
    ['en-', 'en-US', 'Send message'],
    ['en-GB (UK)', 'en-US', 'Send message'],
  ] as const) {
    it(`may call its language "${lang}"`, async () => {
      const { page, noise } = await open(script + tag, { lang });
      const button = page.getByRole('button', { name: send });
      await button.click();
      await page.getByRole('alert').waitFor();
      assert.equal(await page.locator('support-form [part=base]').first().getAttribute('lang'), tagOfForm);
      assert.deepEqual(noise, []);
      await page.close();
    });
  }

  it('gets no link to a script from a desk', async () => {
    const hrefs = ['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', 'https://shop.example/', 'tel:+331'];
    const change = (desk: Desk) => ({ ...desk, otherWays: hrefs.map((href) => ({ kind: 'link', label: href, href })) });
    const { page, form } = await open(script + tag, { change });
    await form.field(/^Subject/).waitFor();
    const links = await page.locator('support-form [part=other-ways] a').evaluateAll((found) => found.map((link) => link.textContent));
    assert.deepEqual(links, hrefs.slice(3));
    await page.close();
  });

  it('shows names as text, whatever is in them', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const change = (desk: Desk) => ({ ...desk, contacts: desk.contacts.map((contact) => ({ ...contact, name })) });
    const { page, form } = await open(script + tag, { change });
    await form.field(/^Subject/).waitFor();
    assert.equal(await page.locator('support-form img').count(), 0);
    assert.ok((await shown(page)).includes(name));
    await page.close();
  });

  for (const [title, change] of [
    ['contacts without a name', (desk: Desk) => ({ ...desk, contacts: desk.contacts.map(({ id }) => ({ id })) })],
    ['no list of other ways', ({ otherWays: _, ...desk }: Desk) => desk],
    ['null for its languages', (desk: Desk) => ({ ...desk, locales: null })],
  ] as const) {
    it(`says that the desk cannot be read when it has ${title}`, async () => {
      const { page, noise } = await open(script + tag, { change });
      await page.getByText('The form cannot be shown right now.').waitFor();
      assert.ok(await page.getByRole('link', { name: 'Write to us' }).isVisible());
      assert.deepEqual(noise, []);
      await page.close();
    });
  }

  it('is told of its own policy with the origin to add', async () => {
    const head = `<meta http-equiv="content-security-policy" content="connect-src 'none'">`;
    const { page } = await open(script + tag, { head });
    await page.getByText(`connect-src ${room.server.url}`, { exact: false }).waitFor();
    assert.match(await shown(page), new RegExp(`connect-src ${room.server.url}$`, 'm'));
    await page.close();
  });
});
