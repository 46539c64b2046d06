import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { launchWholeChromium } from '../support/chromium.ts';
import { openDesks } from '../support/desks.ts';
import { identityClaims, newSharedKey, signToken } from '../support/identity-tokens.ts';
import { startServer } from '../support/server-process.ts';
import { startShop } from '../support/shop-server.ts';
import { newDraft, newKeys, postTicket } from '../support/ticket-request.ts';
import { observePage, readSeen } from './observe-page.ts';
import { table } from './table.ts';

const TICKETS = 500;
const MESSAGES = 1_000;
const THROTTLE = 4;
const AT_ONCE = 20;
const PERSON = { name: 'Ann Example', email: 'ann@customer.example' };

/** Long tasks of a tracker with many tickets and of a thread with many messages, opened and scrolled to their ends, processor slowed. */
export async function benchFollowed(): Promise<void> {
  const identity = newSharedKey();
  const [entry, ...others] = openDesks() as { desk: object }[];
  const server = await startServer({ config: [{ ...entry, identity: [identity] }, ...others] });
  const token = signToken({ alg: 'HS256', kid: identity.kid }, identityClaims('open', PERSON), identity.secret);
  const tag = `<support-tracker endpoint="${server.url}" desk="open" identity-token="${token}"></support-tracker>`;
  const html = `<!doctype html><html lang="en"><title>Shop</title><meta name="viewport" content="width=device-width">
<h1>Your tickets</h1>${tag}<script type="module" src="${server.url}/embed.js"></script>`;
  const shop = await startShop({ '/': { html } });
  const browser = await launchWholeChromium();
  try {
    await fill(server.url);
    const page = await browser.newPage({ viewport: { width: 412, height: 915 } });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    await page.addInitScript(observePage);
    const rows: string[][] = [];
    let before = 0;
    const note = async (what: string) => {
      await page.waitForTimeout(500);
      const { longTasks } = await readSeen(page);
      const since = longTasks.slice(before);
      before = longTasks.length;
      rows.push([what, String(since.length), Math.max(0, ...since).toFixed(0)]);
    };
    await page.goto(shop.url, { waitUntil: 'load' });
    const ticket = page.locator('support-tracker [part~=ticket]');
    await ticket.first().waitFor();
    await note('tracker opened');
    await pressAll(page, 'support-tracker [part=more]', ticket, TICKETS);
    await note(`${TICKETS} tickets listed, page by page`);
    await scroll(page);
    await note('… and scrolled');
    await page.locator('support-tracker [part~=ticket]', { hasText: 'The long one' }).click();
    const message = page.locator('support-thread [part~=message]');
    await message.first().waitFor();
    await note('thread opened');
    await pressAll(page, 'support-thread [part=earlier]', message, MESSAGES);
    await note(`${MESSAGES} messages read, page by page`);
    await scroll(page);
    await note('… and scrolled');
    table(`Followed tickets in Chromium, processor slowed ${THROTTLE} times, 412 x 915`, ['moment', 'long tasks', 'longest ms'], rows);
  } finally {
    await browser.close();
    await shop.close();
    await server.stop();
  }
}

async function fill(url: string): Promise<void> {
  for (let n = 1; n < TICKETS; n += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, TICKETS - n) }, (_, k) =>
        ok(postTicket({ url, draft: newDraft({ requester: PERSON, subject: `Ticket ${n + k}` }) })),
      ),
    );
  const keys = newKeys();
  const filed = await ok(postTicket({ url, keys, draft: newDraft({ requester: PERSON, subject: 'The long one' }) }));
  const { ticket } = (await filed.json()) as { ticket: { number: string } };
  for (let n = 1; n < MESSAGES; n++) {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${keys.secret}`,
      'idempotency-key': randomBytes(16).toString('base64url'),
    };
    const text = `Message ${n}. ${'It flickers after ten minutes, whatever the socket. '.repeat(1 + (n % 4))}`;
    const body = JSON.stringify({ text, attachmentIds: [], secret: randomBytes(32).toString('base64url') });
    await ok(fetch(`${url}/v1/desks/open/tickets/${ticket.number}/messages`, { method: 'POST', headers, body }));
  }
}

async function ok(asked: Promise<Response>): Promise<Response> {
  const answer = await asked;
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return answer;
}

/** Presses until all are there. */
async function pressAll(page: Page, button: string, items: ReturnType<Page['locator']>, count: number): Promise<void> {
  while ((await items.count()) < count) {
    const had = await items.count();
    await page.locator(button).first().click();
    while ((await items.count()) === had) await page.waitForTimeout(20);
  }
}

/** To the end and back, as fast as a thumb does it. */
async function scroll(page: Page): Promise<void> {
  for (const [step, to] of [
    [800, 'end'],
    [-800, 'beginning'],
  ] as const) {
    let at = -1;
    for (;;) {
      await page.mouse.wheel(0, step);
      await page.waitForTimeout(30);
      const now = await page.evaluate(() => scrollY);
      if (now === at) break;
      at = now;
    }
    if (at > 0 !== (to === 'end')) throw new Error(`the page did not scroll to its ${to}`);
  }
}
