/** In a page: how well everything that the elements show can be seen, by arithmetic of its own on computed colours. */

export interface Ratio {
  what: string;
  ratio: number;
  /** What WCAG 2.2 asks for: 4.5 for text, 3 for what is needed to see a control, its state or its focus. */
  least: number;
  colours: string;
}

const TEXT = 4.5;
const SHAPE = 3;
const EDGED = 'input:not([type=radio], [type=checkbox], [type=file]), select, textarea, button, .pick, .zone, .cards label';
const PRESSED = 'a[href], button, summary, .pick, .cards label, input, select, textarea';
const pseudoClasses = ['hover', 'active', 'focus-visible'] as const;

type Rgb = readonly [number, number, number];

const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
const painted = new Map<string, Rgb>();

/** One colour on another, as the browser paints it. */
function paint(css: string, below: Rgb, alpha = 1): Rgb {
  const key = `${css} ${below.join()} ${alpha}`;
  const known = painted.get(key);
  if (known) return known;
  pen.globalAlpha = 1;
  pen.fillStyle = `rgb(${below.join()})`;
  pen.fillRect(0, 0, 1, 1);
  pen.globalAlpha = alpha;
  pen.fillStyle = '#000';
  pen.fillStyle = css;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  painted.set(key, [red, green, blue]);
  return [red, green, blue];
}

function light(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => (part <= 10 ? part / 255 / 12.92 : Math.pow((part / 255 + 0.055) / 1.055, 2.4))) as [
    number,
    number,
    number,
  ];
  return red * 0.2126 + green * 0.7152 + blue * 0.0722;
}

export function ratioOf(one: Rgb, other: Rgb): number {
  const [a, b] = [light(one), light(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const around = (node: Node): Element | null =>
  (node as Element).assignedSlot ?? node.parentElement ?? ((node.parentNode as ShadowRoot | null)?.host || null);

/** What is seen behind the content of an element; undefined where the page has a picture or a gradient there. */
function behind(element: Element | null, seen: Map<Element, Rgb | undefined>): Rgb | undefined {
  if (!element) return paint(getComputedStyle(document.documentElement).colorScheme.includes('dark') ? '#121212' : '#fff', [255, 255, 255]);
  if (seen.has(element)) return seen.get(element);
  const { backgroundColor, backgroundImage } = getComputedStyle(element);
  const opaque = /^rgb\(/.test(backgroundColor);
  const below = backgroundImage !== 'none' ? undefined : opaque ? ([0, 0, 0] as Rgb) : behind(around(element), seen);
  const colour = below && paint(backgroundColor, below);
  seen.set(element, colour);
  return colour;
}

/** States that some rule is for: looked at by the classes `is-hover` and so on, for which the same rules hold from now on. */
let states: string[] = [];

/** Lets every control of these elements be looked at in every state, without a pointer. */
export function openStates(hosts: Iterable<Element>): void {
  const used = new Set<string>();
  const done = new Set<CSSStyleSheet>();
  const open = (rules: CSSRuleList): void => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule) {
        let text = rule.selectorText;
        for (const name of pseudoClasses) {
          if (text.includes(`:${name}`)) used.add(name);
          text = text.replaceAll(`:${name}`, `:is(:${name}, .is-${name})`);
        }
        if (text !== rule.selectorText) rule.selectorText = text;
      }
      if ('cssRules' in rule) open((rule as CSSGroupingRule).cssRules);
    }
  };
  const visit = (root: ShadowRoot): void => {
    for (const sheet of root.adoptedStyleSheets) if (!done.has(sheet)) open((done.add(sheet), sheet).cssRules);
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) visit(element.shadowRoot);
  };
  for (const host of hosts) if (host.shadowRoot) visit(host.shadowRoot);
  states = [...used];
}

function* shownIn(root: ShadowRoot, name: string): Generator<[Element, string]> {
  for (const element of root.querySelectorAll('*')) {
    const what = `${name} ${element.getAttribute('part') ?? element.localName}${element.id && `#${element.id}`}${element.className && typeof element.className === 'string' ? `.${element.className}` : ''}`;
    if (element.shadowRoot) yield* shownIn(element.shadowRoot, what);
    if (element.matches('.quiet, .quiet *, [aria-hidden] *, .skeleton *, canvas') || !element.checkVisibility()) continue;
    yield [element, what];
  }
}

/** Every ratio that matters, of these elements as they stand and under a pointer, pressed and focused. */
export function measureRoles(hosts: Iterable<Element>): Ratio[] {
  const ratios: Ratio[] = [];
  const note = (what: string, front: string | Rgb, back: Rgb | undefined, least: number, alpha = 1): number => {
    if (!back) return 0;
    const colour = typeof front === 'string' ? paint(front, back, alpha) : front;
    const ratio = ratioOf(colour, back);
    ratios.push({ what, ratio, least, colours: `${colour.join()} on ${back.join()}` });
    return ratio;
  };
  for (const host of hosts) {
    if (!host.shadowRoot) continue;
    const kinds = new Map<string, [Element, string]>();
    for (const [element, what] of shownIn(host.shadowRoot, `${host.closest('section')?.id ?? ''} ${host.localName}`)) {
      const kind = [
        what,
        element.getAttribute('type'),
        element.ariaInvalid,
        element.ariaDisabled,
        element.matches(':checked'),
        around(element)?.className,
      ];
      if (!kinds.has(kind.join())) kinds.set(kind.join(), [element, what]);
    }
    const all = [...kinds.values()];
    const look = (suffix: string, only?: string): void => {
      const seen = new Map<Element, Rgb | undefined>();
      for (const [element, what] of all) {
        if (only && !element.closest(only)) continue;
        const styles = getComputedStyle(element);
        const own = behind(element, seen);
        const outer = behind(around(element), seen);
        const name = what + suffix;
        const native = element.matches('input, select, textarea');
        const chosen = element.matches('[type=radio], [type=checkbox]');
        if (element.matches('[type=file]')) continue;
        let alpha = 1;
        for (let up: Element | null = element; up && up !== host; up = around(up)) alpha *= Number(getComputedStyle(up).opacity);
        if (styles.filter !== 'none') ratios.push({ what: `${name} filter`, ratio: 0, least: 1, colours: styles.filter });
        const says = [...element.childNodes].some((node) => node instanceof Text && node.data.trim());
        if (!chosen && (says || native)) {
          note(`${name} text`, styles.webkitTextFillColor, own, TEXT, alpha);
          // what a browser or a password manager fills in has colours of the browser
          if (native) {
            const dark = styles.colorScheme.includes('dark');
            const filled = own && paint(dark ? 'rgb(70 90 126 / 0.4)' : '#e8f0fe', own);
            note(`${name} autofilled`, dark ? '#fff' : '#000', filled, TEXT);
            note(`${name} placeholder`, getComputedStyle(element, '::placeholder').color, own, element.matches('[placeholder]') ? TEXT : 0);
          }
        }
        if (element.matches('svg')) note(`${name} mark`, styles.color, outer, SHAPE, alpha);
        if (element.matches('progress')) note(`${name} bar`, styles.getPropertyValue('--_accent'), outer, SHAPE);
        if (chosen && outer) note(`${name} chosen`, styles.accentColor, outer, SHAPE);
        if (element.matches(EDGED) && !element.matches('.link, :disabled, [aria-disabled=true]') && outer && own) {
          const edged = styles.borderTopStyle !== 'none' && parseFloat(styles.borderTopWidth) > 0;
          const border = edged ? ratioOf(paint(styles.borderTopColor, own), outer) : 1;
          const ratio = Math.max(border, ratioOf(own, outer));
          // words or a mark that are a button by themselves, as links are, have no edge that could be missed
          const clear = !edged || /, 0\)$/.test(styles.borderTopColor);
          if (native || !clear || ratio >= 1.4)
            ratios.push({
              what: `${name} edge`,
              ratio,
              least: SHAPE,
              colours: `${styles.borderTopColor} ${own.join()} on ${outer.join()}`,
            });
        }
        if (suffix.includes('focus') && styles.outlineStyle !== 'none' && parseFloat(styles.outlineWidth) >= 2) {
          const offset = parseFloat(styles.outlineOffset);
          note(`${name} ring without`, styles.outlineColor, offset <= -parseFloat(styles.outlineWidth) ? own : outer, SHAPE);
          note(`${name} ring within`, styles.outlineColor, offset < 0 ? own : outer, SHAPE);
        } else if (suffix.includes('focus') && element.matches(PRESSED) && !element.matches('[type=radio]') && !element.matches('.pick'))
          ratios.push({ what: `${name} ring`, ratio: 0, least: SHAPE, colours: 'no ring' });
      }
    };
    look('');
    for (const name of states) {
      for (const [element] of all) if (element.matches(PRESSED)) element.classList.add(`is-${name}`);
      look(` :${name}`, PRESSED);
      for (const [element] of all) element.classList.remove(`is-${name}`);
    }
  }
  return ratios;
}

/** What is not written in the page's own type, or so small that a telephone would zoom in to it. */
export function typeOf(hosts: Iterable<Element>): string[] {
  const problems: string[] = [];
  for (const host of hosts) {
    if (!host.shadowRoot || host.localName === 'support-launcher') continue;
    const { fontFamily } = getComputedStyle(host.parentElement!);
    for (const [element, what] of shownIn(host.shadowRoot, host.localName)) {
      if (!element.matches('input:not([type=file], [type=radio], [type=checkbox]), select, textarea, button, h2')) continue;
      const styles = getComputedStyle(element);
      if (styles.fontFamily !== fontFamily) problems.push(`${what} is in ${styles.fontFamily} instead of ${fontFamily}`);
      if (element.matches('input, select, textarea') && parseFloat(styles.fontSize) < 16)
        problems.push(`${what} is ${styles.fontSize} small`);
    }
  }
  return problems;
}
