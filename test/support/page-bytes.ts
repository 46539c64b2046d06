import type { CDPSession, Page } from 'playwright-core';
import { FormPage, textFile, type TestFile } from './form-page.ts';
import { forgetOutbox } from './kept-here.ts';
import { ShopRoom } from './shop-room.ts';

/**
 * Moments of a visit, in order; `withFile` is the receipt of a ticket with a file, `followed` a ticket that is shown after its
 * receipt, and then its list; `badge` another page of the shop, that has a launcher and no more.
 */
export type Moment = 'loaded' | 'focusable' | 'receipt' | 'withFile' | 'followed' | 'badge';

/** What is loaded on its own once it is reached for, or once tickets are shown. */
export type Stage = 'tracker' | 'news' | 'answer' | 'tools' | 'badge';

/** Bytes on the wire, headers included, that a tag may cause until each moment. */
export const BUDGET: Record<Exclude<Moment, 'followed' | 'badge'> | 'locale', number> = {
  loaded: 1_500,
  focusable: 14_000,
  receipt: 34_000,
  withFile: 34_000 + 8_600,
  locale: 2_500,
};

/**
 * Bytes of code on the wire, headers and sentences included, on top of what was there before. `tracker`: the list and a thread, to
 * read. `news`: what keeps them up to date. `answer`, `tools`: what answers a ticket; what finds, signs in and forgets. `badge`: a
 * page that only says how many answers are new, all of it.
 */
export const STAGE_BUDGET: Record<Stage, number> = { tracker: 8_600, news: 3_900, answer: 5_200, tools: 3_700, badge: 9_000 };

export interface Transfer {
  name: string;
  bytes: number;
}

export interface Visit {
  name: 'en' | 'file' | 'fr' | 'followed';
  moments: { moment: Moment; transfers: Transfer[] }[];
}

export const sum = (transfers: Transfer[]): number => transfers.reduce((total, { bytes }) => total + bytes, 0);

/** Everything fetched from the page's load to the moment. */
export function until(visit: Visit, moment: Moment): Transfer[] {
  return visit.moments.slice(0, visit.moments.findIndex((entry) => entry.moment === moment) + 1).flatMap(({ transfers }) => transfers);
}

/** What each stage of a followed ticket has fetched. */
export function stagesOf(visit: Visit): Record<Stage, Transfer[]> {
  const of = (moment: Moment) =>
    visit.moments.find((entry) => entry.moment === moment)?.transfers.filter(({ name }) => /^GET \/(?:c\/|embed\.js)/.test(name)) ?? [];
  const followed = of('followed');
  const named = (...names: string[]) => followed.filter(({ name }) => names.some((start) => name.startsWith(`GET /c/${start}`)));
  return {
    tracker: named('tracker-', 'en-tracker-'),
    news: named('news-'),
    answer: named('answer-', 'en-answer-'),
    tools: named('tools-', 'forget-tickets-', 'en-signIn-'),
    badge: of('badge'),
  };
}

/** Counts what a page fetches from one origin, as Chromium saw it arrive. */
async function countTransfers(page: Page, origin: string): Promise<Transfer[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const names = new Map<string, string>();
  const transfers: Transfer[] = [];
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!request.url.startsWith(`${origin}/`)) return;
    names.set(requestId, `${request.method} ${request.url.slice(origin.length)}`);
  });
  const headers = new Map<string, number>();
  session.on('Network.responseReceived', ({ requestId, response }) => headers.set(requestId, response.encodedDataLength));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const name = names.get(requestId);
    // of a preflight only the answer's headers are told
    if (name) transfers.push({ name: name.replace(/[\w-]{43}$/, '…'), bytes: encodedDataLength || (headers.get(requestId) ?? 0) });
  });
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  return transfers;
}

async function send(page: Page, files: TestFile[]): Promise<void> {
  const form = new FormPage(page);
  await form.fill({ subject: 'How many bytes?' });
  if (files.length > 0) await form.addFiles(files);
  await form.send();
  await form.number();
  await page.waitForLoadState('networkidle');
}

/** Opens the ticket of the receipt in the tracker of the page and what answers it, goes back to the list, and opens its tools. */
async function follow(page: Page): Promise<void> {
  await page.locator('support-form').locator('[part=follow]').click();
  await page.locator('support-thread').locator('[part=message]').waitFor();
  await page.locator('support-thread').locator('[part=to-reply]').click();
  await page.locator('support-thread').locator('[part=reply]').waitFor();
  // the stream of what happens next never ends
  await page.locator('support-tracker').locator('[part=back]').click();
  await page.locator('support-tracker').locator('[part=ticket]').waitFor();
  await page.locator('support-tracker').locator('[part=tools] > summary').click();
  await page.locator('support-tracker').locator('[part=find]').waitFor();
}

/** Goes to a page with a launcher, which asks how many answers are new, once nothing but the ticket is kept on the device. */
async function passBy(page: Page, address: string): Promise<void> {
  await forgetOutbox(page);
  // the tracker of the page before may be asking, too
  const asked = page.waitForResponse(
    (response) => page.url() === address && response.url().endsWith('/tickets') && response.request().method() === 'GET',
  );
  // the pointer is still where it pressed last, and would come near the launcher
  await page.mouse.move(1_000, 600);
  await page.goto(address);
  await (await asked).finished();
}

/** Fetches the sentences that a send would show. */
async function focus(page: Page, lang: string): Promise<void> {
  const sentences = page.waitForResponse((response) => response.url().includes(`/c/${lang}-`));
  await page.locator('support-form').getByRole('textbox').first().focus();
  await (await sentences).finished();
}

/** Visits a shop on another origin than the server's, with a cold cache: in English, in English with a file, in French. */
export async function measureVisits(): Promise<Visit[]> {
  const room = await ShopRoom.open();
  const farAway = '<div style="height: 3000px">A long page: neither form nor pointer comes near what is above and below</div>';
  for (const lang of ['en', 'fr'])
    room.addPage(`/${lang}`, {
      lang,
      body: room.script + room.tag({ name: 'support-launcher', attributes: 'label="Ask us"' }) + farAway + room.tag(),
    });
  room.addPage('/followed', { lang: 'en', body: room.script + farAway + room.tag() + farAway + room.tag({ name: 'support-tracker' }) });
  async function visit(
    name: Visit['name'],
    lang: string,
    end: Moment,
    finish: (page: Page, close: (moment: Moment) => void) => Promise<void>,
  ): Promise<Visit> {
    const page = await room.browser.newPage();
    const transfers = await countTransfers(page, room.server.url);
    const moments: Visit['moments'] = [];
    const close = (moment: Moment) => moments.push({ moment, transfers: transfers.splice(0) });
    await page.goto(`${room.shop.url}/${lang}`, { waitUntil: 'networkidle' });
    close('loaded');
    await page.evaluate(() => document.querySelector('support-form')?.scrollIntoView());
    await page.locator('support-form').getByRole('textbox').first().waitFor();
    await page.waitForLoadState('networkidle');
    close('focusable');
    await finish(page, close);
    // what the protocol has told so far has arrived before this answer
    await page.evaluate(() => 0);
    close(end);
    await page.close();
    return { name, moments };
  }
  try {
    return [
      await visit('en', 'en', 'receipt', (page) => send(page, [])),
      await visit('file', 'en', 'withFile', (page) => send(page, [textFile('parcel.txt', 'dented')])),
      await visit('fr', 'fr', 'receipt', (page) => focus(page, 'fr')),
      await visit('followed', 'followed', 'badge', async (page, close) => {
        await send(page, []);
        close('receipt');
        await follow(page);
        close('followed');
        await passBy(page, `${room.shop.url}/en`);
      }),
    ];
  } finally {
    await room.close();
  }
}
