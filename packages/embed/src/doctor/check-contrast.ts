import type { Colour } from '@storefront-support/elements/page-look';
import { collision } from './collision.js';
import { named, selectorOf, STYLE_SHEET, upwards, type Finding, type Tag } from './finding.js';
import { colourIn, groundsOf, hasUnderlay } from './ground.js';
import { guiltOf, told } from './host-rules.js';
import { mendingRule, withSheet } from './mending.js';

type Colours = typeof import('@storefront-support/elements/page-look');

/** Which custom property colours what, on what, and with how much contrast. */
const PAIRS: readonly [front: string, grounds: readonly string[], least: number, what: string][] = [
  ['text', ['surface', 'field', 'tint'], 4.5, 'text'],
  ['muted', ['surface', 'field'], 4.5, 'hints'],
  ['link', ['surface', 'field'], 4.5, 'links'],
  ['on-accent', ['accent'], 4.5, 'text on buttons'],
  ['hover', ['on-accent'], 4.5, 'the send button under a pointer'],
  ['error', ['surface', 'field'], 4.5, 'errors'],
  ['success', ['surface', 'field'], 4.5, 'what went well'],
  ['border', ['surface'], 3, 'borders of controls'],
  ['accent', ['surface'], 3, 'buttons and focus'],
];
/** Height of the smallest text that people read without leaning forward. */
const SMALLEST = 12;
/** Less opacity than this hides. */
export const HIDDEN = 0.2;
const WHITE: Colour = [255, 255, 255, 1];
const TOKENS = ['text', 'muted', 'surface', 'field', 'border', 'line', 'accent', 'on-accent', 'hover', 'link', 'error', 'success'];

/** Colours that a page gives a tag by its custom properties, or that its button inherits, and that are hard to tell apart. */
export function checkContrast(tag: Tag, colours: Colours): Finding[] {
  const root = tag.shadowRoot;
  if (!root?.querySelector('[part~=base]')) return [];
  const invalid = [...invalidTokens(tag)];
  // what is no colour is on nothing
  return invalid.length
    ? invalid
    : [...smallText(tag, root), ...faded(tag, root, colours), ...tokens(tag, root, colours), ...launcherButton(tag, root, colours)];
}

/** A value that is no colour is as good as none. */
function* invalidTokens(tag: Tag): Generator<Finding> {
  for (const token of TOKENS) {
    const property = `--support-color-${token}`;
    const value = getComputedStyle(tag).getPropertyValue(property).trim();
    if (!value || CSS.supports('color', value)) continue;
    const mended = CSS.supports('color', `#${value}`) ? `#${value}` : undefined;
    const own = guiltOf(tag, property);
    const guilt = own ?? rootGuilt(tag, property);
    const rule = mendingRule(selectorOf(tag), [[property, mended ?? 'initial']], [own], () => {
      const now = getComputedStyle(tag).getPropertyValue(property).trim();
      return !now || CSS.supports('color', now);
    });
    yield {
      kind: 'contrast',
      weight: 'problem',
      title: `${property} of ${named(tag)} is no colour`,
      text: `${guilt ? told(guilt) : `It is "${value}"`}, so that the element has no colour there at all.`,
      element: tag,
      snippet: rule ? { code: rule, place: STYLE_SHEET } : undefined,
    };
  }
}

/** Text that a page has made too small. */
function* smallText(tag: Tag, root: ShadowRoot): Generator<Finding> {
  const property = '--support-font-size';
  const base = root.querySelector('[part~=base]')!;
  const isSmall = () => parseFloat(getComputedStyle(base).fontSize) < SMALLEST;
  if (!getComputedStyle(tag).getPropertyValue(property).trim() || !isSmall()) return;
  const own = guiltOf(tag, property);
  const guilt = own ?? rootGuilt(tag, property);
  const rule =
    mendingRule(selectorOf(tag), [[property, '1rem']], [own], () => !isSmall()) ??
    mendingRule(selectorOf(tag), [[property, '16px']], [own], () => !isSmall());
  yield {
    kind: 'contrast',
    weight: 'problem',
    title: `${named(tag)} is too small to read`,
    text: `${guilt ? told(guilt) : `${property} is set`}: its text is ${getComputedStyle(base).fontSize} high.`,
    element: tag,
    snippet: rule ? { code: rule, place: STYLE_SHEET } : undefined,
  };
}

/** A tag that shines through, alone or with what is around it: all of it comes nearer to what lies below. */
function* faded(tag: Tag, root: ShadowRoot, colours: Colours): Generator<Finding> {
  const { colourOf, contrast, over } = colours;
  const button = tag.localName === 'support-launcher' && root.querySelector('button[part~=base]');
  const [below] = groundsOf(button || tag, root, colours);
  if (!below) return;
  const ground = button ? below : over(colourIn(root, 'var(--_surface)', colourOf) ?? below, below);
  const front = button ? colourOf(getComputedStyle(button).color, root) : colourIn(root, 'var(--_muted)', colourOf);
  for (const around of upwards(tag)) {
    const { opacity } = getComputedStyle(around);
    // less than that is hidden, and what is on its way somewhere arrives
    if (!front || Number(opacity) >= 1 || Number(opacity) < HIDDEN || around.getAnimations().length) continue;
    const [behind = ground] = around.parentElement ? groundsOf(around.parentElement, root, colours) : [];
    const text = over(front, ground);
    const seen = ([red, green, blue]: Colour) => over([red, green, blue, Number(opacity)], behind);
    const ratio = contrast(seen(text), seen(ground));
    if (ratio >= 4.5 || contrast(text, ground) < 4.5) continue;
    const why = `it shines through, and its ${button ? 'text has' : 'hints have'} ${ratio.toFixed(1)}:1 instead of 4.5:1`;
    const isMended = () => Number(getComputedStyle(around).opacity) === 1;
    yield collision('contrast', tag, around, `${named(tag)} is faded`, why, [['opacity', '1']], [guiltOf(around, 'opacity')], isMended);
  }
}

function* tokens(tag: Tag, root: ShadowRoot, colours: Colours): Generator<Finding> {
  const { colourOf, contrast, corrected, over, written } = colours;
  const grounds = groundsOf(tag, root, colours);
  const read = (below: Colour) => {
    const values = new Map<string, Colour>();
    for (const token of [...TOKENS, 'tint']) {
      const value = colourIn(root, `var(--_${token})`, colourOf);
      if (value) values.set(token, value);
    }
    const surface = values.get('surface');
    const ground = surface && over(surface, below);
    if (ground) for (const [token, value] of values) values.set(token, over(value, ground));
    return values;
  };
  const failingOn = (below: Colour) => {
    const values = read(below);
    return PAIRS.flatMap(([front, grounds, least, what]) => {
      // what nobody has set follows the accent
      if (front === 'hover' && !getComputedStyle(tag).getPropertyValue('--support-color-hover').trim()) return [];
      const colour = values.get(front);
      const behind = grounds.map((ground) => values.get(ground)).filter((ground) => ground !== undefined);
      if (!colour || behind.length === 0) return [];
      const ratio = Math.min(...behind.map((ground) => contrast(colour, ground)));
      return ratio < least ? [{ front, ratio, least, what, mended: corrected(colour, behind, least) }] : [];
    });
  };
  // of a gradient that text can be read on in part, nobody knows which part it is
  const failing = () => (grounds.length ? grounds : [WHITE]).map(failingOn).sort((a, b) => a.length - b.length)[0]!;
  const found = failing();
  const shines = (colourIn(root, 'var(--_surface)', colourOf)?.[3] ?? 1) < 1;
  if (!found.length || (shines && (!grounds.length || hasUnderlay(tag, tag)))) return;
  const guilty = [...new Set(found.flatMap(({ front }) => [front, ...(PAIRS.find(([name]) => name === front)?.[1] ?? [])]))].flatMap(
    (token) => {
      const property = `--support-color-${token}`;
      return guiltOf(tag, property) ?? rootGuilt(tag, property) ?? [];
    },
  );
  // what a colour is moved to may be what another one stands on: the accent goes first
  const declarations = new Map<string, string>();
  const selector = selectorOf(tag);
  const sheet = () => `${selector} {${[...declarations].map(([property, value]) => `${property}: ${value} !important;`).join('')}}`;
  const correct = () => {
    for (let round = 0; round < 5; round++) {
      const left = withSheet(sheet(), failing);
      if (!left.length) return true;
      const accent = left.find(({ front }) => front === 'accent');
      for (const { front, mended } of accent ? [accent] : left) declarations.set(`--support-color-${front}`, written(mended));
    }
    return false;
  };
  if (!correct()) {
    // no colour can be read on all of these grounds: there is to be one
    declarations.clear();
    const below = grounds[0] ?? WHITE;
    const ground = written(over(read(below).get('surface') ?? WHITE, below));
    for (const token of ['surface', 'field']) declarations.set(`--support-color-${token}`, ground);
    correct();
  }
  const own = [...declarations.keys()].map((property) => guiltOf(tag, property));
  const rule = mendingRule(selector, [...declarations], own, () => failing().length === 0);
  yield {
    kind: 'contrast',
    weight: 'problem',
    title: `${named(tag)} is hard to read`,
    text: `There is too little contrast for ${found.map(({ what, ratio, least }) => `${what} (${ratio.toFixed(1)}:1 instead of ${least}:1)`).join(', ')}.${guilty.map((guilt) => ` ${told(guilt)}.`).join('')}`,
    element: tag,
    snippet: rule ? { code: rule, place: STYLE_SHEET } : undefined,
  };
}

/** A button in the flow of the page is in the page's own colours. */
function* launcherButton(tag: Tag, root: ShadowRoot, colours: Colours): Generator<Finding> {
  const { colourOf, contrast, corrected, over, written } = colours;
  const button = tag.localName === 'support-launcher' && root.querySelector('button[part~=base]');
  if (!button) return;
  const grounds = groundsOf(button, root, colours);
  const ink = (ground: Colour) => over(colourOf(getComputedStyle(button).color, root) ?? [0, 0, 0, 1], ground);
  const measure = () => Math.max(...grounds.map((ground) => contrast(ink(ground), ground)));
  const ratio = measure();
  if (!grounds[0] || ratio >= 4.5 || hasUnderlay(button, tag)) return;
  const guilt = rootGuilt(tag, 'color') ?? rootGuilt(tag, 'background-color') ?? rootGuilt(tag, 'background-image');
  const mended = written(corrected(ink(grounds[0]), grounds, 4.5));
  const rule = mendingRule(selectorOf(tag), [['color', mended]], [guiltOf(tag, 'color')], () => measure() >= 4.5);
  yield {
    kind: 'contrast',
    weight: 'problem',
    title: `The button of ${named(tag)} is hard to read`,
    text: `Its text has ${ratio.toFixed(1)}:1 instead of 4.5:1.${guilt ? ` ${told(guilt)}.` : ''}`,
    element: tag,
    snippet: rule ? { code: rule, place: STYLE_SHEET } : undefined,
  };
}

function rootGuilt(tag: Tag, property: string) {
  for (const around of upwards(tag)) {
    const guilt = guiltOf(around, property);
    if (guilt) return guilt;
  }
  return undefined;
}
