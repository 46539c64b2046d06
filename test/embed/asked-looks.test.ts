import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import type {} from '../support/look/in-page.ts';
import { startLookPages, type LookPages } from '../support/look/look-page.ts';

describe('what a person asks of every page', () => {
  let pages: LookPages;
  let browser: Browser;

  before(async () => {
    [pages, browser] = await Promise.all([startLookPages(), launchChromium()]);
  });
  after(() => Promise.all([browser?.close(), pages?.close()]));

  async function open(scenes: string[], options: BrowserContextOptions = {}, css = ''): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 900, height: 900 }, ...options });
    await page.goto(pages.add('/asked', { head: `<style>body { margin: 0 } ${css}</style>` }));
    await page.evaluate((names) => look.show(document.querySelector('main')!, names), scenes);
    return page;
  }

  /** A computed value of the first element that a selector finds, the last step below the roots of those before. */
  const styleOf = (page: Page, property: string, ...path: string[]) =>
    page.evaluate(
      ([name, steps]) => {
        let root: ParentNode = document;
        for (const step of steps.slice(0, -1)) root = root.querySelector(step)!.shadowRoot!;
        return getComputedStyle(root.querySelector(steps.at(-1)!)!).getPropertyValue(name);
      },
      [property, path] as const,
    );

  it('forced colours: a wrong field, a chosen contact, a bar, a badge and the send button have their edges', async () => {
    const page = await open(['errors', 'files', 'list'], { forcedColors: 'active' });
    const edge = async (kind: string, ...path: string[]) => [
      await styleOf(page, `${kind}-style`, ...path),
      parseFloat(await styleOf(page, `${kind}-width`, ...path)) > 0,
      (await styleOf(page, `${kind}-color`, ...path)) !== 'rgba(0, 0, 0, 0)',
    ];
    const solid = ['solid', true, true];
    assert.deepEqual(await edge('outline', '#errors support-form', 'support-field[id="subject"]', '[part=control]'), solid);
    assert.deepEqual(await edge('outline', '#files support-form', '.cards label:has(:checked)'), solid);
    assert.equal(await styleOf(page, 'outline-style', '#files support-form', '.cards label:not(:has(:checked))'), 'none');
    assert.deepEqual(await edge('border-top', '#files support-form', 'support-attachments', 'progress'), solid);
    assert.deepEqual(await edge('border-top', '#files support-form', '[part=submit]'), solid);
    assert.deepEqual(await edge('border-top', '#list support-tracker', '.badge'), solid);
    await page.close();
  });

  it('more contrast: borders and lines are as strong as the text', async () => {
    const page = await open(['empty'], { contrast: 'more' });
    const control = ['support-form', 'support-field[id="subject"]', '[part=control]'];
    assert.equal(await styleOf(page, 'border-top-color', ...control), await styleOf(page, 'color', ...control));
    await page.close();
    const usual = await open(['empty']);
    assert.notEqual(await styleOf(usual, 'border-top-color', ...control), await styleOf(usual, 'color', ...control));
    await usual.close();
  });

  it('less motion: nothing moves', async () => {
    const page = await open(['dialog', 'files'], { reducedMotion: 'reduce' });
    assert.deepEqual(await page.evaluate(() => document.getAnimations().length), 0);
    assert.equal(await styleOf(page, 'animation-name', 'support-launcher', '.sheet'), 'none');
    await page.close();
  });

  it('paper: a receipt has its number and no buttons', async () => {
    const page = await open(['receipt']);
    await page.emulateMedia({ media: 'print' });
    const form = page.locator('support-form');
    assert.ok(await form.locator('[part=number]').isVisible());
    assert.equal(await form.locator('button').filter({ visible: true }).count(), 0);
    await page.close();
  });

  it('little room: 280 px are enough for each, in a wide window', async () => {
    const page = await open(['errors', 'files', 'waiting', 'receipt', 'tracker', 'late', 'vault'], {}, 'main { inline-size: 280px }');
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('main section > *')]
        .filter((host) => {
          const base = host.shadowRoot!.querySelector('[part=base]')!;
          return base.scrollWidth > base.clientWidth || host.getBoundingClientRect().width > 280.5;
        })
        .map((host) => host.parentElement!.id),
    );
    assert.deepEqual(wide, []);
    await page.close();
  });

  it('less room between things: at the compact density controls are lower, and still 24 px and more', async () => {
    const page = await open(['empty'], {}, 'support-form { --support-density: 0.75 }');
    const height = parseFloat(await styleOf(page, 'block-size', 'support-form', '[part=submit]'));
    assert.ok(height >= 24 && height < 44, `${height} px`);
    await page.close();
  });
});
