import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { shopDesks } from './desks.ts';
import {
  fillForm,
  focusField,
  focusPicker,
  formWhen,
  pressEdit,
  pressSend,
  receiptShown,
  watchReceipts,
  type FormState,
} from './form-state.ts';
import type { KillableBrowser, KillablePage } from './killable-browser.ts';
import { seededRandom } from './seeded-random.ts';
import { ShopRoom } from './shop-room.ts';
import { storedTickets } from './stored-files.ts';

export const ACTS = ['keystroke', 'file', 'send'] as const;
export const DELAYS_MS = [0, 100, 500, 1000] as const;
/** What was typed, chosen or pressed within this time before the kill may not have reached the device. */
export const MAY_BE_LOST_MS = 500;

export type Act = (typeof ACTS)[number];

export interface TrialPlan {
  act: Act;
  /** From the act to the kill. */
  delayMs: number;
  /** Files on disk, chosen by the act `file`, and before the act `send`. */
  files: string[];
}

export interface TrialResult extends TrialPlan {
  subject: string;
  /** What the person typed last before the kill and did not find again, in milliseconds before the kill; 0: nothing was lost. */
  lostMs: number;
  restored: number;
  askedAgain: number;
  /** Chosen files of which nothing was known after the kill. */
  gone: number;
  /** What the person found: the draft, the message in the list of what waits, the receipt before the kill, or nothing. */
  found: 'draft' | 'list' | 'receipt before' | 'nothing';
  /** Everything that must not be, in words. */
  faults: string[];
}

/** Host names of the shop: pages of one process whose storage has nothing in common. */
export const HOSTS = ['s0', 's1', 's2', 's3', 's4'].map((name) => `${name}.localhost`);
/** The kill comes this long after the first keystroke, and up to twice of it. */
const TYPING_MS = 1_200;
const TYPED = 'the lamp that came on tuesday flickers after ten minutes and smells of burnt dust ';
/** Bytes; the device keeps no copy of a larger file. */
const LARGEST_KEPT = 50 * 1_048_576;
const FOUND_LIMIT_MS = 20_000;
const SENT_LIMIT_MS = 60_000;

/** A shop whose desk takes files of 100 MB, under a light proof of work. */
export function openKillRoom(): Promise<ShopRoom> {
  return ShopRoom.open({
    hosts: HOSTS,
    desks(origins) {
      const [entry] = shopDesks(origins) as [{ desk: { limits: { files: object } }; defences: object }];
      const files = { ...entry.desk.limits.files, bytesPerFile: 100_000_000, bytesPerTicket: 200_000_000 };
      return [{ ...entry, desk: { ...entry.desk, limits: { files } }, defences: { ...entry.defences, proofOfWork: 5 } }];
    },
  });
}

/** Writes a file of random bytes that is what its name says. */
export async function randomFile(folder: string, name: string, bytes: number): Promise<string> {
  const file = path.join(folder, name);
  const content = name.endsWith('.txt') ? randomBytes(bytes / 2).toString('hex') : randomBytes(bytes);
  if (typeof content !== 'string') content.write('%PDF-1.7\n');
  await writeFile(file, content);
  return file;
}

/**
 * Runs trials in one browser, as many at once as `plans` are given for: each on a page and an origin of its own, all with the
 * same act and the same delay, which one SIGKILL ends.
 */
export async function killTogether(
  room: ShopRoom,
  browser: KillableBrowser,
  name: string,
  plans: TrialPlan[],
  seed: number,
): Promise<TrialResult[]> {
  const random = seededRandom(seed);
  const trials = plans.map(
    (plan, n) => new Trial(room, `${name}-${n}`, HOSTS[n] as string, plan, seededRandom(Math.floor(random() * 2 ** 32))),
  );
  const [{ act, delayMs }] = plans as [TrialPlan];
  await Promise.all(trials.map((trial) => trial.begin(browser)));
  const acts = trials.map((trial) => trial.act());
  // typing goes on up to the kill, heard by the page or not
  if (act !== 'keystroke' || delayMs) await Promise.all(acts);
  else for (const done of acts) done.catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  const killedAt = Date.now();
  await browser.kill();
  await browser.reopen();
  return Promise.all(trials.map((trial) => trial.judge(browser, killedAt)));
}

class Trial {
  readonly subject: string;
  readonly #room: ShopRoom;
  readonly #name: string;
  readonly #url: string;
  readonly #plan: TrialPlan;
  readonly #random: () => number;
  /** What was typed into the message, and when each key was pressed. */
  #typed = '';
  #typedAt: number[] = [];
  #page!: KillablePage;
  #person = { 'requester.name': 'Ada Martin', 'requester.email': 'ada@example.com', subject: '' };

  constructor(room: ShopRoom, name: string, host: string, plan: TrialPlan, random: () => number) {
    this.subject = `Killed ${name}`;
    this.#room = room;
    this.#name = name;
    this.#plan = plan;
    this.#random = random;
    this.#person.subject = this.subject;
    room.addForm(name);
    this.#url = `http://${host}:${room.shop.port}/${name}`;
  }

  /** Up to what the kill comes after. */
  async begin(browser: KillableBrowser): Promise<void> {
    const { act, files } = this.#plan;
    const page = (this.#page = await browser.newPage());
    await this.#open(page);
    await watchReceipts(page);
    await page.evaluate(fillForm, this.#person);
    if (files.length) {
      // in every other trial none of their bytes has arrived before the kill
      if (this.#random() < 0.5) this.#room.proxy.setRules(this.#name, [{ match: 'PATCH /uploads', fault: { kind: 'stall' } }]);
      await page.evaluate(focusPicker, undefined);
    }
    await page.evaluate(focusField, 'message');
    await this.#typeFor(TYPING_MS * (1 + this.#random()));
    if (act !== 'send') return;
    await page.choose(files);
    await formWhen(page, FOUND_LIMIT_MS, (state) => state.files.length === files.length);
    await this.#typeFor(MAY_BE_LOST_MS);
  }

  act(): Promise<unknown> {
    const { act, files } = this.#plan;
    if (act === 'keystroke') return this.#press();
    return act === 'file' ? this.#page.choose(files) : this.#page.evaluate(pressSend, undefined);
  }

  async judge(browser: KillableBrowser, killedAt: number): Promise<TrialResult> {
    const { files, act, delayMs } = this.#plan;
    const { proxy } = this.#room;
    const receiptBefore = receiptShown(this.#page);
    proxy.setRules(this.#name, []);
    const page = await browser.newPage();
    await this.#open(page);
    const result: TrialResult = {
      ...this.#plan,
      subject: this.subject,
      lostMs: 0,
      restored: 0,
      askedAgain: 0,
      gone: 0,
      found: 'nothing',
      faults: [],
    };
    let back = await formWhen(page, receiptBefore ? 0 : FOUND_LIMIT_MS, ({ values, waiting }) => !!values['message'] || !!waiting.length);
    if (back.waiting.length) {
      result.found = 'list';
      const { waiting } = await formWhen(page, SENT_LIMIT_MS, (state) => /ticket number is|have a look/.test(state.waiting.join()));
      if (act !== 'send') result.faults.push(`was to be sent although nobody had pressed Send: ${waiting.join()}`);
      else if (/have a look/.test(waiting.join())) {
        // a file was too large for the device: the person gives it again
        if (!files.some((file) => statSync(file).size > LARGEST_KEPT)) result.faults.push(`was not sent by itself: ${waiting.join()}`);
        await page.evaluate(pressEdit, undefined);
        back = await formWhen(page, FOUND_LIMIT_MS, ({ values }) => !!values['message']);
      } else if (!/ticket number is/.test(waiting.join())) result.faults.push(`still waits: ${waiting.join()}`);
    } else if (!back.values['message'] && receiptBefore) result.found = 'receipt before';
    if (back.values['message']) {
      if (result.found === 'nothing') result.found = 'draft';
      this.#compareText(back, killedAt, result);
      if (files.length) await this.#compareFiles(page, result);
      await page.evaluate(pressSend, undefined);
      const sent = await formWhen(page, SENT_LIMIT_MS, ({ number, phase }) => !!number || phase === 'failed');
      if (!sent.number) result.faults.push(`could not be sent after the kill: ${sent.phase} ${sent.problem} ${JSON.stringify(sent.files)}`);
    }
    this.#compareTicket(result, receiptBefore);
    if (act === 'send' && result.found === 'draft' && delayMs >= MAY_BE_LOST_MS) result.faults.push('had forgotten that it was sent');
    await page.leave('close');
    return result;
  }

  #open = async (page: KillablePage): Promise<void> => {
    await page.goto(this.#url);
    await formWhen(page, FOUND_LIMIT_MS, ({ phase, values }) => phase !== 'loading' && 'message' in values);
  };

  async #typeFor(milliseconds: number): Promise<void> {
    for (const end = Date.now() + milliseconds; Date.now() < end;) {
      await new Promise((resolve) => setTimeout(resolve, 30 + 90 * this.#random()));
      await this.#press();
    }
  }

  #press(): Promise<void> {
    const character = TYPED[this.#typed.length % TYPED.length] as string;
    this.#typed += character;
    this.#typedAt.push(Date.now());
    return this.#page.press(character);
  }

  #compareText({ values }: FormState, killedAt: number, result: TrialResult): void {
    const { act, delayMs } = this.#plan;
    const { message = '', ...others } = values;
    for (const [name, value] of Object.entries(this.#person))
      if (others[name] !== value) result.faults.push(`${name} came back as ${JSON.stringify(others[name])}`);
    if (!this.#typed.startsWith(message)) result.faults.push(`the message came back as ${JSON.stringify(message)}`);
    const firstLost = this.#typedAt[message.length];
    result.lostMs = firstLost === undefined ? 0 : killedAt - firstLost;
    const most = act === 'keystroke' && delayMs >= MAY_BE_LOST_MS ? 0 : MAY_BE_LOST_MS;
    if (result.lostMs > most) result.faults.push(`${result.lostMs} ms of typing were lost`);
  }

  async #compareFiles(page: KillablePage, result: TrialResult): Promise<void> {
    const { files, act, delayMs } = this.#plan;
    const names = files.map((file) => path.basename(file));
    const { files: found } = await formWhen(page, 3_000, (state) =>
      names.every((name) => state.files.some((file) => file.name === name && !/getting ready/i.test(file.text))),
    );
    for (const [n, name] of names.entries()) {
      const file = found.find((one) => one.name === name);
      if (!file) result.gone++;
      else if (file.state !== 'missing') result.restored++;
      else {
        result.askedAgain++;
        if (!/choose .* again/i.test(file.text)) result.faults.push(`${name} is missing and not asked for: ${file.text}`);
      }
      if (file?.state !== 'missing' && file) continue;
      if (!file && (act !== 'file' || delayMs >= MAY_BE_LOST_MS)) result.faults.push(`${name} was lost in silence`);
      await page.choose([files[n] as string]);
    }
  }

  /** One ticket, with the text as it came back, and with every file, byte for byte. */
  #compareTicket({ faults, found }: TrialResult, receiptBefore: string): void {
    const tickets = storedTickets(this.#room.dataDir, this.subject);
    if (tickets.length !== 1) return void faults.push(`${tickets.length} tickets; found: ${found}`);
    const [ticket] = tickets as [(typeof tickets)[number]];
    if (receiptBefore && receiptBefore !== ticket.number) faults.push(`the receipt said ${receiptBefore}, the ticket is ${ticket.number}`);
    if (found !== 'draft' && ticket.message !== this.#typed.trim()) faults.push(`the ticket says ${JSON.stringify(ticket.message)}`);
    const stored = ticket.files.map(({ name, sha256 }) => `${name} ${sha256}`).sort();
    const chosen = this.#plan.files.map((file) => `${path.basename(file)} ${hashOf(file)}`).sort();
    if (stored.join() !== chosen.join()) faults.push(`files of the ticket: ${stored.join()} instead of ${chosen.join()}`);
  }
}

const hashes = new Map<string, string>();

function hashOf(file: string): string {
  let hash = hashes.get(file);
  if (!hash) hashes.set(file, (hash = createHash('sha256').update(readFileSync(file)).digest('hex')));
  return hash;
}

/** Works off jobs, several side by side, each in a browser of its own. */
export async function inBrowsers<T, R>(
  browsers: KillableBrowser[],
  jobs: T[],
  work: (browser: KillableBrowser, job: T, n: number) => Promise<R>,
) {
  const results: R[] = [];
  let next = 0;
  await Promise.all(
    browsers.map(async (browser) => {
      while (next < jobs.length) {
        const n = next++;
        results[n] = await work(browser, jobs[n] as T, n);
      }
    }),
  );
  return results;
}

/** One line for each act and delay. */
export function tableOf(results: TrialResult[]): string[] {
  return ACTS.flatMap((act) =>
    [...new Set(results.map(({ delayMs }) => delayMs))]
      .sort((a, b) => a - b)
      .flatMap((delayMs) => {
        const these = results.filter((one) => one.act === act && one.delayMs === delayMs);
        if (!these.length) return [];
        const sum = (key: 'restored' | 'askedAgain' | 'gone') => these.reduce((all, one) => all + one[key], 0);
        const lost = these.filter(({ lostMs }) => lostMs);
        const found = Object.entries(Object.groupBy(these, (one) => one.found)).map(([what, ones]) => `${ones?.length} ${what}`);
        return `${act} +${delayMs} ms: ${these.length} trials, text complete ${these.length - lost.length}, cut ${lost.length} (at most ${Math.max(0, ...lost.map(({ lostMs }) => lostMs))} ms), files back ${sum('restored')}, asked again ${sum('askedAgain')}, gone ${sum('gone')}; found ${found.join(', ')}`;
      }),
  );
}

export function assertNoFault(results: TrialResult[]): void {
  assert.deepEqual(
    results.flatMap(({ subject, act, delayMs, faults }) => faults.map((fault) => `${subject} (${act} +${delayMs} ms): ${fault}`)),
    [],
  );
}
