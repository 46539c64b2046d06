import { messageTexts, waitingTexts } from '@storefront-support/elements/locales';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { shopDesks } from '../support/desks.ts';
import { FormPage, textFile } from '../support/form-page.ts';
import { keptEntries } from '../support/kept-entries.ts';
import { readKept } from '../support/kept-here.ts';
import { scaleClock } from '../support/scaled-clock.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { storedTickets } from '../support/stored-files.ts';

const FACTOR = 60;
/** How long the outbox waits for a database that does not answer, at first and then. */
const PATIENCE_MS = [3_000, 200];
const SECRETS = [
  'Unmistakable subject',
  'ada.unmistakable@example.com',
  'Ada Unmistakable',
  'unmistakable-steps.txt',
  'content of the file',
];

const messages = await messageTexts('en');
const waiting = await waitingTexts('en');

describe('a message that waits on this device', { concurrency: 2 }, () => {
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open({ desks: (origins) => shopDesks(origins, { proofOfWork: 10 }) });
  });
  after(() => room?.close());

  /** One that was sent in vain, with a file. */
  async function saved(name: string): Promise<{ context: BrowserContext; form: FormPage }> {
    room.addForm(name);
    room.proxy.setRules(name, [{ match: 'POST /tickets', fault: { kind: 'drop' } }]);
    const context = await room.browser.playwright.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(`${room.shop.url}/${name}`);
    const form = new FormPage(page);
    await form.fill({ subject: `${SECRETS[0]} ${name}`, email: SECRETS[1] ?? '', name: SECRETS[2] ?? '' });
    await form.addFiles([textFile(SECRETS[3] ?? '', SECRETS[4] ?? '')]);
    await form.send();
    await form.form.locator('[part=error]').getByText(messages.saved).waitFor();
    for (const secret of SECRETS) assert.ok((await everything(page)).includes(secret), `${secret} is on the device`);
    return { context, form };
  }

  async function leavesNothing({ context, form }: { context: BrowserContext; form: FormPage }, name: string): Promise<void> {
    const left = async () => SECRETS.filter((secret) => kept.includes(secret));
    let kept = await everything(form.page);
    for (const end = Date.now() + 10_000; (await left()).length && Date.now() < end; await wait(50)) kept = await everything(form.page);
    assert.deepEqual(await left(), []);
    room.proxy.setRules(name, []);
    const other = await context.newPage();
    await other.goto(`${room.shop.url}/${name}`);
    await new FormPage(other).field(/^Subject/).waitFor();
    await other.waitForLoadState('networkidle');
    assert.deepEqual(await readKept(other), { databases: [], stores: {} });
    assert.equal(await other.locator('[part=waiting-entry]').count(), 0);
    assert.deepEqual(storedTickets(room.dataDir, `${SECRETS[0]} ${name}`), []);
  }

  it('leaves nothing there once it is deleted in its form', { timeout: 60_000 }, async () => {
    const { context, form } = await saved('form');
    try {
      const button = form.form.locator('[part=error] [part=delete]');
      // it asks, and is not answered by the second half of a double click
      await button.dblclick();
      await button.getByText(messages.reallyDelete).click();
      await form.form.locator('[part=error]').waitFor({ state: 'detached' });
      assert.equal(await form.field(/^Subject/).inputValue(), '');
      await leavesNothing({ context, form }, 'form');
    } finally {
      await context.close();
    }
  });

  it('leaves nothing there once it is deleted in the list', { timeout: 60_000 }, async () => {
    const { context, form } = await saved('list');
    try {
      await form.page.reload();
      const entry = form.form.locator('[part=waiting-entry]');
      // a try in the background holds it for a moment
      const button = entry.locator('[part=delete][aria-disabled=false]');
      await button.dblclick();
      await button.getByText(waiting.reallyRemove).waitFor();
      await form.page.reload();
      await button.click();
      await button.getByText(waiting.reallyRemove).click();
      await form.form.getByText(waiting.removed).first().waitFor({ state: 'attached' });
      await entry.waitFor({ state: 'detached' });
      await leavesNothing({ context, form }, 'list');
    } finally {
      await context.close();
    }
  });

  it(
    `is never sent again by itself where it could arrive twice: the person decides (clock ${FACTOR} times as fast)`,
    { timeout: 60_000 },
    async () => {
      const answers = room.proxy.session('unsure');
      room.proxy.setRules('unsure', [{ match: 'POST /send', fault: { kind: 'drop-answer' } }]);
      room.addPage('/unsure', {
        body: `${room.script}<support-form></support-form><script>
        const lost = (cause) => Object.assign(new Error('no answer', { cause }), { '@storefront-support/error': true, code: 'network', retryable: true });
        document.querySelector('support-form').adapter = {
          name: 'unsure', delivery: 'unknown', scope: 'unsure',
          getDesk: async () => (await fetch('${room.server.url}/v1/desks/demo')).json(),
          createTicket: async (draft) => {
            try { return await (await fetch('${answers}/send', { method: 'POST', body: JSON.stringify(draft) })).json(); }
            catch (cause) { throw lost(cause); }
          },
        };</script>`,
      });
      const context = await room.browser.playwright.newContext();
      const sent = () => room.proxy.seen('unsure').filter(({ method }) => method === 'POST').length;
      try {
        await scaleClock(context, FACTOR, PATIENCE_MS);
        const page = await context.newPage();
        page.setDefaultTimeout(15_000);
        await page.goto(`${room.shop.url}/unsure`);
        const form = new FormPage(page);
        await form.fill({ subject: 'Unsure' });
        await form.send();
        const error = form.form.locator('[part=error]');
        await error.getByText(messages.unconfirmed).waitFor();
        await error.getByText(messages.doubt).waitFor();
        assert.equal(await error.getByText(messages.later).count(), 0, 'nobody says that it goes out by itself');
        await tempt(context, page);
        assert.equal(sent(), 1);

        await page.reload();
        const entry = form.form.locator('[part=waiting-entry]');
        await entry.getByText(messages.doubt).waitFor();
        const other = await context.newPage();
        await other.goto(`${room.shop.url}/unsure`);
        await other.locator('[part=waiting-entry]').getByText(messages.doubt).waitFor();
        await tempt(context, page);
        assert.equal(sent(), 1);
        assert.equal((await keptEntries(page)).length, 1, 'it is still there');

        const ticket = {
          id: '1',
          number: '2345-6789',
          status: 'open',
          kind: 'support',
          createdAt: '2026-03-02T10:00:00Z',
          firstResponseDueAt: null,
        };
        const body = JSON.stringify({ ticket, confirmationMail: 'queued' });
        room.proxy.setRules('unsure', [{ match: 'POST /send', fault: { kind: 'status', status: 200, body } }]);
        await entry.getByRole('button', { name: messages.sendAgain }).click();
        await entry.getByText(waiting.sent('2345-6789')).waitFor();
        assert.equal(sent(), 2);
      } finally {
        await context.close();
      }
    },
  );
});

/** Everything that makes an outbox try again: the connection comes back, and two minutes pass. */
async function tempt(context: BrowserContext, page: Page): Promise<void> {
  await context.setOffline(true);
  await context.setOffline(false);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 120_000)));
}

/** Whatever a page of this origin can read of what the browser keeps, as text. */
async function everything(page: Page): Promise<string> {
  const storages = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  return storages + JSON.stringify(await readKept(page));
}
