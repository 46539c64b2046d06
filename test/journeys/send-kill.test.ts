import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Rule, Seen } from '../support/fault-proxy.ts';
import { fillForm, focusField, formWhen, pressSend, type FormState } from '../support/form-state.ts';
import { chosenSeed } from '../support/interrupted-upload.ts';
import { HOSTS, inBrowsers, openKillRoom } from '../support/kill-trials.ts';
import { openChromium, type KillableBrowser, type KillablePage, type Leaving } from '../support/killable-browser.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { ShopRoom } from '../support/shop-room.ts';
import { storedTickets } from '../support/stored-files.ts';

/** Where the message is when its page dies. */
const MOMENTS = {
  'before the server has it, which gets it later': { fault: { kind: 'hold' }, reached: (seen: Seen) => seen.held },
  'before the server has it, which never gets it': { fault: { kind: 'stall' }, reached: (seen: Seen) => seen.fault === 'stall' },
  'stored, and its answer on the way': { fault: { kind: 'hold-answer' }, reached: (seen: Seen) => seen.held },
  'just after its answer': { fault: { kind: 'pass' }, reached: (seen: Seen) => seen.until !== null && seen.status === 201 },
} as const;
const LIMIT_MS = 30_000;
/** The answer has left the proxy at most this long ago. */
const JUST_AFTER_MS = 30;
const POST = 'POST /tickets';

type Moment = keyof typeof MOMENTS;

interface Kill {
  moment: Moment;
  how: Leaving | 'kill';
  afterMs: number;
}

/** 50 kills: every moment by every way, the rest for the moment that has the most to vary. */
function kills(seed: number): Kill[] {
  const random = seededRandom(seed);
  const moments = Object.keys(MOMENTS) as Moment[];
  const ways = ['kill', 'kill', 'crash', 'away', 'close'] as const;
  const all = moments.flatMap((moment) =>
    ways.flatMap((how) => [
      { moment, how },
      { moment, how },
    ]),
  );
  for (const how of [...ways, ...ways]) all.push({ moment: 'just after its answer', how });
  return all.map((one) => ({ ...one, afterMs: one.moment === 'just after its answer' ? random() * JUST_AFTER_MS : 0 }));
}

describe('a page that dies between the request and the receipt', () => {
  const seed = chosenSeed();
  let room: ShopRoom;
  let browsers: KillableBrowser[] = [];

  before(async () => {
    room = await openKillRoom();
    browsers = await Promise.all([0, 1, 2].map((n) => openChromium(path.join(room.folder, `profile-${n}`))));
  });
  after(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await room?.close();
  });

  async function open(browser: KillableBrowser, url: string): Promise<KillablePage> {
    const page = await browser.newPage();
    await page.goto(url);
    await formWhen(page, LIMIT_MS, ({ phase, values }) => phase === 'ready' && 'message' in values);
    return page;
  }

  /** Every message is seen again: its number, or that it waits, or the draft. */
  const says = ({ values, waiting, number }: FormState) => !!number || !!waiting.length || !!values['message'];
  const numberIn = ({ number, waiting }: FormState) =>
    number || (/ticket number is ([2-9A-Z]{4}-[2-9A-Z]{4})/.exec(waiting.join())?.[1] ?? '');

  async function trial(browser: KillableBrowser, { moment, how, afterMs }: Kill, n: number): Promise<string[]> {
    const name = `s${n}`;
    const subject = `Between ${n}`;
    const message = 'It flickers after ten minutes, whatever the socket.';
    const { fault, reached } = MOMENTS[moment];
    room.addForm(name);
    const url = `http://${HOSTS[n % HOSTS.length]}:${room.shop.port}/${name}`;
    const page = await open(browser, url);
    await page.evaluate(focusField, 'message');
    await page.evaluate(fillForm, { 'requester.name': 'Ada Martin', 'requester.email': 'ada@example.com', subject, message });
    room.proxy.setRules(name, [{ match: POST, fault } as Rule]);
    const there = room.proxy.when(name, (seen) => seen.method === 'POST' && seen.path.endsWith('/tickets') && reached(seen));
    await page.evaluate(pressSend, undefined);
    await there;
    if (afterMs) await new Promise((resolve) => setTimeout(resolve, afterMs));
    if (how === 'kill') {
      await browser.kill();
      await browser.reopen();
    } else await page.leave(how);
    const faults: string[] = [];

    // what was held reaches the server while the page is open again and sends, too
    const again = open(browser, url);
    room.proxy.setRules(name, []);
    const reopened = await again;
    const first = await formWhen(reopened, LIMIT_MS, says);
    if (!says(first)) faults.push('nothing was said of the message');
    else if (first.values['message']) faults.push('is a draft although it was sent');
    const last = await formWhen(reopened, LIMIT_MS, (state) => !!numberIn(state));
    const tickets = storedTickets(room.dataDir, subject);
    if (tickets.length !== 1) faults.push(`${tickets.length} tickets`);
    else if (tickets[0]?.message !== message) faults.push(`the ticket says ${tickets[0]?.message}`);
    const told = numberIn(last);
    if (tickets[0]?.number !== told)
      faults.push(`was told ${told || 'no number'}, the ticket is ${tickets[0]?.number}; ${JSON.stringify(last)}`);
    await reopened.leave('close');
    return faults.map((one) => `${subject}, ${how} ${moment} +${afterMs.toFixed()} ms: ${one}`);
  }

  it(`leaves one ticket and says so, 50 times (SEED=${seed})`, { timeout: 300_000 }, async (t) => {
    const all = kills(seed);
    assert.equal(all.length, 50);
    const faults = await inBrowsers(browsers, all, (browser, kill, n) => trial(browser, kill, n));
    t.diagnostic(`seed ${seed}; ${all.filter(({ how }) => how === 'kill').length} of them SIGKILLs of the browser`);
    assert.deepEqual(faults.flat(), []);
    const twice = all.flatMap((_, n) => (storedTickets(room.dataDir, `Between ${n}`).length === 1 ? [] : n));
    assert.deepEqual(twice, [], 'nothing arrived once more in the end');
  });
});
