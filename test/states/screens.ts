import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { checkReached, dress, DRESSES, nameOf } from '../support/state-check.ts';
import { STATES, type State } from '../support/states.ts';
import { serveStories } from '../support/story-pages.ts';
import { walkInbox } from './inbox-walk.ts';
import { walkShop } from './shop-walk.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../dist/screens');
const WIDTHS = [390, 1280] as const;
const HEIGHT = 844;
const AT_ONCE = 2;

const fileOf = (name: string) => name.replaceAll(/\W+/g, '-');
const VARIANTS = WIDTHS.flatMap((width) => DRESSES.map((worn) => ({ width, worn, key: `${width} ${nameOf(worn)}` })));

/**
 * Takes pictures of the states whose names have one of the words, all without words, and writes a sheet of them.
 *
 * @returns whether every state was reached.
 */
export async function takeScreens(words: readonly string[]): Promise<boolean> {
  const wanted = STATES.filter(({ name }) => !words.length || words.some((word) => name.includes(word)));
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const taken: State[] = [];
  const take = async (page: Page, state: State) => {
    await checkReached(page, state);
    const before = page.viewportSize();
    for (const { width, worn, key } of VARIANTS) {
      await page.setViewportSize({ width, height: HEIGHT });
      await dress(page, state, worn);
      await page.screenshot({ path: path.join(FOLDER, `${fileOf(state.name)}-${fileOf(key)}.png`), fullPage: true });
    }
    if (before) await page.setViewportSize(before);
    await dress(page, state, DRESSES[0] as (typeof DRESSES)[number]);
    taken.push(state);
    console.log(state.name);
  };
  await takeStories(
    wanted.filter(({ story }) => story),
    take,
  );
  for (const [walk, pages] of [
    [walkInbox, ['inbox']],
    [walkShop, ['server', 'form page', 'doctor', 'shop page', 'vault page', 'agents’ vault']],
  ] as const)
    if (wanted.some(({ of }) => (pages as readonly string[]).includes(of)))
      await walk(async (name, page) => {
        const state = wanted.find((one) => one.name === name);
        if (state) await take(page, state);
      });
  await writeFile(path.join(FOLDER, 'index.html'), sheet(STATES.filter((state) => taken.includes(state))));
  const missing = wanted.filter((state) => !taken.includes(state)).map(({ name }) => name);
  console.log(`${taken.length} states, ${taken.length * VARIANTS.length} pictures: ${path.join(FOLDER, 'index.html')}`);
  if (missing.length) console.error(`not reached: ${missing.join(', ')}`);
  return !missing.length;
}

async function takeStories(states: State[], take: (page: Page, state: State) => Promise<void>): Promise<void> {
  if (!states.length) return;
  const stories = await serveStories();
  const browser = await launchChromium();
  const waiting = [...states];
  const work = async () => {
    const page = await stories.newPage(browser);
    for (let state = waiting.shift(); state; state = waiting.shift())
      try {
        await stories.open(page, state.story as string);
        await take(page, state);
      } catch (error) {
        console.error(`${state.name}: ${(error as Error).message}`);
      }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await browser.close();
  await stories.close();
}

/** All pictures on one page; boxes choose which of the twelve are shown. */
function sheet(states: readonly State[]): string {
  const shown = new Set(['390 ltr light', '390 rtl dark', '1280 ltr light']);
  const boxes = VARIANTS.map(({ key }) => {
    const id = fileOf(key);
    return `<label><input type="checkbox" id="${id}"${shown.has(key) ? ' checked' : ''}> ${key}</label>`;
  });
  const rules = VARIANTS.map(
    ({ key }) => `:root:not(:has(#\\3${fileOf(key)[0]} ${fileOf(key).slice(1)}:checked)) [data-key="${key}"] { display: none }`,
  );
  const rows = states.map(({ name }) => {
    const pictures = VARIANTS.map(({ key, width }) => {
      const file = `${fileOf(name)}-${fileOf(key)}.png`;
      return `<figure data-key="${key}" class="w${width}"><a href="${file}"><img src="${file}" alt="${name}, ${key}" loading="lazy"></a><figcaption>${key}</figcaption></figure>`;
    });
    return `<section><h2>${name}</h2><div>${pictures.join('')}</div></section>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${states.length} states</title>
<style>
body { margin: 0; padding: 0 1rem 4rem; font: 15px/1.5 system-ui, sans-serif; background: #e9ebee; }
header { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: .75rem 0; background: inherit; }
h2 { margin: 2rem 0 .5rem; font-size: 1rem; }
section div { display: flex; flex-wrap: wrap; align-items: start; gap: 1rem; }
figure { margin: 0; }
figcaption { font-size: .8rem; color: #57606b; }
img { display: block; max-inline-size: 100%; border: 1px solid #c5cad1; background: #fff; }
.w390 img { inline-size: 260px; }
.w1280 img { inline-size: 560px; }
${rules.join('\n')}
</style>
<header>${boxes.join('')}</header>
<main><h1>${states.length} states</h1>${rows.join('\n')}</main>
</html>
`;
}
