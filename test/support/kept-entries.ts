import type { Page } from 'playwright-core';
import type { Entry } from '../../packages/elements/dist/outbox/entry.js';

const DATABASE = 'storefront-support-outbox';

/** What the browser of a page keeps of messages, of all backends of the page's origin; empty where it keeps nothing. */
export function keptEntries(page: Page): Promise<Entry[]> {
  return page.evaluate(readAll, DATABASE);
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
async function readAll(name: string): Promise<Entry[]> {
  if (!(await indexedDB.databases()).some((database) => database.name === name)) return [];
  return new Promise((resolve) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => resolve([]);
    // gone in between: it is not made anew
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onsuccess = () => {
      const database = opening.result;
      database.onversionchange = () => database.close();
      const request = database.transaction(['entries']).objectStore('entries').getAll();
      request.onsuccess = () => {
        database.close();
        resolve(request.result as Entry[]);
      };
    };
  });
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
