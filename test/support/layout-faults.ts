/** Something that somebody cannot read or press as it is. */
export interface Fault {
  what: string;
  where: string;
}

/**
 * Runs in the page: looks at all that is seen below an element, through shadow roots: texts and controls out of their boxes, cut off,
 * over one another or beside the page, and targets too small to press. Of a page below a modal dialog nothing counts.
 */
export function findFaults(within: string): Fault[] {
  const TARGET = 24; // WCAG 2.5.8
  const CONTROL = 44; // WCAG 2.5.5, for what everybody has to press
  const SLACK = 1.5;
  const faults: Fault[] = [];
  const known = new Map<string, Set<Element>>();
  const controls = 'a[href], button, input, select, textarea, summary, [role=button], [role=link]';

  const parentOf = (node: Node): Element | null =>
    (node as Element).assignedSlot ?? node.parentElement ?? (node.parentNode as ShadowRoot | null)?.host ?? null;
  const nameOf = (element: Element): string => {
    const text = (element instanceof HTMLElement ? element.innerText : '').replaceAll(/\s+/g, ' ').trim().slice(0, 30);
    const part = element.getAttribute('part') ?? element.getAttribute('class');
    const host = (element.getRootNode() as ShadowRoot).host?.localName;
    return `${host ? `${host} ` : ''}${element.localName}${element.id && `#${element.id}`}${part ? `.${part}` : ''}${text && ` "${text}"`}`;
  };
  const report = (what: string, element: Element, more = '') => {
    const told = known.get(what) ?? new Set();
    if (told.has(element)) return;
    known.set(what, told.add(element));
    faults.push({ what, where: nameOf(element) + more });
  };
  const px = (rect: DOMRect) => ` (${[rect.x, rect.y, rect.width, rect.height].map((one) => Math.round(one * 10) / 10).join(' ')})`;

  interface Item {
    owner: Element;
    rect: DOMRect;
    text: boolean;
  }
  const items: Item[] = [];
  const pressed: Element[] = [];

  const isHiddenFromEyes = (style: CSSStyleDeclaration, box: DOMRect) =>
    style.clipPath === 'inset(50%)' || style.opacity === '0' || (box.width <= 1 && box.height <= 1 && style.overflow === 'hidden');

  const childrenOf = (element: Element): Iterable<Node> =>
    element instanceof HTMLSlotElement && element.assignedNodes().length
      ? element.assignedNodes()
      : (element.shadowRoot ?? element).childNodes;

  const walk = (element: Element) => {
    if (/^(style|script|template|noscript|option|optgroup|svg)$/.test(element.localName)) return;
    const style = getComputedStyle(element);
    const contents = style.display === 'contents' || element instanceof HTMLSlotElement;
    if (!contents && !element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return;
    const box = element.getBoundingClientRect();
    if (!contents && isHiddenFromEyes(style, box)) return;
    if (element.matches(controls)) pressed.push(element);
    if (element.matches('input, select, textarea, canvas, img, iframe, progress')) {
      items.push({ owner: element, rect: box, text: false });
      return;
    }
    for (const child of childrenOf(element)) {
      if (child instanceof Element) walk(child);
      else if (child instanceof Text && child.data.trim()) {
        const whole = document.createRange();
        whole.selectNodeContents(child);
        if (/^\s*[2-9A-Z]{4}-[2-9A-Z]{4}\s*$/.test(child.data) && whole.getClientRects().length > 1) report('a number in two', element);
        // a space at the end of a line may hang over
        const kept = /pre|break/.test(style.whiteSpace);
        for (const { index, 0: said } of child.data.matchAll(kept ? /\S+/g : /\S.*\S|\S/gs)) {
          const range = document.createRange();
          range.setStart(child, index);
          range.setEnd(child, index + said.length);
          for (const rect of range.getClientRects())
            if (rect.width > 1 && rect.height > 1) items.push({ owner: element, rect, text: true });
        }
      }
    }
  };

  const modal = ((): Element | undefined => {
    const found: Element[] = [];
    const visit = (root: ParentNode) => {
      found.push(...root.querySelectorAll('dialog:modal'));
      for (const one of root.querySelectorAll('*')) if (one.shadowRoot) visit(one.shadowRoot);
    };
    visit(document);
    return found.at(-1);
  })();
  const top = modal ?? (document.querySelector(within) as Element);
  walk(top);

  const page = document.scrollingElement as Element;
  if (page.scrollWidth > page.clientWidth + 1)
    faults.push({ what: 'the page scrolls sideways', where: `${page.scrollWidth - page.clientWidth} px` });

  /** What is seen of a rectangle; tells of what is not and cannot be scrolled to. */
  const seenOf = ({ owner, rect, text }: Item): DOMRect | undefined => {
    let { left, top: above, right, bottom } = rect;
    let inFlow = true;
    let scrolled = false;
    for (let at: Element | null = text ? owner : parentOf(owner); at; at = parentOf(at)) {
      const style = getComputedStyle(at);
      if (style.display === 'contents') continue;
      const box = at.getBoundingClientRect();
      if (style.display !== 'inline') {
        // what an inner box has cut is not seen by an outer one
        const beside = left < box.left - SLACK || right > box.right + SLACK;
        const below = above < box.top - SLACK || bottom > box.bottom + SLACK;
        if (!scrolled && style.overflowX !== 'visible' && beside) {
          if (/auto|scroll/.test(style.overflowX) && at !== page && at !== document.body) {
            if (!at.matches('pre, .scroll')) report('scrolls sideways', at, px(rect));
          } else if (style.textOverflow !== 'ellipsis') report('cut off', owner, `${px(rect)} by ${nameOf(at)}`);
        } else if (!scrolled && inFlow && beside && at === owner) report('text out of its box', owner, px(rect));
        if (!scrolled && /hidden|clip/.test(style.overflowY) && below && at !== document.body && at !== document.documentElement)
          report('cut off', owner, `${px(rect)} by ${nameOf(at)}`);
        const drawn = parseFloat(style.borderBlockEndWidth) > 0 || !/, 0\)$|transparent/.test(style.backgroundColor);
        // letters reach over lines that are set close
        if (!scrolled && inFlow && style.overflowY === 'visible' && drawn && (beside || bottom > box.bottom + 4))
          report('out of the box around it', owner, `${px(rect)} of ${nameOf(at)}`);
        if (style.overflowX !== 'visible' || style.overflowY !== 'visible') {
          [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
          if (at !== document.body && at !== document.documentElement)
            [above, bottom] = [Math.max(above, box.top), Math.min(bottom, box.bottom)];
          if (/auto|scroll/.test(style.overflowY) && at !== document.body && at !== document.documentElement) scrolled = true;
        }
        if (/absolute|fixed/.test(style.position)) inFlow = false;
        if (style.position === 'fixed') break;
      }
    }
    if (!scrolled && (left < -SLACK || right > innerWidth + SLACK)) report('beside the page', owner, px(rect));
    return right - left > 1 && bottom - above > 1 ? new DOMRect(left, above, right - left, bottom - above) : undefined;
  };

  const layerOf = (element: Element): Element | null => {
    for (let at: Element | null = element; at && at !== top; at = parentOf(at))
      if (/fixed|sticky/.test(getComputedStyle(at).position) || at.matches('[data-veil=true]')) return at;
    return null;
  };
  const holds = (outer: Element, inner: Element): boolean => {
    for (let at: Element | null = inner; at; at = parentOf(at)) if (at === outer) return true;
    return false;
  };

  const boxes = pressed.filter((one) => one.matches('button, summary, [role=button]') || getComputedStyle(one).display !== 'inline');
  const all = [
    ...items,
    ...boxes
      .filter((one) => !one.matches('input, select, textarea'))
      .map((owner) => ({ owner, rect: owner.getBoundingClientRect(), text: false })),
  ]
    .map((item) => ({ ...item, seen: seenOf(item) }))
    .filter((item): item is Item & { seen: DOMRect } => Boolean(item.seen))
    .toSorted((one, other) => one.seen.top - other.seen.top);
  for (const [n, one] of all.entries())
    for (let at = n + 1; at < all.length; at++) {
      const other = all[at] as (typeof all)[number];
      // what begins below it, as all that comes after, cannot lie over it
      if (other.seen.top >= one.seen.bottom) break;
      if (one.owner === other.owner) continue;
      // letters are not as high as their lines
      const shrink = ({ seen, text }: (typeof all)[number]) => (text ? seen.height * 0.25 : 0);
      const across = Math.min(one.seen.right, other.seen.right) - Math.max(one.seen.left, other.seen.left);
      const down =
        Math.min(one.seen.bottom - shrink(one), other.seen.bottom - shrink(other)) -
        Math.max(one.seen.top + shrink(one), other.seen.top + shrink(other));
      if (across <= SLACK || down <= SLACK || holds(one.owner, other.owner) || holds(other.owner, one.owner)) continue;
      if (layerOf(one.owner) !== layerOf(other.owner)) continue;
      report('lies over something else', one.owner, `${px(one.seen)} and ${nameOf(other.owner)}${px(other.seen)}`);
    }

  /** Where a press counts. */
  const targetOf = (element: Element): DOMRect => {
    const box = element.getBoundingClientRect();
    const label = element.matches('[type=radio], [type=checkbox]') ? (element as HTMLInputElement).labels?.[0] : undefined;
    if (!label) return box;
    const around = label.getBoundingClientRect();
    const [left, above] = [Math.min(box.left, around.left), Math.min(box.top, around.top)];
    return new DOMRect(left, above, Math.max(box.right, around.right) - left, Math.max(box.bottom, around.bottom) - above);
  };
  const targets = pressed
    .filter((one) => !one.matches(':disabled, [type=file]'))
    .map((element) => ({ element, rect: targetOf(element) }))
    // what has been scrolled out of sight is pressed once it is back
    .filter(({ element, rect }) => rect.width > 0 && seenOf({ owner: element, rect: element.getBoundingClientRect(), text: false }));
  const isSmall = ({ rect }: { rect: DOMRect }) => rect.width < TARGET - 0.5 || rect.height < TARGET - 0.5;
  const isInSentence = (element: Element): boolean => {
    if (getComputedStyle(element).display !== 'inline') return false;
    let block = parentOf(element);
    while (block && getComputedStyle(block).display === 'inline') block = parentOf(block);
    return (block?.textContent ?? '').trim().length > (element.textContent ?? '').trim().length;
  };
  for (const target of targets) {
    const { element, rect } = target;
    if (isSmall(target) && !isInSentence(element)) {
      const [x, y] = [rect.x + rect.width / 2, rect.y + rect.height / 2];
      const near = targets.find((other) => {
        if (other === target || holds(other.element, element)) return false;
        if (isSmall(other)) return Math.hypot(other.rect.x + other.rect.width / 2 - x, other.rect.y + other.rect.height / 2 - y) < TARGET;
        const dx = Math.max(other.rect.left - x, 0, x - other.rect.right);
        const dy = Math.max(other.rect.top - y, 0, y - other.rect.bottom);
        return Math.hypot(dx, dy) < TARGET / 2;
      });
      if (near) report('a target too small', element, `${px(rect)} beside ${nameOf(near.element)}`);
    }
    const isField = element.matches('input:not([type=radio], [type=checkbox], [type=range]), select, textarea');
    const isMain = element.matches('[type=submit], [part=submit], .main, .first');
    if ((isField || isMain) && rect.height < CONTROL - 0.5) report('lower than 44 px', element, px(rect));
    if (isField && parseFloat(getComputedStyle(element).fontSize) < 16) report('a field that a phone zooms into', element);
  }
  return faults;
}
