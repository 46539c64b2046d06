import type { Page } from 'playwright-core';
import { anotherLike, keptEntries, putEntries } from '../support/kept-entries.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { median } from './process-cost.ts';
import { table } from './table.ts';

const ENTRIES = 1_000;
const ROUNDS = 5;
const TARGET_MS = 100;

interface Opened {
  /** From the call that opens the database until every entry has been handed over. */
  read: number;
  /** From the start of the navigation until the form can be written in. */
  usable: number;
  /** From the start of the navigation until the list of what waits is shown. */
  listed: number;
}

/** Runs before the page's scripts: how long the first read of all entries takes, the opening of its database included. */
function observe(): void {
  const seen = { read: 0, usable: 0, listed: 0 };
  Object.defineProperty(globalThis, '__outbox', { value: seen });
  const asked = new WeakMap<IDBDatabase, number>();
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...given) {
    const now = performance.now();
    const request = open.apply(this, given);
    request.addEventListener('success', () => asked.set(request.result, now));
    return request;
  };
  const { getAll } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.getAll = function (...given) {
    const request = getAll.apply(this, given);
    const since = asked.get(this.transaction.db) ?? NaN;
    if (this.name === 'entries')
      request.addEventListener('success', () => (seen.read ||= request.result.length && performance.now() - since));
    return request;
  };
  const look = () => {
    const form = document.querySelector('support-form')?.shadowRoot;
    if (form?.querySelector('support-field')) seen.usable ||= performance.now();
    if (form?.querySelector('[part=waiting]')) seen.listed ||= performance.now();
    if (!seen.listed) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** How long the first page of a new browser process takes to read an outbox of a thousand messages. */
export async function benchOutbox(): Promise<void> {
  const room = await ShopRoom.open({ profile: true });
  const opened: Opened[] = [];
  try {
    room.addForm('kept');
    await fill(room);
    for (let round = 0; round < ROUNDS; round++) {
      await room.reopen();
      const page = await room.browser.newPage();
      await page.addInitScript(observe);
      await page.goto(`${room.shop.url}/kept`);
      await page.locator('support-form [part=waiting]').waitFor();
      opened.push(await read(page));
    }
  } finally {
    await room.close();
  }
  const row = (name: string, pick: (one: Opened) => number, target = '') => [
    name,
    median(opened.map(pick)).toFixed(1),
    Math.max(...opened.map(pick)).toFixed(1),
    target,
  ];
  table(
    `An outbox of ${ENTRIES} entries in a new Chromium process, ${ROUNDS} times`,
    ['moment', 'median ms', 'most ms', 'target ms'],
    [
      row('database opened and every entry read', ({ read: ms }) => ms, String(TARGET_MS)),
      row('form can be written in, from navigation', ({ usable }) => usable),
      row('list of what waits shown, from navigation', ({ listed }) => listed),
    ],
  );
}

/** One message as the shop's page keeps it, and copies of it. Nothing can be sent meanwhile. */
async function fill(room: ShopRoom): Promise<void> {
  room.proxy.setRules('kept', [{ match: 'POST /tickets', fault: { kind: 'drop' } }]);
  const form = await room.openForm('/kept');
  await form.fill({ subject: 'Kept 0', message: 'It flickers after ten minutes, whatever the socket. '.repeat(20) });
  await form.send();
  await form.form.getByText('Saved on this device, not sent yet').waitFor();
  const [entry] = await keptEntries(form.page);
  if (!entry) throw new Error('nothing is kept of a message that was not sent');
  await putEntries(
    form.page,
    Array.from({ length: ENTRIES - 1 }, (_, n) => anotherLike(entry, `Kept ${n + 1}`)),
  );
  await form.page.close();
}

function read(page: Page): Promise<Opened> {
  return page.evaluate(() => (globalThis as unknown as { __outbox: Opened }).__outbox);
}
