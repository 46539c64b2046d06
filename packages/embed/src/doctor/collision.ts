import { named, openingTag, STYLE_SHEET, type Finding, type Tag } from './finding.js';
import { quietly, told, type Guilt } from './host-rules.js';
import { firstLayer, mendingRule } from './mending.js';

const FIRST_SHEET = 'at the very beginning of your first style sheet';

export const inCorner = (tag: Element) => tag.getAttribute('position') === 'corner';

/** What a page's declarations do to a tag, and the rule that takes it back. */
export function collision(
  kind: Finding['kind'],
  tag: Tag,
  culprit: Element,
  title: string,
  why: string,
  declarations: readonly (readonly [string, string])[],
  guilty: readonly (Guilt | undefined)[],
  isMended: () => boolean,
): Finding {
  const selector = selectorFor(tag, culprit);
  const rule = mendingRule(selector, declarations, guilty, isMended);
  const opening = rule ? undefined : withoutInline(culprit, guilty, isMended);
  const layer = rule || opening || !guilty.some((guilt) => guilt?.important) ? undefined : firstLayer(selector, declarations, isMended);
  const who = guilty.flatMap((guilt) => (guilt ? [told(guilt)] : [])).join('; ') || `Something around it does that: ${named(culprit)}`;
  return {
    kind,
    weight: 'problem',
    title,
    text: `${who}: ${why}.${rule || opening || layer ? '' : ' No rule of yours is stronger: take the declaration out there.'}`,
    element: tag,
    snippet: rule
      ? { code: rule, place: STYLE_SHEET }
      : opening
        ? { code: opening, place: `in place of the opening tag ${named(culprit)}` }
        : layer
          ? { code: layer, place: FIRST_SHEET }
          : undefined,
  };
}

/** An element's opening tag without what is important in its `style` attribute, which no rule is stronger than. */
function withoutInline(culprit: Element, guilty: readonly (Guilt | undefined)[], isMended: () => boolean): string | undefined {
  const { style } = culprit as HTMLElement;
  const own = guilty.flatMap((guilt) => (guilt?.important && !guilt.selector ? [guilt.property] : []));
  if (!own.length) return undefined;
  const before = style.cssText;
  return quietly(() => {
    for (const property of own) style.removeProperty(property);
    try {
      return isMended() ? openingTag(culprit, { style: style.cssText || null }) : undefined;
    } finally {
      style.cssText = before;
    }
  });
}

/** The tag by its name; an element around it by its own, if there is a tag in it. */
function selectorFor(tag: Tag, culprit: Element): string {
  if (culprit === tag) return inCorner(tag) ? `${tag.localName}[position='corner']` : tag.localName;
  const own = culprit.id
    ? `#${CSS.escape(culprit.id)}`
    : [culprit.localName, ...[...culprit.classList].map((name) => CSS.escape(name))].join('.');
  // without a name of its own, only where the tag is: a bare one is many others around it
  const between: string[] = [];
  for (let next = tag.parentElement; next && next !== culprit; next = next.parentElement) between.unshift(next.localName);
  const isBare = own === culprit.localName && culprit.contains(tag) && culprit !== document.body;
  return `${own}:has(${isBare ? `> ${[...between, tag.localName].join(' > ')}` : tag.localName})`;
}
