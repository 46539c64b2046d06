import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { vaultFrame, VaultRoom } from '../support/vault-room.ts';

const PHONE = { width: 390, height: 844 };

/** Words that are drawn in more than one piece. */
const brokenWords = (place: Locator): Promise<string[]> =>
  place.evaluateAll((elements) => {
    const broken: string[] = [];
    for (const element of elements) {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode())
        for (const { 0: word, index } of (node.textContent ?? '').matchAll(/[^\s-]+/g)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          if (new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top))).size > 1) broken.push(word);
        }
    }
    return broken;
  });

describe('lent access in other languages', () => {
  let vault: VaultRoom;
  let agent: Page;
  let customer: { page: Page; number: string };

  before(async () => {
    vault = await VaultRoom.open();
    customer = await vault.customer('', { locale: 'en-GB' });
    agent = await vault.room.browser.newPage({ locale: 'en-GB', viewport: PHONE });
    await vault.admin(agent);
    await vault.enrol(agent);
    await vault.ask(agent, customer.number, ['admin-panel', 'sftp', 'api-key'], 'to look');
    await agent.locator('[data-request=asked]').waitFor();
  });
  after(() => vault?.close());

  /** The agent’s page speaks this language from now on. */
  async function speak(language: string): Promise<void> {
    const session = await agent.context().newCDPSession(agent);
    const userAgent = await agent.evaluate(() => navigator.userAgent);
    await session.send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: language });
    await agent.reload();
    await agent.locator('[data-ask]').waitFor();
    assert.equal(await agent.evaluate(() => document.documentElement.lang), language);
  }

  it('is asked for, typed and checked as French is written', async () => {
    await customer.page.locator('[part=add]').click();
    await vaultFrame(customer.page).locator('[name=kind]').first().waitFor();
    const page = await vault.room.browser.newPage({ locale: 'fr-FR', viewport: PHONE });
    await page.goto((await customer.page.locator('[part=page]').getAttribute('href')) ?? '');
    assert.equal(await page.locator('strong').first().innerText(), 'Administration, SFTP et Clé d’API');
    assert.equal(await page.locator('q').evaluate((quote) => getComputedStyle(quote).quotes), '"«\u202f" "\u202f»"');
    await page.locator('[name=kind]').first().check();
    await page.locator('[data-send]').click();
    assert.deepEqual(await page.locator('[data-summary] .link').allInnerTexts(), [
      'Adresse – À remplir.',
      'Nom d’utilisateur – À remplir.',
      'Mot de passe – À remplir.',
    ]);
    await page.locator('#f-url').fill('https://shop.example/a-rather-long/address/of-an/admin-panel');
    await page.locator('#f-login').fill('support');
    await page.locator('#f-password').fill('Lent-for-a-week-77!');
    await page.locator('[data-send]').click();
    await page.locator('[data-sent]').waitFor();
    await page.close();
  });

  it('is asked for and read on a phone without a word being broken', async () => {
    for (const language of ['fr', 'de', 'pl', 'ar']) {
      await speak(language);
      assert.deepEqual(await brokenWords(agent.locator('.check')), [], language);
      await agent.locator('[data-record] [data-open]').click();
      await agent.locator('#reason').fill('to look');
      await agent.locator('[data-open-now]').click();
      await agent.locator('vault-rows .code').first().waitFor();
      assert.deepEqual(await brokenWords(agent.locator('vault-rows button')), [], language);
    }
  });
});
