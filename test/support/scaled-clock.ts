import type { BrowserContext, Page } from 'playwright-core';

/**
 * Makes the clocks of every document of a page or context run `factor` times as fast: `Date`, `performance.now()`, `setTimeout`
 * and `setInterval`. All pages scaled in one process agree on the time, as they do in life. What the browser times itself, such
 * as a network timeout of its own, keeps its pace. Call it before the first navigation.
 *
 * @param real delays in milliseconds that keep their pace, too: what guards against a platform that does not answer.
 */
export function scaleClock(target: Page | BrowserContext, factor: number, real: number[] = []): Promise<unknown> {
  return target.addInitScript(speedUp, { factor, epoch: EPOCH, real });
}

const EPOCH = Date.now();

/** Runs in the page. */
function speedUp({ factor, epoch, real: unscaled }: { factor: number; epoch: number; real: number[] }): void {
  const RealDate = Date;
  const realNow = performance.now.bind(performance);
  const now = () => Math.round(epoch + (RealDate.now() - epoch) * factor);
  globalThis.Date = class extends RealDate {
    constructor(...given: unknown[]) {
      super(...((given.length ? given : [now()]) as [number]));
    }
    static override now = now;
  } as DateConstructor;
  performance.now = () => realNow() * factor;
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const real = globalThis[name].bind(globalThis) as (handler: TimerHandler, delay?: number, ...given: unknown[]) => number;
    Object.assign(globalThis, {
      [name]: (handler: TimerHandler, delay = 0, ...given: unknown[]) =>
        real(handler, unscaled.includes(delay) ? delay : delay / factor, ...given),
    });
  }
}
