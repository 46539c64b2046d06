import { named, STYLE_SHEET, type Finding, type Tag } from './finding.js';
import { told, type Guilt } from './host-rules.js';
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
  const layer = rule || !guilty.some((guilt) => guilt?.important) ? undefined : firstLayer(selector, declarations, isMended);
  const who = guilty.flatMap((guilt) => (guilt ? [told(guilt)] : [])).join('; ') || `Something around it does that: ${named(culprit)}`;
  return {
    kind,
    weight: 'problem',
    title,
    text: `${who}: ${why}.${rule || layer ? '' : ' No rule of yours is stronger: take the declaration out there.'}`,
    element: tag,
    snippet: rule ? { code: rule, place: STYLE_SHEET } : layer ? { code: layer, place: FIRST_SHEET } : undefined,
  };
}

/** The tag by its name; an element around it by its own, if there is a tag in it. */
function selectorFor(tag: Tag, culprit: Element): string {
  if (culprit === tag) return inCorner(tag) ? `${tag.localName}[position='corner']` : tag.localName;
  const own = culprit.id
    ? `#${CSS.escape(culprit.id)}`
    : [culprit.localName, ...[...culprit.classList].map((name) => CSS.escape(name))].join('.');
  return `${own}:has(${tag.localName})`;
}
