import type { Page } from 'playwright-core';
import { anotherLike, keptEntries, putEntries } from '../support/kept-entries.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { median } from './process-cost.ts';
import { table } from './table.ts';

const ENTRIES = 1_000;
const ROUNDS = 5;
const TARGET_MS = 100;

interface Opened {
  /** From the first call that opens the database until every entry has been handed over. */
  read: number;
  /** From the start of the navigation until the form can be written in. */
  usable: number;
  /** From the start of the navigation until the list of what waits is shown. */
  listed: number;
}

/** Runs before the page's scripts: when the database is opened first, and when a read of all entries has come back. */
function observe(): void {
  const seen = { asked: 0, read: 0, usable: 0, listed: 0 };
  Object.defineProperty(globalThis, '__outbox', { value: seen });
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...given) {
    seen.asked ||= performance.now();
    return open.apply(this, given);
  };
  const { getAll } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.getAll = function (...given) {
    const request = getAll.apply(this, given);
    if (this.name === 'entries') request.addEventListener('success', () => (seen.read ||= performance.now()));
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

async function read(page: Page): Promise<Opened> {
  const {
    asked,
    read: last,
    usable,
    listed,
  } = await page.evaluate(
    () => (globalThis as unknown as { __outbox: { asked: number; read: number; usable: number; listed: number } }).__outbox,
  );
  return { read: last - asked, usable, listed };
}
