import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Desk } from '@storefront-support/contract';
import { listenForNoise } from '../support/chromium.ts';
import { ShopRoom } from '../support/shop-room.ts';

describe('a desk with words of its own', () => {
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open();
    const launcher = room.tag({ name: 'support-launcher', attributes: 'label="Help"' });
    for (const lang of ['en', 'pt-BR', 'pl'])
      room.addPage(`/${lang}`, { lang, body: `${room.script}<main>${room.tag()}</main><footer>${launcher}</footer>` });
  });
  after(() => room?.close());

  async function open(path: string) {
    const page = await room.browser.newPage();
    const noise = listenForNoise(page);
    await page.route('**/v1/desks/demo', async (route) => {
      const response = await route.fetch();
      const texts = { heading: { en: 'Ask the potters', pt: 'Fale com a oficina' }, send: { en: 'Send to the workshop' } };
      await route.fulfill({ response, json: { ...((await response.json()) as Desk), texts } });
    });
    await page.goto(room.shop.url + path);
    return { page, noise, form: page.locator('main support-form') };
  }

  for (const [path, heading, send] of [
    ['/en', 'Ask the potters', 'Send to the workshop'],
    ['/pt-BR', 'Fale com a oficina', 'Enviar'],
    ['/pl', 'Napisz do nas', 'Wyślij'],
  ] as const) {
    it(`says them where they are given, and the built-in ones elsewhere (${path})`, async () => {
      const { page, noise, form } = await open(path);
      await form.getByRole('heading', { name: heading }).waitFor();
      await form.getByRole('button', { name: new RegExp(`^${send}`) }).waitFor();
      assert.deepEqual(noise, []);
      await page.close();
    });
  }

  it('says them in the launcher’s dialog, and in the language that the page changes to', async () => {
    const { page, form } = await open('/en');
    await form.getByRole('heading', { name: 'Ask the potters' }).waitFor();
    await form.evaluate((tag) => tag.setAttribute('locale', 'pt'));
    await form.getByRole('heading', { name: 'Fale com a oficina' }).waitFor();
    await page.getByRole('button', { name: 'Help' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send to the workshop' }).waitFor();
    await page.close();
  });
});
