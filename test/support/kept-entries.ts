import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Entry } from '../../packages/elements/dist/outbox/entry.js';
import { STEP_LIMIT_MS } from './chromium.ts';
import { readKept } from './kept-here.ts';

const DATABASE = 'storefront-support-outbox';

/** What the browser of a page keeps of messages, of all backends of the page's origin; empty where it keeps nothing. */
export async function keptEntries(page: Page): Promise<Entry[]> {
  return ((await readKept(page)).stores['entries'] ?? []) as Entry[];
}

/** Waits until the bytes of a file are on the device, and not its name alone. */
export async function fileIsKept(page: Page): Promise<void> {
  const end = Date.now() + STEP_LIMIT_MS;
  while (!(await readKept(page)).stores['contents']?.length) {
    assert.ok(Date.now() < end, 'no file is kept');
    await page.waitForTimeout(20);
  }
}

/** Overwrites or adds entries in a database that the shop's page has made before. */
export function putEntries(page: Page, entries: Entry[]): Promise<void> {
  return page.evaluate(putAll, { name: DATABASE, entries });
}

/** A message like this one, as the same page would have made it: with keys of its own. */
export function anotherLike(entry: Entry, subject: string): Entry {
  const random = (bytes: number) => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('base64url');
  const draft = entry.draft && { ...entry.draft, subject };
  return {
    ...entry,
    id: random(16),
    secret: random(32),
    values: { ...entry.values, subject },
    draft,
    tried: entry.tried.length && draft ? [draft] : [],
  };
}

/** Runs in the page. */
function putAll({ name, entries }: { name: string; entries: Entry[] }): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => reject(opening.error!);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(['entries'], 'readwrite');
      for (const entry of entries) transaction.objectStore('entries').put(entry);
      transaction.onabort = () => reject(transaction.error!);
      transaction.oncomplete = () => {
        database.close();
        resolve();
      };
    };
  });
}
