import type { BrowserContext, Page } from 'playwright-core';

/** A browser that keeps nothing for a page, or not all of it. */
export interface HostileStorage {
  name: string;
  /** Runs in every document before the page's own scripts. */
  script?: () => void;
  /** Runs before the form is opened; `page` shows a page of the shop without a form. */
  prepare?: (page: Page, context: BrowserContext) => Promise<unknown>;
  /** False where the message is kept all the same, so that there is nothing to say. */
  keepsNothing: boolean;
}

const NAME = 'storefront-support-outbox';

const quota = (bytes: number) => async (page: Page) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: bytes });
};

export const HOSTILE_STORAGES: HostileStorage[] = [
  {
    name: 'indexedDB that throws when it is read',
    keepsNothing: true,
    script: () =>
      Object.defineProperty(window, 'indexedDB', {
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      }),
  },
  {
    name: 'indexedDB that is null',
    keepsNothing: true,
    script: () => Object.defineProperty(window, 'indexedDB', { value: null }),
  },
  {
    name: 'no indexedDB at all',
    keepsNothing: true,
    script: () => {
      delete (Window.prototype as { indexedDB?: unknown }).indexedDB;
      delete (window as { indexedDB?: unknown }).indexedDB;
    },
  },
  {
    name: 'an open() that throws',
    keepsNothing: true,
    script: () => {
      IDBFactory.prototype.open = IDBFactory.prototype.databases = () => {
        throw new DOMException('Access is denied.', 'SecurityError');
      };
    },
  },
  {
    name: 'a private window of old, where every open() ends in an error and nothing is listed',
    keepsNothing: true,
    script: () => {
      const { open } = IDBFactory.prototype;
      delete (IDBFactory.prototype as { databases?: unknown }).databases;
      IDBFactory.prototype.open = function () {
        const request = open.call(this, `private ${Math.random()}`, 1);
        request.addEventListener('upgradeneeded', (event) => {
          event.stopImmediatePropagation();
          request.transaction?.abort();
        });
        return request;
      };
    },
  },
  { name: 'a quota of one byte', keepsNothing: true, prepare: quota(1) },
  {
    name: 'a database of a newer version',
    keepsNothing: true,
    prepare: (page) =>
      page.evaluate(
        (name) =>
          new Promise<void>((resolve) => {
            const opening = indexedDB.open(name, 99);
            opening.onsuccess = () => {
              opening.result.close();
              resolve();
            };
          }),
        NAME,
      ),
  },
  {
    name: 'an open() that never answers',
    keepsNothing: true,
    prepare: (page) =>
      page.evaluate(
        (name) =>
          new Promise<void>((resolve) => {
            const opening = indexedDB.open(name, 1);
            opening.onsuccess = () => {
              // blocked for as long as this page is there, and everybody else behind it
              indexedDB.deleteDatabase(name).onblocked = () => resolve();
            };
          }),
        NAME,
      ),
  },
  {
    name: 'no BroadcastChannel',
    keepsNothing: false,
    script: () => void delete (window as { BroadcastChannel?: unknown }).BroadcastChannel,
  },
  {
    name: 'a BroadcastChannel that throws',
    keepsNothing: false,
    script: () => {
      window.BroadcastChannel = class {
        constructor() {
          throw new DOMException('Access is denied.', 'SecurityError');
        }
      } as unknown as typeof BroadcastChannel;
    },
  },
  {
    name: 'locks that are refused',
    keepsNothing: true,
    script: () => {
      LockManager.prototype.request = LockManager.prototype.query = () =>
        Promise.reject(new DOMException('Access is denied.', 'SecurityError'));
    },
  },
];
