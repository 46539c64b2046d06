import { launchChromium } from '../chromium.ts';
import type {} from './in-page.ts';
import { startLookPages } from './look-page.ts';
import { randomTheme } from './random-theme.ts';

/** One state of each element that shows what no other of these does. */
const SCENES = ['errors', 'files', 'sending', 'secret', 'waiting', 'receipt', 'broken', 'tracker', 'late', 'vault', 'launcher', 'corner'];
/** A page that takes this long for one theme does not get ready at all. */
const LIMIT_MS = 60_000;

export interface ThemeTrials {
  /** Ratios that were measured, in all themes together. */
  ratios: number;
  /** What could not be seen well enough, each with the seed of its theme. */
  failures: string[];
}

/** Shows every element on the random theme of each seed, one after the other in one page, and measures what is seen. */
export async function tryThemes(seeds: Iterable<number>, theme = 'auto'): Promise<ThemeTrials> {
  const [pages, browser] = await Promise.all([startLookPages(), launchChromium()]);
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 900 } });
    page.setDefaultTimeout(LIMIT_MS);
    const body = '<p>Read <a href="/terms">our terms</a> first.</p><button class="btn-primary">Buy</button>';
    await page.goto(pages.add('/themes', { head: '<style></style>', body }));
    await page.evaluate(
      async ([names, attributes]) => {
        await look.show(document.querySelector('main')!, names, attributes);
        look.openStates(document.querySelectorAll('main section > *'));
      },
      [SCENES, { theme }] as const,
    );
    const trials: ThemeTrials = { ratios: 0, failures: [] };
    for (const seed of seeds) {
      const found = await page.evaluate(async ({ css, scheme }) => {
        document.documentElement.style.colorScheme = scheme;
        document.querySelector('head > style')!.textContent = css;
        const frame = () => new Promise(requestAnimationFrame);
        // what follows the page reads it in the frame after
        await frame();
        await frame();
        const hosts = document.querySelectorAll('main section > *');
        const ratios = look.measureRoles(hosts);
        return { count: ratios.length, small: ratios.filter(({ ratio, least }) => ratio < least), type: look.typeOf(hosts) };
      }, randomTheme(seed));
      trials.ratios += found.count;
      for (const { what, ratio, least, colours } of found.small)
        trials.failures.push(`theme ${seed}: ${what} ${ratio.toFixed(2)} < ${least}: ${colours}`);
      for (const problem of found.type) trials.failures.push(`theme ${seed}: ${problem}`);
    }
    return trials;
  } finally {
    await Promise.all([browser.close(), pages.close()]);
  }
}
