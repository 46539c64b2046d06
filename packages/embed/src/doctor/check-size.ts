import { collision } from './collision.js';
import { named, upwards, type Finding, type Tag } from './finding.js';
import { guiltOf } from './host-rules.js';

/** Narrowest width that an element lays itself out in. */
const NARROWEST = 280;

/** Rules of the page that make a tag too small or too large, or put it where nobody gets to. */
export function checkSize(tag: Tag): Finding[] {
  return [...resized(tag), ...tooNarrow(tag), ...offPage(tag)];
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
  ] as const;
  for (const around of upwards(tag)) {
    const guilty = calm.map(([property]) => guiltOf(around, property)).filter((guilt) => guilt !== undefined);
    const declarations = calm.filter(([property]) => guilty.some((guilt) => guilt.property === property));
    if (!declarations.length) continue;
    const width = Math.round(tag.getBoundingClientRect().width);
    const finding = collision(
      'layout',
      tag,
      around,
      `${named(tag)} is ${width} px wide`,
      `it needs ${NARROWEST} px and no more than the window has`,
      declarations,
      guilty,
      () => !isWrong(),
    );
    if (!finding.snippet) continue;
    yield finding;
    return;
  }
}

/** Beyond the edges that a page can be scrolled to. */
function* offPage(tag: Tag): Generator<Finding> {
  const isOff = () => {
    const { left, right, bottom, width } = tag.getBoundingClientRect();
    const { scrollWidth } = document.documentElement;
    return width > 0 && (right + scrollX <= 1 || left + scrollX >= scrollWidth - 1 || bottom + scrollY <= 1);
  };
  if (!isOff()) return;
  const calm = ['margin-left', 'margin-right', 'margin-top', 'left', 'right', 'top', 'translate', 'transform', 'text-indent'] as const;
  for (const around of upwards(tag)) {
    const guilty = calm.map((property) => guiltOf(around, property)).filter((guilt) => guilt !== undefined);
    if (!guilty.length) continue;
    const declarations = guilty.map(
      ({ property }) => [property, /^(margin|text)/.test(property) ? '0' : /^tran/.test(property) ? 'none' : 'auto'] as const,
    );
    const finding = collision(
      'hidden',
      tag,
      around,
      `${named(tag)} lies beside the page`,
      'nobody can scroll to it',
      declarations,
      guilty,
      () => !isOff(),
    );
    if (!finding.snippet) continue;
    yield finding;
    return;
  }
}
