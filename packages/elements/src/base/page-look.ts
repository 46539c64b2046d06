import { bare } from './bare.js';
import { colourOf, contrast, corrected, mix, over, written, type Colour } from './contrast.js';

export { colourOf, contrast, corrected, over, written, type Colour } from './contrast.js';

/** What a theme shows its main buttons as, the surest first: Bootstrap and PrestaShop, Magento, CS-Cart, anybody. */
const BUTTONS = ['.btn-primary', '.action.primary', '.ty-btn__primary', 'button[type=submit]', 'input[type=submit]', '.button'];
const LINKS = ['p a[href]', 'li a[href]', 'a[href]'];
const OURS = 'support-form,support-launcher,support-thread,support-tracker,support-vault';
const TEXT = 4.5;
const CONTROL = 3;
/** Contrast to black or white that a surface has, so that text still has its own on a tint of it. */
const SURFACE = 7;
const WHITE: Colour = [255, 255, 255, 1];
const BLACK: Colour = [0, 0, 0, 1];

interface Follower {
  readonly sheet: CSSStyleSheet;
  /** What the sheet says. */
  rule: string;
  /** Everything that the look was read from: the element, what it lies in, a button, a link. */
  seen: Set<Node>;
}

const followers = new Map<WeakRef<HTMLElement>, Follower>();
const known = new WeakSet<HTMLElement>();
let planned = 0;

/**
 * Gives an element the colours of the page around it, as `--support-…` properties of its own root, for as long as its `theme` is
 * `auto`. What the page sets itself stays. Text gets a contrast of at least 4.5:1, controls and borders 3:1.
 */
export function followPage(element: HTMLElement): void {
  if (!known.has(element)) {
    known.add(element);
    const sheet = new CSSStyleSheet();
    followers.set(new WeakRef(element), { sheet, rule: '', seen: new Set() });
    element.shadowRoot!.adoptedStyleSheets.push(sheet);
    if (followers.size === 1) watch();
  }
  read();
}

function watch(): void {
  new MutationObserver((records) => {
    if (records.some(({ target, type }) => isSeen(target) || (type === 'childList' && (target.nodeName === 'HEAD' || isMoved())))) plan();
  }).observe(document, bare({ attributes: true, childList: true, characterData: true, subtree: true }));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', plan);
  const capture = bare({ capture: true });
  // a style sheet that comes late, and colours that were on their way
  document.addEventListener('load', ({ target }) => target instanceof HTMLLinkElement && plan(), capture);
  document.addEventListener('transitionend', ({ target }) => isSeen(target as Node) && plan(), capture);
}

function isSeen(node: Node): boolean {
  if (node.parentNode instanceof HTMLStyleElement || node instanceof HTMLStyleElement) return true;
  return [...followers.values()].some(({ seen }) => seen.has(node));
}

function isMoved(): boolean {
  return [...followers].some(([reference, { seen }]) => {
    const parent = reference.deref()?.parentNode;
    return parent && !seen.has(parent);
  });
}

function plan(): void {
  planned ||= requestAnimationFrame(() => {
    planned = 0;
    read();
  });
}

function read(): void {
  for (const [reference, follower] of followers) {
    const element = reference.deref();
    if (!element) followers.delete(reference);
    else if (element.isConnected) dress(element, follower);
  }
}

function dress(element: HTMLElement, follower: Follower): void {
  const { sheet } = follower;
  // what it says itself is not to be read back; an element within one of ours inherits the look
  const host = (element.getRootNode() as ShadowRoot).host as HTMLElement | undefined;
  sheet.disabled = true;
  const rule = element.getAttribute('theme') !== 'auto' || host?.matches(OURS) ? '' : lookOf(element, follower);
  if (rule !== follower.rule) sheet.replaceSync((follower.rule = rule));
  sheet.disabled = false;
}

function* upwards(element: Element): Generator<Element> {
  for (let next: Node | null | undefined = element; next;) {
    if (next instanceof Element) yield next;
    next = (next as Element).assignedSlot ?? next.parentNode ?? (next as ShadowRoot).host;
  }
}

function lookOf(element: HTMLElement, follower: Follower): string {
  const root = element.shadowRoot!;
  const styles = getComputedStyle(element);
  const colour = (css: string) => colourOf(css, root);
  const told = (name: string) => {
    const value = styles.getPropertyValue(`--support-color-${name}`).trim();
    return value ? computed(value, root) : undefined;
  };
  follower.seen = new Set(upwards(element));
  const page = backgroundAround(element, root);
  const inherited = colour(styles.color) ?? BLACK;
  const own = told('surface');
  const given = told('field');
  const surface = own ? over(own, page) : surfaceFor(page, given);
  const [button, label, radius] = buttonNear(element, surface, root, follower) ?? [];
  const link = linkNear(element, root, follower) ?? button ?? corrected([34, 68, 204, 1], [surface], TEXT);
  const field = given ? over(given, surface) : surface;
  const dark = contrast(surface, WHITE) > contrast(surface, BLACK);
  const wanted = told('error') ?? (dark ? [255, 170, 153, 1] : [187, 34, 17, 1]);
  let accent = told('accent') ?? button ?? link;
  let grounds = [surface, field];
  // what is tinted with a colour has to show that colour, too
  for (const _ of [1, 2, 3]) {
    accent = told('accent') ?? corrected(accent, grounds, CONTROL);
    const error = corrected(wanted, grounds, TEXT);
    grounds = [surface, field, mix(accent, surface, 0.07), mix(error, surface, 0.05)];
  }
  const onAccent = corrected(label ?? surface, [accent], TEXT);
  const text = corrected(over(inherited, surface), grounds, TEXT);
  const colours = {
    text,
    muted: corrected(mix(text, surface, 0.72), grounds, TEXT),
    surface,
    field,
    border: corrected(mix(text, surface, 0.45), grounds, CONTROL),
    line: mix(text, surface, 0.16),
    accent,
    'on-accent': onAccent,
    hover: hovered(accent, onAccent, surface),
    link: corrected(link, grounds, TEXT),
    error: corrected(wanted, grounds, TEXT),
    success: corrected(dark ? [119, 221, 153, 1] : [17, 102, 51, 1], grounds, TEXT),
  };
  const lines = Object.entries(colours).map(([name, value]) => `--support-color-${name}: ${written(value)};`);
  if (radius !== undefined) lines.push(`--support-radius: ${radius}px;`);
  const rule = `:host { color-scheme: ${dark ? 'dark' : 'light'}; ${unless(lines, styles).join(' ')} }`;
  return element.localName === 'support-launcher' ? rule + buttonOf(element, inherited, page) : rule;
}

/** A button under a pointer: a little further from the surface, or else from its own label, where both can still be seen. */
function hovered(accent: Colour, label: Colour, surface: Colour): Colour {
  const tries = [BLACK, WHITE].map((end) => mix(end, accent, 0.12));
  const fits = (colour: Colour) => contrast(colour, label) >= TEXT && contrast(colour, surface) >= CONTROL;
  return tries.sort((a, b) => contrast(b, surface) - contrast(a, surface)).find(fits) ?? accent;
}

/** A launcher's button stands in the page itself: it gets a ground of its own where the page's text could not be read on it. */
function buttonOf(element: Element, inherited: Colour, page: Colour): string {
  const corner = element.getAttribute('position') === 'corner';
  const shown = over(inherited, page);
  if (!corner && isEven(element) && contrast(shown, page) >= TEXT) return '';
  const ground = surfaceFor(page);
  const text = corrected(shown, [ground, page], TEXT);
  return ` button[part='base'] { color: ${written(text)} !important; background: ${written(ground)} !important; }`;
}

/** False where a picture or a gradient is seen behind. */
function isEven(element: Element): boolean {
  for (const around of upwards(element)) {
    const { backgroundColor, backgroundImage } = getComputedStyle(around);
    if (backgroundImage !== 'none') return false;
    if (/^rgb\(/.test(backgroundColor)) return true;
  }
  return true;
}

/** Without what the page sets itself. */
function unless(lines: string[], styles: CSSStyleDeclaration): string[] {
  return lines.filter((line) => !styles.getPropertyValue(line.slice(0, line.indexOf(':'))).trim());
}

/** A colour as somebody wrote it, system colours and names included. */
function computed(css: string, root: ShadowRoot, scheme = ''): Colour | undefined {
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.style.colorScheme = scheme;
  probe.style.color = css;
  root.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return colourOf(color, root);
}

/** What is seen behind an element: everything it lies on, down to the first that nothing shines through. */
function backgroundAround(element: Element, root: ShadowRoot): Colour {
  const layers: Colour[] = [];
  for (const around of upwards(element)) {
    const { backgroundColor, backgroundImage } = getComputedStyle(around);
    const below = colourOf(backgroundColor, root);
    for (const layer of [gradient(backgroundImage, root), below]) if (layer && layer[3] > 0) layers.push(layer);
    if (layers.at(-1)?.[3] === 1) break;
  }
  const canvas = computed('Canvas', root, getComputedStyle(document.documentElement).colorScheme) ?? WHITE;
  return layers.reduceRight((below, layer) => over(layer, below), canvas);
}

/** The middle of a gradient's colours; undefined where there is none, or a picture that cannot be read. */
function gradient(image: string, root: ShadowRoot): Colour | undefined {
  if (!image.includes('gradient(') || image.includes('url(')) return undefined;
  const stops = [...image.matchAll(/\b(?:rgba?|color|okl(?:ab|ch)|l(?:ab|ch))\([^()]+\)/g)]
    .map(([stop]) => colourOf(stop, root))
    .filter((stop) => stop !== undefined);
  const middle = (index: 0 | 1 | 2 | 3) => stops.reduce((sum, stop) => sum + stop[index], 0) / stops.length;
  return stops.length ? [middle(0), middle(1), middle(2), middle(3)] : undefined;
}

/** The page's own background, or the nearest on which text and its tints can be read, as on fields of a given colour. */
function surfaceFor(page: Colour, field?: Colour): Colour {
  const ground = field && field[3] === 1 ? field : page;
  const end = contrast(ground, BLACK) > contrast(ground, WHITE) ? BLACK : WHITE;
  return contrast(page, end) >= SURFACE ? page : corrected(page, [end], SURFACE);
}

/** What the selectors find, the nearest to the element first, and each once. */
function* candidates(element: Element, selectors: string[]): Generator<Element> {
  const tried = new Set<Element>();
  for (const around of upwards(element)) {
    for (const selector of selectors) {
      for (const found of around.querySelectorAll(selector)) {
        if (tried.has(found) || found.closest(OURS) || found.matches(':disabled')) continue;
        tried.add(found);
        yield found;
      }
    }
  }
}

/** Background, text and corners of the page's main button, the nearest one that stands out from the surface. */
function buttonNear(element: Element, surface: Colour, root: ShadowRoot, { seen }: Follower): [Colour, Colour, number] | undefined {
  const plain = computed('ButtonFace', root);
  for (const button of candidates(element, BUTTONS)) {
    const { backgroundColor, color, borderTopLeftRadius } = getComputedStyle(button);
    const [back, label] = [colourOf(backgroundColor, root), colourOf(color, root)];
    if (!back || !label || back[3] < 0.5 || (plain && backgroundColor === written(plain).replace(/ /g, ', '))) continue;
    const solid = over(back, surface);
    if (contrast(solid, surface) < 1.2) continue;
    seen.add(button);
    return [solid, over(label, solid), Math.min(12, parseFloat(borderTopLeftRadius) || 0)];
  }
  return undefined;
}

/** The page's links, from the nearest that does not look like a button. */
function linkNear(element: Element, root: ShadowRoot, { seen }: Follower): Colour | undefined {
  for (const link of candidates(element, LINKS)) {
    const { backgroundColor, color } = getComputedStyle(link);
    if ((colourOf(backgroundColor, root)?.[3] ?? 0) > 0) continue;
    seen.add(link);
    return colourOf(color, root);
  }
  return undefined;
}
