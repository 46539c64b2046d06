import assert from 'node:assert/strict';
import type { CDPSession, Page } from 'playwright-core';
import { findFaults, type Fault } from './layout-faults.ts';
import { STATES, type State } from './states.ts';

/** Which states are looked at where not all are; twelve seeds look at all of them in every way. */
const SEED = Number(process.env['SEED'] ?? 0);

/** What it shows are names of an interface: they are as long in every language. */
const OF_ITS_WORDS = ['server: interface'];

/** A way in which somebody looks at a page. */
export interface View {
  name: string;
  width: number;
  height: number;
  /** Device pixels per pixel. */
  scale?: number;
  /** Font size of the root element. */
  text?: string;
  /** Distances of letters, words, lines and paragraphs of WCAG 1.4.12. */
  spaced?: boolean;
  /** Width of what a story stands in, in pixels. */
  container?: number;
  /** Every text 1.6 times as long. */
  longer?: boolean;
}

export const VIEWS: readonly View[] = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'desktop', width: 1280, height: 844 },
  { name: '320 px', width: 320, height: 640 },
  { name: '400 % zoom', width: 320, height: 256, scale: 4 },
  { name: '200 % text', width: 1280, height: 844, text: '200%' },
  { name: '200 % text on a phone', width: 390, height: 844, text: '200%' },
  { name: 'text spacing', width: 390, height: 844, spaced: true },
  { name: 'container of 280 px', width: 1280, height: 844, container: 280 },
  { name: 'long texts', width: 390, height: 844, longer: true },
  { name: 'long texts on a desktop', width: 1280, height: 844, longer: true },
];

/** One for each page, and kept: with the first that is let go, Chromium lets go of the authenticator of the page, too. */
const sessions = new WeakMap<Page, CDPSession>();

async function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
  sessions.set(page, session);
  return session;
}

/** What is wrong with a page as it is seen like this; afterwards it is as before. */
export async function faultsIn(page: Page, view: View, within = 'body'): Promise<Fault[]> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: view.width, height: view.height });
  const session = view.scale ? await sessionOf(page) : undefined;
  const { width, height, scale = 1 } = view;
  await session?.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false });
  await page.evaluate(putOn, { ...view, within });
  const faults = await page.evaluate(findFaults, within);
  await page.evaluate(() => globalThis.takeOff?.());
  await session?.send('Emulation.clearDeviceMetricsOverride');
  if (before) await page.setViewportSize(before);
  return faults;
}

/** Looks at a page that has reached its state in each of these ways. */
export async function checkLayout(page: Page, state: State, views: readonly View[] = VIEWS): Promise<void> {
  const found: string[] = [];
  for (const view of views) {
    // what is a page of its own stands in nothing
    if (view.container && !state.story) continue;
    for (const { what, where } of await faultsIn(page, view, state.within)) found.push(`${view.name}: ${what}: ${where}`);
  }
  assert.deepEqual(found, [], `what does not fit, SEED=${SEED}`);
}

declare global {
  /** Of `putOn`: makes the page what it was. */
  var takeOff: (() => void) | undefined;
}

/** Runs in the page. */
async function putOn({ text, spaced, container, longer, within }: View & { within: string }): Promise<void> {
  const undo: (() => void)[] = [];
  const roots: (Document | ShadowRoot)[] = [];
  const visit = (root: Document | ShadowRoot) => {
    roots.push(root);
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) visit(element.shadowRoot);
  };
  visit(document);
  const html = document.documentElement;
  if (text) {
    html.style.fontSize = text;
    undo.push(() => html.style.removeProperty('font-size'));
  }
  if (container) {
    const place = document.querySelector<HTMLElement>(within) as HTMLElement;
    place.style.inlineSize = `${container}px`;
    undo.push(() => place.style.removeProperty('inline-size'));
  }
  if (spaced) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}',
    );
    for (const root of roots) {
      // the list itself grows
      const sheets = [...root.adoptedStyleSheets];
      root.adoptedStyleSheets = [...sheets, sheet];
      undo.push(() => (root.adoptedStyleSheets = sheets));
    }
  }
  const inItsPlace = (said: string, element: Element | null): string => {
    // as wide as hardly any number of a ticket is
    if (/^[2-9A-Z]{4}-[2-9A-Z]{4}$/.test(said)) return 'WMQG-WMHD';
    // what is no word is no longer in another language
    if (!longer || !/\p{L}{2}/u.test(said) || element?.closest('style, script, textarea, time, [translate=no], code')) return said;
    const more = said.slice(0, Math.ceil(said.length * 0.6)).trim();
    return said.includes(' ') ? `${said} ${more}` : said + more.toLowerCase();
  };
  for (const root of roots) {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode as Text;
      const { data } = node;
      const said = data.trim();
      const shown = data.replace(said, () => inItsPlace(said, node.parentElement));
      if (shown === data) continue;
      node.data = shown;
      undo.push(() => {
        if (node.data === shown) node.data = data;
      });
    }
  }
  globalThis.takeOff = () => {
    for (const one of undo.toReversed()) one();
    globalThis.takeOff = undefined;
  };
  scrollTo({ top: 0, left: 0, behavior: 'instant' });
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

/** Two views of every state of a page that a walk reaches, others with another seed; all of them in the long run. */
export function someViewsOfPage(state: State): readonly View[] {
  const views = VIEWS.filter(({ container, longer }) => !container && !(longer && OF_ITS_WORDS.includes(state.name)));
  if (process.env['TRIALS'] === 'all') return views;
  const at = STATES.findIndex(({ name }) => name === state.name) * 2 + SEED;
  return [0, 1].map((n) => views[(at + n) % views.length] as View);
}

/** Of every sixth state every other view, of other states with another seed; all of them in the long run. */
export function someViews(state: State): readonly View[] {
  if (process.env['TRIALS'] === 'all') return VIEWS;
  const at = STATES.findIndex(({ name }) => name === state.name) + SEED;
  return at % 6 ? [] : VIEWS.filter((_, n) => n % 2 === Math.floor(at / 6) % 2);
}
