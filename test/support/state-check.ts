import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { EXPLAINED, type Explained } from './explained.ts';
import { STATES, type State } from './states.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Of whole documents: a part of one can neither keep nor break them. */
const OF_DOCUMENTS = ['region', 'landmark-one-main', 'page-has-heading-one', 'bypass', 'document-title', 'html-has-lang', 'heading-order'];
const LIMIT_MS = 20_000;

export const LOOKS = ['light', 'dark', 'forced'] as const;
export const DIRECTIONS = ['ltr', 'rtl'] as const;

export interface Dress {
  look: (typeof LOOKS)[number];
  dir: (typeof DIRECTIONS)[number];
}

/** Every look in both directions, the plainest first. */
export const DRESSES: readonly Dress[] = DIRECTIONS.flatMap((dir) => LOOKS.map((look) => ({ look, dir })));

export const nameOf = ({ look, dir }: Dress): string => `${dir} ${look}`;

/** The language a state is looked at in where lines begin at the right: Hebrew for every fourth, Arabic for the others. */
const rightToLeft = ({ name }: State): string => (STATES.findIndex((one) => one.name === name) % 4 === 1 ? 'he' : 'ar');

/**
 * Puts a page that has reached its state into one of the six. What it shows stays what it is; elements that can be told their language
 * say it in one that is written in this direction, all other languages stay as the state has them.
 */
export async function dress(page: Page, state: State, { look, dir }: Dress): Promise<void> {
  await page.emulateMedia({
    colorScheme: look === 'dark' ? 'dark' : 'light',
    forcedColors: look === 'forced' ? 'active' : 'none',
    reducedMotion: 'reduce',
  });
  await page.evaluate(
    async ([direction, language]) => {
      type Host = HTMLElement & { locale?: unknown; text?: unknown; saidIn?: string; updateComplete?: Promise<unknown> };
      const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const html = document.documentElement;
      html.dir = direction;
      html.style.colorScheme = 'light dark';
      // axe takes what is drawn behind a page without a ground for white
      const bare = [html, document.body].every((one) => getComputedStyle(one).backgroundColor === 'rgba(0, 0, 0, 0)');
      if (bare) html.style.backgroundColor = 'Canvas';
      const hosts: Host[] = [];
      const visit = (root: ParentNode, depth: number) => {
        for (const element of root.querySelectorAll<Host>('*')) {
          if (!element.shadowRoot) continue;
          if ('locale' in element && depth === 0) hosts.push(element);
          visit(element.shadowRoot, depth + 1);
        }
      };
      visit(document, 0);
      for (const host of hosts) {
        host.dir = direction;
        if (typeof host.locale !== 'string') continue;
        host.saidIn ??= host.locale;
        const wanted = language || host.saidIn;
        if (host.locale === wanted) continue;
        const before = host.text;
        host.locale = wanted;
        while (before && host.text === before) await drawn();
      }
      await Promise.all(hosts.map((host) => host.updateComplete));
      await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)));
      await drawn();
      await drawn();
    },
    [dir, dir === 'rtl' ? rightToLeft(state) : ''] as const,
  );
}

/** Which of these markers hold on a page: parts between ` && `, each a selector that finds something to see in an open root, or none after `!`. */
async function holding(page: Page, markers: Record<string, string>): Promise<string[]> {
  return page.evaluate((all) => {
    const roots: ParentNode[] = [];
    const visit = (root: ParentNode) => {
      roots.push(root);
      for (const element of root.querySelectorAll('*')) if (element.shadowRoot) visit(element.shadowRoot);
    };
    visit(document);
    const seen = (part: string) => {
      const [selector = '', text = ''] = part.split(' ~ ');
      return roots.some((root) =>
        [...root.querySelectorAll(selector)].some(
          (one) =>
            one.checkVisibility({ visibilityProperty: true }) &&
            (one.matches('input, textarea') ? (one as HTMLInputElement).value : (one.textContent ?? '')).includes(text),
        ),
      );
    };
    return Object.entries(all)
      .filter(([, marker]) => marker.split(' && ').every((part) => (part.startsWith('!') ? !seen(part.slice(1)) : seen(part))))
      .map(([name]) => name);
  }, markers);
}

/**
 * Waits until a page is in this state, and makes sure that it is in no other of the same element or page.
 *
 * @param patience Milliseconds.
 */
export async function checkReached(page: Page, state: State, patience = LIMIT_MS): Promise<void> {
  const end = performance.now() + patience;
  const others = STATES.filter(({ of, name }) => of === state.of && name !== state.name);
  const markers = Object.fromEntries([state, ...others].map(({ name, marker }) => [name, marker]));
  let found: string[];
  do {
    found = await holding(page, markers);
    if (found.length === 1 && found[0] === state.name) return;
    await page.waitForTimeout(50);
  } while (performance.now() < end);
  assert.deepEqual(found, [state.name], 'the markers that hold');
}

interface Finding {
  rule: string;
  html: string;
  why: string;
}

/**
 * What axe finds in a page that was dressed like this; what it cannot tell and nobody has explained; what is explained to be here and
 * is not any more.
 */
export async function checkAxe(page: Page, state: State, worn: Dress, reasons: readonly Explained[] = EXPLAINED): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const { broken, open, explained } = await page.evaluate(
    async ({ tags, off, place, known }) => {
      interface Node {
        element?: Element;
        html: string;
        any: { message: string }[];
        all: { message: string }[];
        none: { message: string }[];
      }
      interface Result {
        id: string;
        nodes: Node[];
      }
      const { axe } = window as unknown as {
        axe: { run(context: unknown, options: object): Promise<{ violations: Result[]; incomplete: Result[] }> };
      };
      const toTop = (root: ParentNode) => {
        for (const element of root.querySelectorAll('*')) {
          if (element.scrollTop && element.localName !== 'textarea') element.scrollTop = 0;
          if (element.shadowRoot) toTop(element.shadowRoot);
        }
      };
      // what has moved below a bar that sticks has no ground that could be told
      scrollTo({ top: 0, behavior: 'instant' });
      toTop(document);
      const { violations, incomplete } = await axe.run(place ? document.querySelector(place) : document, {
        runOnly: { type: 'tag', values: tags },
        rules: Object.fromEntries(off.map((id) => [id, { enabled: false }])),
        resultTypes: ['violations', 'incomplete'],
        iframes: false,
        elementRef: true,
      });
      const flat = (results: Result[]) =>
        results.flatMap(({ id, nodes }) =>
          nodes.map((node) => ({
            node,
            rule: id,
            html: node.html.replaceAll(/<!--.*?-->|\s+/g, ' ').slice(0, 200),
            why: [...node.any, ...node.all, ...node.none]
              .map(({ message }) => message)
              .join('; ')
              .slice(0, 200),
          })),
        );
      const plain = ({ rule, html, why }: Finding): Finding => ({ rule, html, why });
      const explained = new Set<number>();
      const left = flat(incomplete).filter(({ rule, node, why }) => {
        const at = known.findIndex((one) => one.rule === rule && why.includes(one.says) && node.element?.matches(one.where));
        if (at >= 0) explained.add(at);
        return at < 0;
      });
      return { broken: flat(violations).map(plain), open: left.map(plain), explained: [...explained] };
    },
    {
      tags: TAGS,
      off: state.within ? OF_DOCUMENTS : [],
      place: state.within ?? '',
      known: reasons.map(({ rule, where, says }) => ({ rule, where, says })),
    },
  );
  assert.deepEqual(broken, [], 'what axe finds');
  assert.deepEqual(open, [], 'what axe cannot tell, and nobody has explained');
  const stale = reasons.filter(
    ({ seen, dressed = 'ltr light' }, at) => seen === state.name && dressed === nameOf(worn) && !explained.includes(at),
  );
  assert.deepEqual(stale, [], 'what is explained, and is not there');
}

/** A state in each of these. @param more what is checked in each, too. */
export async function checkDressed(page: Page, state: State, dresses: readonly Dress[], more?: () => Promise<void>): Promise<void> {
  await checkReached(page, state);
  for (const one of dresses) {
    await dress(page, state, one);
    await checkReached(page, state);
    try {
      await checkAxe(page, state, one);
      await more?.();
    } catch (error) {
      throw new Error(`${nameOf(one)}: ${(error as Error).message}`, { cause: error });
    }
  }
  if (dresses.length > 1 || dresses[0] !== DRESSES[0]) await dress(page, state, DRESSES[0] as Dress);
}

/** The plainest for every state, and one more for every fifth: each of the other five is worn by several. */
export function someDresses(state: State): readonly Dress[] {
  const at = STATES.findIndex(({ name }) => name === state.name);
  const [plain, ...others] = DRESSES as [Dress, ...Dress[]];
  return at % 5 ? [plain] : [plain, others[(at / 5) % others.length] as Dress];
}
