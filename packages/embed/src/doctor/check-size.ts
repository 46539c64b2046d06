import { collision, inCorner } from './collision.js';
import { named, upwards, type Finding, type Tag } from './finding.js';
import { guiltOf } from './host-rules.js';

/** Narrowest width that an element lays itself out in. */
const NARROWEST = 280;
/** Pixels beyond an edge that are no more than a border or padding. */
const LOST = 16;

/** Rules of the page that make a tag too small or too large, or put it where nobody gets to. */
export function checkSize(tag: Tag): Finding[] {
  const wrong = [...resized(tag), ...tooNarrow(tag)];
  // mostly the same rule does both
  return wrong.length ? wrong : [...offPage(tag)];
}

/** Drawn in another size than it is laid out in, or on its side. */
function* resized(tag: Tag): Generator<Finding> {
  const isResized = () => {
    const share = tag.getBoundingClientRect().width / (tag.offsetWidth || 1);
    return tag.offsetWidth > 0 && (share < 0.7 || share > 1.5);
  };
  if (!isResized()) return;
  const calm = [
    ['transform', 'none'],
    ['scale', 'none'],
    ['rotate', 'none'],
    ['zoom', '1'],
  ] as const;
  for (const around of upwards(tag)) {
    const guilty = calm.map(([property]) => guiltOf(around, property)).filter((guilt) => guilt !== undefined);
    const declarations = calm.filter(([property]) => guilty.some((guilt) => guilt.property === property));
    if (!declarations.length) continue;
    yield collision(
      'hidden',
      tag,
      around,
      `${named(tag)} is drawn in another size`,
      'it cannot be read',
      declarations,
      guilty,
      () => !isResized(),
    );
    return;
  }
}

/** Narrower than an element can be, or wider than the window. */
function* tooNarrow(tag: Tag): Generator<Finding> {
  if (tag.localName === 'support-launcher' || getComputedStyle(tag).display === 'none') return;
  const isWrong = () =>
    tag.getBoundingClientRect().width < Math.min(NARROWEST, innerWidth - 40) || tag.getBoundingClientRect().width > innerWidth + 1;
  if (!isWrong() || !tag.checkVisibility()) return;
  const calm = [
    ['width', 'auto'],
    ['max-width', 'none'],
    ['min-width', '0'],
    ['flex-basis', 'auto'],
    ['grid-template-columns', 'none'],
    ['float', 'none'],
    ['column-count', 'auto'],
    ['margin-left', '0'],
    ['margin-right', '0'],
  ] as const;
  // a share of a row that does not wrap becomes all of it
  const row = [
    ['flex-basis', '100%'],
    ['flex-shrink', '1'],
    ['min-width', '0'],
  ] as const;
  let first: Finding | undefined;
  for (const around of upwards(tag)) {
    const guilty = calm.map(([property]) => guiltOf(around, property)).filter((guilt) => guilt !== undefined);
    const declarations = calm.filter(([property]) => guilty.some((guilt) => guilt.property === property));
    if (!declarations.length) continue;
    const width = Math.round(tag.getBoundingClientRect().width);
    const others = declarations.filter(([property]) => !row.some(([name]) => name === property));
    for (const tried of [declarations, [...others, ...row]]) {
      const finding = collision(
        'layout',
        tag,
        around,
        `${named(tag)} is ${width} px wide`,
        `it needs ${NARROWEST} px and no more than the window has`,
        tried,
        guilty,
        () => !isWrong(),
      );
      first ??= finding;
      if (!finding.snippet) continue;
      yield finding;
      return;
    }
  }
  // no rule about one element mends it, and it is to be known all the same
  if (first) yield first;
}

/** Beyond the edges that a page can be scrolled to, or so far beyond the one where lines begin that something of it is lost. */
function* offPage(tag: Tag): Generator<Finding> {
  const isGone = () => {
    const { left, right, bottom, width } = tag.getBoundingClientRect();
    const { scrollWidth } = document.documentElement;
    return width > 0 && (right + scrollX <= 1 || left + scrollX >= scrollWidth - 1 || bottom + scrollY <= 1);
  };
  const isOff = () => isGone() || lostPart(tag) > LOST;
  if (!isOff()) return;
  const [title, why] = isGone()
    ? [`${named(tag)} lies beside the page`, 'nobody can scroll to it']
    : [`${named(tag)} lies partly beside the page`, `nobody can scroll to ${Math.round(lostPart(tag))} px of it`];
  const calm = [
    ...['margin-left', 'margin-right', 'margin-inline-start', 'margin-inline-end', 'margin-top'],
    ...['left', 'right', 'inset-inline-start', 'inset-inline-end', 'top', 'translate', 'transform', 'text-indent'],
  ];
  for (const around of upwards(tag)) {
    const guilty = calm.map((property) => guiltOf(around, property)).filter((guilt) => guilt !== undefined);
    if (!guilty.length) continue;
    const declarations = guilty.map(
      ({ property }) => [property, /^(margin|text)/.test(property) ? '0' : /^tran/.test(property) ? 'none' : 'auto'] as const,
    );
    const finding = collision('hidden', tag, around, title, why, declarations, guilty, () => !isOff());
    if (!finding.snippet) continue;
    yield finding;
    return;
  }
}

/** Pixels of what a tag shows that lie before the edge where lines begin, from where no page scrolls. */
function lostPart(tag: Tag): number {
  const base = tag.shadowRoot?.querySelector('[part~=base]');
  const scrolls = [...upwards(tag)].some(
    (around) => around !== document.documentElement && around !== document.body && /auto|scroll/.test(getComputedStyle(around).overflowX),
  );
  if (!base || inCorner(tag) || scrolls || !base.getBoundingClientRect().width) return 0;
  const { left, right } = base.getBoundingClientRect();
  const isRightToLeft = getComputedStyle(document.documentElement).direction === 'rtl';
  return isRightToLeft ? right + scrollX - document.documentElement.clientWidth : -(left + scrollX);
}
