import assert from 'node:assert/strict';
import type { BrowserContext, Page } from 'playwright-core';
import type { Fault, Seen } from './fault-proxy.ts';
import { FormPage } from './form-page.ts';
import { anotherLike, keptEntries, putEntries } from './kept-entries.ts';
import { scaleClock } from './scaled-clock.ts';
import { seededRandom } from './seeded-random.ts';
import type { ShopRoom } from './shop-room.ts';
import { storedTickets } from './stored-files.ts';

export interface Flapping {
  seed: number;
  /** Tabs of the shop; the first one has two forms, every other one. */
  tabs: number;
  /** Messages, those that the forms send meanwhile included. */
  entries: number;
  /** Mean time between two changes of the network, in milliseconds. */
  flapMs: number;
  /** How many times as fast the clocks of the pages run. */
  clock: number;
  /** It is over after this long at the latest, in milliseconds. */
  limitMs: number;
}

export interface FlappingOutcome {
  seconds: number;
  /** Subject of every message, with the numbers of the tickets that the server has of it. */
  stored: Map<string, string[]>;
  /** The number that the browser shows or keeps of each message. */
  told: Map<string, string>;
  /** Tries of all entries, as the pages made them. What the browser sends again when a kept connection breaks is not one. */
  tries: number;
  /** Requests of each entry, by idempotency key, as the proxy saw them. */
  requests: Map<string, Seen[]>;
  /** How often each kind of fault struck a ticket on its way. */
  faults: Record<string, number>;
  /** Changes of the network. */
  flaps: number;
}

const problem = JSON.stringify({ type: 'about:blank', title: 'x', status: 503, code: 'unavailable', detail: 'x' });
const DOWN: Fault[] = [
  { kind: 'drop' },
  { kind: 'drop-answer' },
  { kind: 'stall' },
  { kind: 'status', status: 503, headers: { 'content-type': 'application/problem+json', 'retry-after': '1' }, body: problem },
  { kind: 'status', status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Wi-Fi of the train</h1>' },
];

/** How often a network that works is slow: then two senders of one entry would meet. */
const SLOW = 0.7;

/** An outbox that several tabs and forms of one browser empty while the network comes and goes. */
export async function flappingOutbox(room: ShopRoom, options: Flapping): Promise<FlappingOutcome> {
  const { seed, tabs, entries, flapMs, clock, limitMs } = options;
  const session = `flap-${seed}`;
  const random = seededRandom(seed);
  room.addForm(session);
  room.addPage(`/${session}-two`, {
    body: room.script + room.tag({ session, attributes: 'id="a"' }) + room.tag({ session, attributes: 'id="b"' }),
  });
  const context = await room.browser.playwright.newContext();
  await scaleClock(context, clock);
  let tries = 0;
  const started = performance.now();
  try {
    const prepared = await fillOutbox(room, context, session, entries - tabs - 1);
    const pages = await Promise.all(
      Array.from({ length: tabs }, (_, tab) => openTab(context, `${room.shop.url}/${session}${tab ? '' : '-two'}`)),
    );
    const forms = pages
      .flatMap((page, tab) => (tab ? [0] : [0, 1]).map((n) => new FormPage(page, page.locator('support-form').nth(n))))
      .map((form, n) => ({ form, subject: `Typed ${session} ${n}` }));
    for (const { form, subject } of forms) await form.fill({ subject });
    const subjects = [...prepared, ...forms.map(({ subject }) => subject)];
    context.on('request', (request) => (tries += Number(isTicket(request.method(), request.url()))));
    const network = flap(room, session, random, flapMs);
    try {
      await Promise.all(forms.map(({ form }) => form.send()));
      let told = new Map<string, string>();
      const untold = () => subjects.filter((subject) => !told.has(subject));
      await until(
        limitMs,
        async () => {
          told = await numbersIn(forms);
          return untold().length === 0 || undefined;
        },
        () =>
          `not told of ${untold()
            .map((subject) => `${subject} (${storedTickets(room.dataDir, subject).length} stored)`)
            .join()}`,
      );
      network.stop();
      const seen = room.proxy.seen(session);
      await until(
        limitMs,
        async () => seen.every(({ until }) => until !== null) || undefined,
        () => 'a request is still under way',
      );
      const posts = seen.filter(({ method, path }) => isTicket(method, path));
      return {
        seconds: (performance.now() - started) / 1_000,
        stored: new Map(subjects.map((subject) => [subject, storedTickets(room.dataDir, subject).map(({ number }) => number)])),
        told,
        tries,
        requests: Map.groupBy(posts, ({ headers }) => String(headers['idempotency-key'])),
        faults: Object.fromEntries([...Map.groupBy(posts, nameOf)].map(([name, struck]) => [name, struck.length])),
        flaps: network.flaps,
      };
    } finally {
      network.stop();
    }
  } finally {
    await context.close();
  }
}

/** Every message is one ticket, told as it is stored, and no entry was sent twice at a time. Returns what went on. */
export function assertOneTicketEach({ stored, told, tries, requests, faults, flaps, seconds }: FlappingOutcome): string {
  for (const [subject, numbers] of stored) assert.deepEqual(numbers, [told.get(subject)], subject);
  assert.equal(requests.size, stored.size, 'as many keys as messages');
  for (const [key, sent] of requests) assert.equal(mostAtOnce(sent), 1, `${key} is sent twice at a time`);
  assert.ok(tries <= 3 * stored.size, `${tries} tries`);
  assert.ok(tries > stored.size, 'the network was never down');
  return `${stored.size} entries, ${tries} tries in ${seconds.toFixed(1)} s, ${flaps} changes of the network: ${JSON.stringify(faults)}`;
}

/** The most requests of one entry that were under way at the same moment. */
function mostAtOnce(requests: Seen[]): number {
  return Math.max(...requests.map(({ from }) => requests.filter((other) => other.from <= from && (other.until ?? Infinity) > from).length));
}

/** Entries as the shop's page makes them: the first one is written and sent in vain, the others are copies with keys of their own. */
async function fillOutbox(room: ShopRoom, context: BrowserContext, session: string, count: number): Promise<string[]> {
  room.proxy.setRules(session, [{ match: 'POST /tickets', fault: { kind: 'drop' } }]);
  const subjects = Array.from({ length: count }, (_, n) => `Kept ${session} ${n}`);
  const form = new FormPage(await openTab(context, `${room.shop.url}/${session}`));
  await form.fill({ subject: subjects[0] as string });
  await form.send();
  await form.form.getByText('Saved on this device, not sent yet').waitFor();
  const [entry] = await keptEntries(form.page);
  if (!entry) throw new Error('nothing is kept of a message that was not sent');
  await putEntries(
    form.page,
    subjects.slice(1).map((subject) => anotherLike(entry, subject)),
  );
  await form.page.close();
  return subjects;
}

async function openTab(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** Breaks and mends the way of a session, in one way after the other, until it is told to stop: then it stays mended. */
function flap(room: ShopRoom, session: string, random: () => number, meanMs: number) {
  const network = { flaps: 0, stop };
  let timer: NodeJS.Timeout;
  const change = () => {
    const fault = DOWN[Math.floor(random() * DOWN.length)] as Fault;
    if (network.flaps++ % 2 === 0) room.proxy.setRules(session, [{ match: '* /', fault }]);
    else room.proxy.setRules(session, random() < SLOW ? [{ match: 'POST /tickets', fault: { kind: 'hold-answer' } }] : []);
    timer = setTimeout(change, meanMs * (0.5 + random()));
  };
  function stop() {
    clearTimeout(timer);
    room.proxy.setRules(session, []);
  }
  change();
  return network;
}

async function numbersIn(forms: { subject: string; form: FormPage }[]): Promise<Map<string, string>> {
  const numbers = new Map<string, string>();
  const [first] = forms;
  for (const { receipt, values } of first ? await keptEntries(first.form.page) : [])
    if (receipt?.ticket) numbers.set(values['subject'] ?? '', receipt.ticket.number);
  for (const { subject, form } of forms) {
    const number = form.form.locator('[part=number]');
    if (await number.count()) numbers.set(subject, (await number.innerText()).trim());
  }
  return numbers;
}

async function until<T>(limitMs: number, look: () => Promise<T | undefined>, why: () => string): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`not within ${limitMs} ms: ${why()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const isTicket = (method: string, address: string): boolean => method === 'POST' && address.endsWith('/tickets');

const nameOf = ({ fault, status }: Seen): string => (fault === 'status' ? `status ${status}` : fault);
