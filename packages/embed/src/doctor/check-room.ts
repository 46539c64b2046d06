import { named, selectorOf, STYLE_SHEET, type Finding, type Tag } from './finding.js';
import { guiltOf, reaches, rulesOf, sheetsOf } from './host-rules.js';
import { mendingRule, withSheet } from './mending.js';

interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources?: readonly { readonly node?: Node | null }[];
}

/** Less room than this share of what is needed lets the page move. */
const ENOUGH = 0.75;
/** Widths of a telephone's column and of the widest tag that is measured as such. */
const NARROW = 358;
const PHONE = '40rem';

/** Whether the page keeps room for a tag whose code is not there yet. */
export async function checkRoom(tag: Tag): Promise<Finding[]> {
  const base = tag.shadowRoot?.querySelector<HTMLElement>('[part~=base]');
  if (tag.localName === 'support-launcher' || tag.hidden || !base?.getBoundingClientRect().height || tag.closest('dialog')) return [];
  const height = heightAt(tag, base);
  const reserved = () => parseFloat(getComputedStyle(tag).minHeight) || 0;
  const isBlock = declaresBlock(tag);
  if (reserved() >= height * ENOUGH && isBlock) return [];
  const [narrow, here] = [heightAt(tag, base, Math.min(NARROW, tag.clientWidth || NARROW)), rounded(height)];
  const guilt = guiltOf(tag, 'min-height');
  const lines = [['display', 'block'] as const, ['min-block-size', `${here}px`] as const];
  const rule = mendingRule(selectorOf(tag), lines, [guilt], () => reserved() >= height * ENOUGH);
  const phone =
    innerWidth > 640 && rule ? `\n@media (width < ${PHONE}) {\n${indented(rule.replace(`${here}px`, `${rounded(narrow)}px`))}\n}` : '';
  const moved = await movedBy(tag);
  return [
    {
      kind: 'room',
      // what lists tickets mostly ends a page, and nothing below it moves
      weight: tag.localName === 'support-form' || moved > 0.01 ? 'problem' : 'advice',
      title: `No room is reserved for ${named(tag)}`,
      text:
        (reserved() >= height * ENOUGH
          ? 'It has a height, and is no block before its code is there, so that the height counts for nothing'
          : `It is ${rounded(height)} px high here, and ${Math.round(reserved())} px are kept free for it`) +
        `: what stands below moves when it comes.${moved > 0.001 ? ` On this visit the page moved by ${moved.toFixed(2)}.` : ''}`,
      element: tag,
      snippet: rule ? { code: rule + phone, place: STYLE_SHEET } : undefined,
    },
  ];
}

const rounded = (height: number) => Math.round(height / 8) * 8;

const indented = (rule: string) => rule.replaceAll(/^/gm, '  ');

/** Height of what is shown, in a tag of this width. */
function heightAt(tag: Tag, base: HTMLElement, width?: number): number {
  const lines = `min-block-size: 0 !important; ${width ? `width: ${width}px !important;` : ''}`;
  return withSheet(`${tag.localName}:not(#s#s#s) { ${lines} }`, () => base.getBoundingClientRect().height);
}

/** Until its code is there, a tag is a word in a line, unless a rule says something else. */
function declaresBlock(tag: Tag): boolean {
  if (/block|grid|flex|flow-root|table/.test(tag.style.display)) return true;
  return sheetsOf().some((sheet) => {
    const rules = rulesOf(sheet);
    return !rules || rules.some((rule) => /block|grid|flex|flow-root|table/.test(rule.style.display) && reaches(rule, tag));
  });
}

/** How far the page has moved things that come after a tag, as browsers count it; 0 where they do not. */
async function movedBy(tag: Tag): Promise<number> {
  if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) return 0;
  const entries = await new Promise<PerformanceEntry[]>((resolve) => {
    const observer = new PerformanceObserver((list) => resolve(list.getEntries()));
    observer.observe({ __proto__: null, type: 'layout-shift', buffered: true } as never);
    setTimeout(() => {
      resolve(observer.takeRecords());
      observer.disconnect();
    }, 100);
  });
  const after = (node: Node | null | undefined) => !!node && !!(tag.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
  return (entries as Shift[])
    .filter(({ sources, hadRecentInput }) => !hadRecentInput && sources?.some(({ node }) => after(node)))
    .reduce((sum, { value }) => sum + value, 0);
}
