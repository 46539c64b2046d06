import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { checkLayout, faultsIn, someViews, VIEWS } from '../support/layout.ts';
import { checkAxe, checkDressed, checkReached, DRESSES, someDresses } from '../support/state-check.ts';
import { STATES, type State } from '../support/states.ts';
import { serveStories, type StoryPages } from '../support/story-pages.ts';

const AT_ONCE = 2;
const whole = process.env['TRIALS'] === 'all';

describe('the states of the elements', { timeout: 1_800_000 }, () => {
  let browser: Browser;
  let stories: StoryPages;
  const idle: Page[] = [];

  before(async () => {
    [stories, browser] = await Promise.all([serveStories(), launchChromium()]);
    for (let n = 0; n < AT_ONCE; n++) idle.push(await stories.newPage(browser));
  });
  after(async () => {
    await browser?.close();
    await stories?.close();
  });

  /** One page for each story that is looked at now. */
  async function onPage(work: (page: Page) => Promise<void>): Promise<void> {
    const page = idle.pop() as Page;
    try {
      await work(page);
    } finally {
      idle.push(page);
    }
  }
  const empty = STATES.find(({ name }) => name === 'support-form: empty') as State;
  const plain = DRESSES[0] as (typeof DRESSES)[number];

  it('are all stories that there are, each with a name of its own', () => {
    const listed = STATES.map(({ story }) => story).filter((story) => story !== undefined);
    const told = stories.entries.filter(({ type }) => type === 'story').map(({ id }) => id);
    assert.deepEqual(listed.toSorted(), told.toSorted());
    assert.equal(new Set(STATES.map(({ name }) => name)).size, STATES.length);
  });

  it('are told from one another, and what is wrong with one is found', () =>
    onPage(async (page) => {
      await stories.open(page, 'support-form--empty');
      await checkReached(page, empty);
      const other = STATES.find(({ name }) => name === 'support-form: receipt') as State;
      await assert.rejects(checkReached(page, other, 0), /the markers that hold/);
      await assert.rejects(checkReached(page, { ...empty, marker: '[part=number]' }, 0), /the markers that hold/);
      await checkAxe(page, empty, plain);
      const stale = { rule: 'color-contrast', where: 'h2', says: '', seen: empty.name, why: '' };
      await assert.rejects(checkAxe(page, empty, plain, [stale]), /is not there/);
      const heading = page.locator('support-form').locator('h2');
      await heading.evaluate((element) => (element.style.backgroundImage = 'linear-gradient(red, blue)'));
      await assert.rejects(checkAxe(page, empty, plain), /nobody has explained/);
      await checkAxe(page, empty, plain, [stale]);
      await page
        .locator('support-form')
        .locator('support-field#subject input')
        .evaluate((input) => input.removeAttribute('id'));
      await assert.rejects(checkAxe(page, empty, plain, [stale]), /what axe finds/);
    }));

  it('are measured: what does not fit is found', () =>
    onPage(async (page) => {
      const [phone] = VIEWS as [(typeof VIEWS)[number]];
      const broken: [string, string, Record<string, string>][] = [
        ['the page scrolls sideways', '[part=heading]', { width: '800px' }],
        ['cut off', '[part=heading]', { height: '10px', overflow: 'hidden' }],
        ['cut off', '[part=heading]', { width: '3em', overflow: 'hidden', 'white-space': 'nowrap' }],
        ['text out of its box', '[part=heading]', { width: '3em', 'white-space': 'nowrap' }],
        ['lies over something else', '[part=heading]', { position: 'relative', top: '70px' }],
        ['beside the page', '[part=heading]', { 'margin-left': '-60px' }],
        ['out of the box around it', '[part=pick], .pick', { 'margin-left': '330px' }],
        ['a target too small', '.cards label', { height: '12px', width: '12px', overflow: 'hidden', padding: '0' }],
        ['lower than 44 px', '[part=submit]', { 'min-height': '40px', height: '40px' }],
      ];
      await stories.open(page, empty.story as string);
      const heading = page.locator('support-form').locator('[part=heading]');
      const spacing = () => heading.evaluate((element) => getComputedStyle(element).letterSpacing);
      const before = await spacing();
      for (const view of VIEWS) await faultsIn(page, view, empty.within);
      assert.equal(await spacing(), before, 'a page is left as it was found');
      assert.deepEqual(await faultsIn(page, phone, empty.within), []);
      for (const [what, selector, styles] of broken) {
        const parts = await page.locator('support-form').locator(selector).all();
        const set = (given: Record<string, string>) =>
          Promise.all(
            parts.map((part) =>
              part.evaluate(
                (element: HTMLElement, css) =>
                  Object.entries(css).forEach(([name, value]) => element.style.setProperty(name, value, 'important')),
                given,
              ),
            ),
          );
        await set(styles);
        const found = await faultsIn(page, phone, empty.within);
        assert.ok(
          found.some((fault) => fault.what === what),
          `${what}: ${JSON.stringify(found)}`,
        );
        for (const part of parts) await part.evaluate((element) => element.removeAttribute('style'));
      }
    }));

  describe('are reached, axe finds nothing, and all of it fits', { concurrency: AT_ONCE }, () => {
    for (const state of STATES)
      if (state.story)
        it(state.name, () =>
          onPage(async (page) => {
            await stories.open(page, state.story as string);
            await checkDressed(page, state, whole ? DRESSES : someDresses(state), () => checkLayout(page, state, someViews(state)));
          }),
        );
  });

  it('are described on pages that are drawn', () =>
    onPage(async (page) => {
      for (const { id, type } of stories.entries) if (type === 'docs') await stories.openDocs(page, id);
    }));
});
