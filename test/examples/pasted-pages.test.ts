import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { listenForNoise } from '../support/chromium.ts';
import { FormPage, png } from '../support/form-page.ts';
import { ShopRoom } from '../support/shop-room.ts';

const read = (page: string) => readFileSync(new URL(`../../stories/docs/${page}.mdx`, import.meta.url), 'utf8');
const snippets = (page: string, words: string) => [...read(page).matchAll(new RegExp(`^\`\`\`${words}\\n([^]*?)^\`\`\`$`, 'gm'))];

/** A ticket with a file, from the form of the page. */
async function writeTicket(page: Page): Promise<string> {
  const form = new FormPage(page, page.locator('body > support-form'));
  await form.fill({ subject: 'Pasted' });
  await form.addFiles([png('lamp.png', 'Pasted')]);
  await form.send();
  return form.number();
}

describe('what the documentation says to paste', () => {
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open();
  });
  after(() => room?.close());

  it('is a page that takes a message, with nothing changed but its addresses', async () => {
    const [[, , snippet] = []] = snippets('getting-started', 'html file=(page\\.html)');
    assert.ok(snippet);
    room.pages['/pasted'] = { html: snippet.replaceAll('http://localhost:8480', room.server.url) };
    const page = await room.browser.newPage();
    const noise = listenForNoise(page);
    await page.goto(`${room.shop.url}/pasted`);
    assert.match(await writeTicket(page), /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await page.getByRole('button', { name: 'Contact us' }).click();
    await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    assert.deepEqual(noise, []);
    await page.goto(`${room.shop.url}/pasted?support-doctor`);
    await page.getByRole('heading', { name: 'All is well' }).waitFor();
    assert.deepEqual(await page.locator('support-doctor h3').allTextContents(), []);
    await page.close();
  });

  for (const name of ['nonce', 'hosts'] as const) {
    it(`is a policy that everything runs under (${name})`, async () => {
      const [[, policy] = []] = snippets('content-security', `text policy=${name}`);
      const [[, tag] = []] = snippets('content-security', 'html');
      assert.ok(policy && tag);
      const here = (text: string) => text.replaceAll('https://support.example', room.server.url);
      const script = name === 'nonce' ? here(tag) : room.script;
      const address = room.addPage(`/${name}`, {
        body: script + room.tag(),
        headers: { 'content-security-policy': here(policy).replaceAll('\n', ' ') },
      });
      const page = await room.browser.newPage();
      const noise = listenForNoise(page);
      await page.addInitScript(() => {
        const violations: string[] = Object.assign(window, { violations: [] }).violations;
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective, sample }) =>
          violations.push(`${effectiveDirective} ${sample}`),
        );
      });
      await page.goto(address);
      assert.match(await writeTicket(page), /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
      assert.deepEqual(await page.evaluate('violations'), []);
      assert.deepEqual(noise, []);
      await page.close();
    });
  }
});
