import type { Colour } from '@storefront-support/elements/page-look';
import { named, selectorOf, STYLE_SHEET, type Finding, type Tag } from './finding.js';
import { guiltOf, reaches, rulesOf, sheetsOf, told } from './host-rules.js';
import { mendingRule, withSheet } from './mending.js';

type Colours = typeof import('@storefront-support/elements/page-look');

/** What a rule of the page may do to a part of an element, and what it may not. */
const HARMS: readonly [property: string, harms: (value: string) => boolean, why: string][] = [
  ['display', (value) => value === 'none', 'it is not there'],
  ['visibility', (value) => value !== 'visible', 'it cannot be seen'],
  ['opacity', (value) => Number(value) < 0.3, 'it can hardly be seen'],
  ['pointer-events', (value) => value === 'none', 'it cannot be clicked'],
  ['font-size', (value) => parseFloat(value) < 10, 'it is too small to read'],
  ['clip-path', (value) => value !== 'none', 'it is cut off'],
  ['transform', (value) => /matrix\(0|matrix\([^)]*, 0, 0, 0/.test(value), 'it is scaled away'],
  ['position', (value) => /absolute|fixed/.test(value), 'it leaves its place'],
  ['max-height', (value) => parseFloat(value) < 20, 'it is cut off'],
];
const LEGIBLE = 4.5;

/** Rules of the page that reach into an element by `::part()` and take away what it is for. */
export function checkParts(tag: Tag, { colourOf, contrast, corrected, over, written }: Colours): Finding[] {
  const rules = sheetsOf().flatMap((sheet) => (rulesOf(sheet) ?? []).filter((rule) => rule.selectorText.includes('::part(')));
  const found: Finding[] = [];
  const seen = new Set<string>();
  for (const part of tag.shadowRoot?.querySelectorAll<HTMLElement>('[part]') ?? []) {
    const reaching = rules.filter((rule) => reaches(rule, part));
    // of a part that there are several of, the first stands for all
    if (!reaching.length || seen.has(part.part.value)) continue;
    seen.add(part.part.value);
    const selector = `${selectorOf(tag)}::part(${part.part[0]})`;
    for (const [property, harms, why] of HARMS) {
      const value = () => getComputedStyle(part).getPropertyValue(property);
      if (!harms(value())) continue;
      const guilt = guiltOf(part, property);
      if (!guilt) continue;
      const calm = withoutRules(reaching, property, value);
      const rule = harms(calm) ? undefined : mendingRule(selector, [[property, calm]], [guilt], () => !harms(value()));
      found.push({
        kind: 'hidden',
        weight: 'problem',
        title: `The ${part.part[0]} of ${named(tag)} is changed`,
        text: `${told(guilt)}: ${why}.`,
        element: part.checkVisibility() ? part : tag,
        snippet: rule ? { code: rule, place: STYLE_SHEET } : undefined,
      });
    }
    const colours = (): [Colour, Colour] | undefined => {
      const [front, back] = [getComputedStyle(part).color, backOf(part)].map((css) => colourOf(css, tag.shadowRoot!));
      return front && back && back[3] === 1 ? [over(front, back), back] : undefined;
    };
    const pair = colours();
    const guilt =
      pair && contrast(...pair) < LEGIBLE && part.textContent.trim()
        ? (guiltOf(part, 'color') ?? guiltOf(part, 'background-color'))
        : undefined;
    if (!pair || !guilt) continue;
    const isMended = () => contrast(...(colours() ?? pair)) >= LEGIBLE;
    const rule = mendingRule(selector, [['color', written(corrected(pair[0], [pair[1]], LEGIBLE))]], [guilt], isMended);
    found.push({
      kind: 'contrast',
      weight: 'problem',
      title: `The ${part.part[0]} of ${named(tag)} is hard to read`,
      text: `${told(guilt)}: its text has ${contrast(...pair).toFixed(1)}:1 instead of ${LEGIBLE}:1.`,
      element: part,
      snippet: rule ? { code: rule, place: STYLE_SHEET } : undefined,
    });
  }
  return found;
}

function backOf(part: Element): string {
  for (let around: Element | null = part; around; around = around.parentElement) {
    const { backgroundColor } = getComputedStyle(around);
    if (!/^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor)) return backgroundColor;
  }
  return 'transparent';
}

/** What a value would be without these rules. */
function withoutRules(rules: CSSStyleRule[], property: string, value: () => string): string {
  return withSheet('', () => {
    const taken = rules.map(({ style }) => [style, style.getPropertyValue(property), style.getPropertyPriority(property)] as const);
    for (const [style] of taken) style.removeProperty(property);
    try {
      return value();
    } finally {
      for (const [style, own, priority] of taken) if (own) style.setProperty(property, own, priority);
    }
  });
}
