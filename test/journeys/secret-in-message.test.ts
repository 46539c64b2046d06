import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { FormPage } from '../support/form-page.ts';
import { ShopRoom } from '../support/shop-room.ts';

const MESSAGE = 'I cannot log in.\nMy password is Sommer2029!x and it is refused.';

describe('a message with a password in it', () => {
  let room: ShopRoom;
  before(async () => {
    room = await ShopRoom.open();
    room.addPage('/', { body: room.script + room.tag() });
  });
  after(() => room.close());

  async function write(page: Page): Promise<{ form: FormPage; loaded: string[] }> {
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    await page.goto(room.shop.url);
    const form = new FormPage(page);
    await form.fill({ subject: 'Login', message: MESSAGE });
    return { form, loaded };
  }

  it('is looked through on the device only, and not before it is sent', async () => {
    const page = await room.browser.newPage();
    const { form, loaded } = await write(page);
    assert.ok(!loaded.some((url) => url.includes('/secret-detector-')), 'typing loads nothing');
    await form.send();
    const question = page.locator('support-form').locator('[data-code=secret]');
    await question.waitFor();
    assert.ok(loaded.some((url) => url.includes('/secret-detector-')));
    assert.ok(!loaded.some((url) => url.includes('Sommer')));
    assert.ok(!(await question.textContent())?.includes('Sommer'));
    await page.close();
  });

  it('is sent without a question where what looks for secrets cannot be loaded', async () => {
    const page = await room.browser.newPage();
    await page.route('**/c/secret-detector-*', (route) => route.abort());
    const { form } = await write(page);
    await form.send();
    assert.match(await form.number(), /\w/);
    await page.close();
  });
});
