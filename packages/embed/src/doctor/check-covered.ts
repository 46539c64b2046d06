import { named, STYLE_SHEET, TAGS, upwards, type Finding, type Tag } from './finding.js';
import { fileOf, guiltOf, quietly, rulesOf, sheetsOf, told, type Guilt } from './host-rules.js';
import { mendingRule } from './mending.js';

const OURS = [...TAGS, 'support-doctor'];
const CONTROLS = 'button, input:not([type=hidden]), select, textarea, a[href], [role=button]';

/** What lies over a tag's controls, so that a click reaches something else, wherever the page is scrolled to. */
export function checkCovered(tag: Tag): Finding[] {
  if (tag.hidden || !tag.checkVisibility()) return [];
  const [left, top] = [scrollX, scrollY];
  try {
    for (const control of controlsOf(tag)) {
      // a bar at an edge of the window covers what is scrolled below it, and no more
      const covers = (['center', 'end', 'start'] as const).map((block) => {
        control.scrollIntoView({ __proto__: null, behavior: 'instant', block, inline: 'nearest' } as never);
        return coverOf(control, tag);
      });
      control.scrollIntoView({ __proto__: null, behavior: 'instant', block: 'center', inline: 'nearest' } as never);
      if (covers[0] && covers.every(Boolean)) return [covered(tag, control, covers[0])];
    }
    return [];
  } finally {
    scrollTo({ __proto__: null, left, top, behavior: 'instant' } as never);
  }
}

function controlsOf(tag: Tag): Element[] {
  const found: Element[] = [];
  const visit = (root: ShadowRoot | null) => {
    for (const element of root?.querySelectorAll('*') ?? []) {
      visit(element.shadowRoot);
      const { width, height } = element.getBoundingClientRect();
      if (element.matches(CONTROLS) && !element.closest('dialog, .quiet') && width > 4 && height > 4 && element.checkVisibility())
        found.push(element);
    }
  };
  visit(tag.shadowRoot);
  return found;
}

/** What is hit where a control is, if that is not the tag. */
function coverOf(control: Element, tag: Tag): Element | undefined {
  const { left, top, width, height } = control.getBoundingClientRect();
  const root = tag.getRootNode() as Document | ShadowRoot;
  const hits = [0.5, 0.15, 0.85].map((share) => root.elementFromPoint(left + width * share, top + height / 2));
  return hits.find((hit) => !!hit && !tag.contains(hit) && !OURS.includes(hit.localName)) ?? undefined;
}

function covered(tag: Tag, control: Element, cover: Element): Finding {
  const isAround = cover.contains(tag);
  const layer = isAround
    ? cover
    : ([...upwards(cover)].find((around) => /absolute|fixed|sticky/.test(getComputedStyle(around).position)) ?? cover);
  const above = [null, '::before', '::after'].map((pseudo) => Number(getComputedStyle(layer, pseudo).zIndex) || 0);
  const index = Math.max(...above);
  const guilt = (isAround ? drawnOver(layer) : undefined) ?? guiltOf(layer, 'z-index') ?? guiltOf(layer, 'position');
  const isMended = () => quietly(() => coverOf(control, tag) !== cover);
  const position = getComputedStyle(tag).position === 'static' ? [['position', 'relative'] as const] : [];
  const raise = (element: Element) => {
    const selector =
      element === tag ? tag.localName : `${element.id ? `#${CSS.escape(element.id)}` : element.localName}:has(${tag.localName})`;
    return mendingRule(
      selector,
      [...position, ['z-index', String(Math.min(index + 1, 2_147_483_647))]],
      [guiltOf(element, 'z-index')],
      isMended,
    );
  };
  const lower = () => {
    const own = layer.id
      ? `#${CSS.escape(layer.id)}`
      : [layer.localName, ...[...layer.classList].map((name) => CSS.escape(name))].join('.');
    return mendingRule(own, [['z-index', '0']], [guilt], isMended) ?? mendingRule(own, [['pointer-events', 'none']], [guilt], isMended);
  };
  const context = [...upwards(tag)].find((around) => around !== tag && getComputedStyle(around).zIndex !== 'auto');
  const clip = isAround ? [...upwards(tag)].find((around) => getComputedStyle(around).clipPath !== 'none') : undefined;
  const unclip = () =>
    clip && mendingRule(`${clip.localName}:has(${tag.localName})`, [['clip-path', 'none']], [guiltOf(clip, 'clip-path')], isMended);
  const rule = raise(tag) ?? unclip() ?? (context && raise(context)) ?? (isAround ? undefined : lower());
  return {
    kind: 'covered',
    weight: 'problem',
    title: isAround ? `${named(tag)} lies below ${named(layer)}` : `${named(layer)} covers ${named(tag)}`,
    text: `Whoever clicks "${labelOf(control)}" hits ${named(cover)} instead.${guilt ? ` ${told(guilt)}.` : ''}`,
    element: layer,
    snippet: rule ? { code: rule, place: STYLE_SHEET } : undefined,
  };
}

/** The rule that lays something generated over an element. */
function drawnOver(element: Element): Guilt | undefined {
  for (const sheet of sheetsOf()) {
    for (const rule of rulesOf(sheet) ?? []) {
      const [, base = ''] = /^(.*?)::?(?:before|after)$/.exec(rule.selectorText) ?? [];
      if (base && element.matches(base) && /absolute|fixed/.test(rule.style.position))
        return { file: fileOf(sheet), selector: rule.selectorText, property: 'position', value: rule.style.position };
    }
  }
  return undefined;
}

function labelOf(control: Element): string {
  const label = (control as HTMLInputElement).labels?.[0]?.textContent ?? control.textContent ?? '';
  return label.replace(/\s+/g, ' ').trim().slice(0, 40) || control.localName;
}
