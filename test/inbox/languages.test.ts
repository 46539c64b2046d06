import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { momentIn } from '../../packages/inbox/dist/base/format.js';
import { inboxLanguages } from '../../packages/inbox/dist/locales/index.js';
import { InboxRoom } from './inbox-room.ts';

describe('the inbox in its languages', () => {
  let room: InboxRoom;

  before(async () => {
    room = await InboxRoom.open();
  });
  after(() => room.close());

  /** A ticket that an agent has just closed for a reason. */
  async function closedTicket(locale: string): Promise<Page> {
    const { number, secret } = await room.file({ subject: 'The lamp hums' });
    await room.publishKeys();
    await room.customerOffers(number, secret, ['ssh', 'database']);
    const agent = await room.addAgent({ name: 'Ann Lee' });
    const { page } = await room.visitAs(agent, `#/open/${number}`, { locale, viewport: { width: 390, height: 844 } });
    await page.locator('inbox-ticket summary').first().click();
    await page.locator('inbox-ticket details select').first().selectOption('closed');
    await page.locator('#reason').fill('Solved');
    await page.locator('inbox-ticket details button').click();
    await page.locator('.change', { hasText: 'Solved' }).waitFor();
    await page.locator('[data-state=offered]').waitFor();
    return page;
  }

  /** Where some words of a line are drawn, in px from the left. */
  const drawnAt = (page: Page, line: string, words: readonly string[]): Promise<number[]> =>
    page
      .locator(line)
      .first()
      .evaluate((element, wanted) => {
        const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const found = wanted.map(() => NaN);
        for (let node = texts.nextNode(); node; node = texts.nextNode())
          for (const [n, word] of wanted.entries()) {
            const at = (node.textContent ?? '').indexOf(word);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + word.length);
            found[n] = range.getBoundingClientRect().left;
          }
        return found;
      }, words);

  it('says from right to left who has done what, for which reason, and what is offered', async () => {
    const page = await closedTicket('ar');
    const change = await drawnAt(page, '.change', ['Ann Lee', 'أُغلقت', 'Solved']);
    assert.deepEqual(
      change,
      change.toSorted((a, b) => b - a),
    );
    const offer = await drawnAt(page, '[data-state=offered]', ['العميل', 'SSH', 'قاعدة']);
    assert.deepEqual(
      offer,
      offer.toSorted((a, b) => b - a),
    );
    await page.context().close();
  });

  it('puts French spaces before a colon and inside quotation marks', async () => {
    const page = await closedTicket('fr');
    assert.match(await page.locator('.change').innerText(), /Ann Lee a fermé le ticket\u00a0: Solved/);
    assert.equal(await page.locator('q').evaluate((quote) => getComputedStyle(quote).quotes), '"«\u202f" "\u202f»"');
    await page.context().close();
  });

  it('writes the time beside a date as it does alone', () => {
    const [today, other] = [new Date(), new Date()];
    today.setHours(5, 7, 0, 0);
    other.setDate(15);
    other.setMonth((other.getMonth() + 2) % 12);
    other.setHours(5, 7, 0, 0);
    for (const tag of ['en-GB', 'en-US', ...inboxLanguages]) {
      const [alone, beside] = [today, other].map((at) => momentIn(tag, at.toISOString())) as [string, string];
      assert.ok(beside.endsWith(alone), `${tag}: ${beside}, and alone ${alone}`);
    }
  });

  it('shows all of the hint in the search, on a phone and on a small one', async () => {
    const agent = await room.addAgent({ name: 'Sue' });
    const { page, agentBrowser } = await room.visitAs(agent);
    await page.context().close();
    const [name = '', value = ''] = (agentBrowser.cookie ?? '').split('=');
    const cut: string[] = [];
    for (const locale of inboxLanguages) {
      const { page } = await room.visit('', { locale });
      await page.context().addCookies([{ name, value, domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }]);
      await page.reload();
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 700 });
        const left = await page.locator('#search').evaluate((field: HTMLInputElement) => {
          const style = getComputedStyle(field);
          const pen = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
          pen.font = style.font;
          const room = field.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd);
          return room - pen.measureText(field.placeholder).width;
        });
        if (left < 0) cut.push(`${locale} at ${width}: ${left}`);
      }
      await page.context().close();
    }
    assert.deepEqual(cut, []);
  });
});
