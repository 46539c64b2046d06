import type { CDPSession, Page } from 'playwright-core';
import { launchWholeChromium } from '../support/chromium.ts';
import { startServer } from '../support/server-process.ts';
import { startShop } from '../support/shop-server.ts';
import { openDesks } from '../support/desks.ts';
import { observePage, readSeen } from './observe-page.ts';
import { median } from './process-cost.ts';
import { table } from './table.ts';

const ROUNDS = 7;
const THROTTLE = 4;

interface Cost {
  script: number;
  task: number;
  longTasks: number;
  longest: number;
  shift: number;
}

const shopPage = (tag: string) => `<!doctype html><html lang="en"><title>Shop</title><meta name="viewport" content="width=device-width">
<style>body{font:16px/1.5 sans-serif}support-form{display:block;min-block-size:60rem}</style>
<h1>Lamp</h1>${'<p>A lamp that reads with you until the last page, and then some.</p>'.repeat(4)}${tag}`;

async function read(page: Page, cdp: CDPSession): Promise<Cost> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name: string) => (metrics.find((m) => m.name === name)?.value ?? NaN) * 1_000;
  const seen = await readSeen(page);
  return {
    script: metric('ScriptDuration'),
    task: metric('TaskDuration'),
    longTasks: seen.longTasks.length,
    longest: Math.max(0, ...seen.longTasks),
    shift: seen.shift,
  };
}

/** Script time, long tasks and layout shift of a page with our tag, processor slowed down, beside the same page without it. */
export async function benchPageCost(): Promise<void> {
  const server = await startServer({ config: openDesks() });
  const script = `<script type="module" src="${server.url}/embed.js"></script>`;
  const form = `<support-form endpoint="${server.url}" desk="open"></support-form>`;
  const shop = await startShop({
    '/without': { html: shopPage('') },
    '/below': { html: shopPage(`<div style="block-size:6000px"></div>${script}${form}`) },
    '/in-view': { html: shopPage(`${script}${form}`) },
  });
  const browser = await launchWholeChromium();
  const costs = new Map<string, Cost[]>();
  const note = (name: string, cost: Cost) => costs.set(name, [...(costs.get(name) ?? []), cost]);
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const [path, name] of [
        ['/without', 'page without the tag'],
        ['/below', 'tag below the fold, nothing touched'],
        ['/in-view', 'form in view, ready'],
      ] as const) {
        const context = await browser.newContext({ viewport: { width: 412, height: 915 } });
        const page = await context.newPage();
        const cdp = await context.newCDPSession(page);
        await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
        await cdp.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
        await page.addInitScript(observePage);
        await page.goto(shop.url + path, { waitUntil: 'load' });
        if (path === '/in-view') await page.getByRole('textbox').first().waitFor();
        await page.waitForTimeout(1_500);
        note(name, await read(page, cdp));
        if (path === '/in-view') {
          await page.getByRole('textbox').first().focus();
          await page.waitForLoadState('networkidle');
          await page.waitForTimeout(2_000);
          note('… and first field focused', await read(page, cdp));
        }
        await context.close();
      }
    }
  } finally {
    await browser.close();
    await shop.close();
    await server.stop();
  }
  const of = (list: Cost[], pick: (cost: Cost) => number) => median(list.map(pick));
  table(
    `Page cost in Chromium, CPU slowed ${THROTTLE} times, 412 x 915, median of ${ROUNDS}`,
    ['moment', 'script ms', 'all main-thread ms', 'long tasks', 'longest ms', 'layout shift'],
    [...costs].map(([name, list]) => [
      name,
      of(list, (c) => c.script).toFixed(1),
      of(list, (c) => c.task).toFixed(1),
      of(list, (c) => c.longTasks).toFixed(0),
      of(list, (c) => c.longest).toFixed(0),
      of(list, (c) => c.shift).toFixed(4),
    ]),
  );
}
