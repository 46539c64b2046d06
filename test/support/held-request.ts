import type { Page } from 'playwright-core';

/** A request that has not gone out yet. */
export interface Held {
  /** Resolves once the page has asked. */
  asked: Promise<unknown>;
  /** Lets the question through, and waits until the page has the answer. */
  letThrough(): Promise<void>;
}

/** Holds back the first request of a kind, as a slow line does. */
export async function hold(page: Page, method: string, address: RegExp): Promise<Held> {
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  let taken = false;
  let ask: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (ask = resolve));
  let answered: Promise<unknown> | undefined;
  await page.route(address, async (route, request) => {
    if (taken || request.method() !== method) return route.fallback();
    taken = true;
    answered = Promise.race([
      page.waitForEvent('requestfinished', (done) => done === request),
      page.waitForEvent('requestfailed', (failed) => failed === request),
    ]);
    ask();
    await gate;
    // the page may not want it any more
    await route.continue().catch(() => undefined);
  });
  return {
    asked,
    async letThrough() {
      letGo();
      await answered;
    },
  };
}
