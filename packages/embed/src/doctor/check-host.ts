import { HIDDEN } from './check-contrast.js';
import { checkSize } from './check-size.js';
import { collision, inCorner } from './collision.js';
import { named, openingTag, upwards, type Finding, type Tag } from './finding.js';
import { guiltOf, type Guilt } from './host-rules.js';
import { withSheet } from './mending.js';

/** What a rule on the tag itself may not be, and what it is to be instead. */
const OWN: readonly { property: string; calm: string; harms: (value: string, tag: Tag) => boolean; why: string }[] = [
  { property: 'float', calm: 'none', harms: (value) => value !== 'none', why: 'it shrinks to its words and leaves the flow of the page' },
  {
    property: 'position',
    calm: 'static',
    harms: (value, tag) => /absolute|fixed|sticky/.test(value) && !inCorner(tag),
    why: 'it leaves the flow of the page and lies over what comes next',
  },
  {
    property: 'position',
    calm: 'fixed',
    harms: (value, tag) => value !== 'fixed' && inCorner(tag),
    why: 'its button no longer stays in the corner of the window',
  },
  { property: 'scale', calm: 'none', harms: (value) => !/^(none|1( 1)*)$/.test(value), why: 'it is drawn in another size' },
  { property: 'rotate', calm: 'none', harms: (value) => value !== 'none', why: 'it is drawn turned' },
  { property: 'translate', calm: 'none', harms: (value) => value !== 'none', why: 'it is drawn elsewhere than it takes room' },
  { property: 'zoom', calm: '1', harms: (value) => value !== '1' && value !== '', why: 'it is drawn in another size' },
  { property: 'mix-blend-mode', calm: 'normal', harms: (value) => value !== 'normal', why: 'its colours mix with what lies below' },
  { property: 'mask-image', calm: 'none', harms: (value) => value !== 'none', why: 'a mask hides parts of it' },
  { property: 'clip', calm: 'auto', harms: (value) => value !== 'auto', why: 'parts of it are cut off' },
  { property: 'writing-mode', calm: 'horizontal-tb', harms: (value) => value !== 'horizontal-tb', why: 'its text runs downwards' },
  { property: 'column-count', calm: 'auto', harms: (value) => value !== 'auto', why: 'its fields are torn into columns' },
  { property: 'content-visibility', calm: 'visible', harms: (value) => value === 'hidden', why: 'nothing in it is shown' },
  { property: 'contain', calm: 'none', harms: (value) => /size|strict/.test(value), why: 'it takes no room for what is in it' },
  {
    property: 'user-select',
    calm: 'text',
    harms: (value) => value === 'none',
    why: 'no text in it can be selected, nor typed in some browsers',
  },
];
/** What makes an element the window of all that is fixed inside it. */
const TRAPS: readonly [property: string, calm: string, harms: RegExp][] = [
  ['transform', 'none', /^(?!none$)/],
  ['translate', 'none', /^(?!none$)/],
  ['scale', 'none', /^(?!none$)/],
  ['rotate', 'none', /^(?!none$)/],
  ['filter', 'none', /^(?!none$)/],
  ['backdrop-filter', 'none', /^(?!none$)/],
  ['perspective', 'none', /^(?!none$)/],
  ['contain', 'none', /paint|layout|strict|content/],
  ['container-type', 'normal', /size/],
  ['will-change', 'auto', /transform|filter|perspective|translate|scale|rotate/],
];

const computed = (element: Element, property: string) => getComputedStyle(element).getPropertyValue(property);

/** Rules of the page that hide a tag, cut it off or move it. */
export function checkHost(tag: Tag): Finding[] {
  if (tag.hidden) return [];
  const found = [...hiddenBy(tag), ...ownCollisions(tag), ...cutOff(tag), ...trapped(tag)];
  // what would be left if these were mended
  const sizes = withSheet(found.map(({ snippet }) => snippet?.code ?? '').join('\n'), () => checkSize(tag));
  const [first, ...more] = found;
  const mended = sizes.filter(({ snippet }) => snippet ?? !first);
  if (!first?.snippet || !mended.length) return [...found, ...mended];
  const code = [...new Set([first, ...mended].map(({ snippet }) => snippet?.code ?? ''))].join('\n');
  return [{ ...first, text: [first, ...mended].map(({ text }) => text).join(' '), snippet: { ...first.snippet, code } }, ...more];
}

function* ownCollisions(tag: Tag): Generator<Finding> {
  for (const { property, calm, harms, why } of OWN) {
    if (!harms(computed(tag, property), tag)) continue;
    const guilt = guiltOf(tag, property) ?? inheritedGuilt(tag, property);
    if (guilt)
      yield collision('layout', tag, tag, `${property} of ${named(tag)} is changed`, why, [[property, calm]], [guilt], () => {
        return !harms(computed(tag, property), tag);
      });
  }
}

function inheritedGuilt(tag: Tag, property: string): Guilt | undefined {
  for (const around of upwards(tag)) {
    const guilt = guiltOf(around, property);
    if (guilt) return guilt;
  }
  return undefined;
}

/** What hides it: an element around it, or the lack of any size. */
function* hiddenBy(tag: Tag): Generator<Finding> {
  for (const around of upwards(tag)) {
    // what people open is theirs to see
    if (around.matches('dialog:not([open]), [popover]:not(:popover-open)')) return;
    const hides: [property: string, calm: string, isHidden: () => boolean][] = [
      ['display', around === document.body || around === tag ? 'block' : 'revert', () => computed(around, 'display') === 'none'],
      ['opacity', '1', () => Number(computed(around, 'opacity')) < HIDDEN],
      [
        'filter',
        'none',
        () => around !== tag && /opacity\((0|\.|0\.[01])|blur\([1-9]|(brightness|contrast)\(0\b/.test(computed(around, 'filter')),
      ],
      ['content-visibility', 'visible', () => around !== tag && computed(around, 'content-visibility') === 'hidden'],
      ['clip', 'auto', () => around !== tag && computed(around, 'clip') !== 'auto' && /absolute|fixed/.test(computed(around, 'position'))],
      ['clip-path', 'none', () => around !== tag && /^(inset\((50|100)%|circle\(0)/.test(computed(around, 'clip-path'))],
      ['pointer-events', 'auto', () => around === tag && computed(around, 'pointer-events') === 'none'],
      ['visibility', 'visible', () => around === tag && computed(around, 'visibility') !== 'visible'],
    ];
    for (const [property, calm, isHidden] of hides) {
      if (!isHidden()) continue;
      const guilt = guiltOf(around, property);
      const hint = around === tag ? '' : ' (if it is opened later, as a tab is, all is well)';
      yield collision(
        'hidden',
        tag,
        around,
        `${named(tag)} is hidden`,
        `nobody sees it${hint}`,
        [[property, calm]],
        [guilt],
        () => !isHidden(),
      );
    }
    if (around !== tag && around.matches('[inert], [aria-hidden=true]')) {
      const attribute = around.hasAttribute('inert') ? 'inert' : 'aria-hidden';
      yield {
        kind: 'hidden',
        weight: 'problem',
        title: `${named(tag)} cannot be reached`,
        text: `${named(around)} around it has the attribute ${attribute}, which takes all in it away from keyboards and screen readers.`,
        element: tag,
        snippet: { code: openingTag(around, { [attribute]: null }), place: `in place of the opening tag ${named(around)}` },
      };
    }
  }
}

/** A fixed height or width with something to scroll or to cut off, on the tag or around it. */
function* cutOff(tag: Tag): Generator<Finding> {
  const base = tag.shadowRoot?.querySelector('[part~=base]') ?? tag;
  if (!base.getBoundingClientRect().height) return;
  for (const around of upwards(tag)) {
    if (around === document.documentElement || (inCorner(tag) && around !== tag)) return;
    const isCut = () => {
      const [inner, outer] = [base.getBoundingClientRect(), around.getBoundingClientRect()];
      const paints = /paint|strict|content/.test(computed(around, 'contain'));
      const clips = (axis: 'x' | 'y') => paints || /hidden|clip|auto|scroll/.test(computed(around, `overflow-${axis}`));
      const below = inner.bottom > outer.bottom + 1 && (around === tag || clips('y'));
      const aside = (inner.right > outer.right + 1 || inner.left < outer.left - 1) && clips('x');
      return below || aside;
    };
    if (!isCut()) continue;
    const calm = [
      ['max-height', 'none'],
      ['height', 'auto'],
      ['width', 'auto'],
      ['max-width', 'none'],
      ['overflow-x', 'visible'],
      ['overflow-y', 'visible'],
      ['contain', 'none'],
      // as wide as its words, once its width is taken away
      ...(around.clientWidth < 2 ? [['position', 'static'] as const] : []),
    ] as const;
    const guilty = calm.map(([property]) => guiltOf(around, property)).filter((guilt) => guilt !== undefined);
    if (!guilty.length) continue;
    const declarations = calm.filter(([property]) => guilty.some((guilt) => guilt.property === property));
    const place = around === tag ? 'it' : named(around);
    yield collision(
      'hidden',
      tag,
      around,
      `${named(tag)} is cut off`,
      `${place} is smaller than what is in it`,
      declarations,
      guilty,
      () => !isCut(),
    );
    return;
  }
}

/** A launcher that is fixed to something else than the window. */
function* trapped(tag: Tag): Generator<Finding> {
  if (!inCorner(tag)) return;
  for (const around of upwards(tag)) {
    if (around === tag) continue;
    for (const [property, calm, harms] of TRAPS) {
      if (!harms.test(computed(around, property))) continue;
      const guilt = guiltOf(around, property);
      if (!guilt) continue;
      const why = `the button is fixed to ${named(around)} instead of the window. Better still, put the tag at the end of <body>`;
      yield collision(
        'layout',
        tag,
        around,
        `${named(tag)} is trapped`,
        why,
        [[property, calm]],
        [guilt],
        () => !harms.test(computed(around, property)),
      );
    }
  }
}
