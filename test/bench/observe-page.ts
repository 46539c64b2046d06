import type { Page } from 'playwright-core';

/** Runs before any script of the page: what the browser itself reports on long tasks and layout shifts. */
export const observePage = () => {
  const seen = { longTasks: [] as number[], shift: 0 };
  Object.defineProperty(globalThis, '__seen', { value: seen });
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => seen.longTasks.push(duration))).observe({
    type: 'longtask',
    buffered: true,
  });
  new PerformanceObserver((list) =>
    list.getEntries().forEach((entry) => {
      const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
      if (!hadRecentInput) seen.shift += value;
    }),
  ).observe({ type: 'layout-shift', buffered: true });
};

/** What has been seen so far: milliseconds of every long task, and how far the layout shifted. */
export function readSeen(page: Page): Promise<{ longTasks: number[]; shift: number }> {
  return page.evaluate(() => (globalThis as unknown as { __seen: { longTasks: number[]; shift: number } }).__seen);
}
