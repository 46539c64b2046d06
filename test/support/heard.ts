import type { Frame, Page } from 'playwright-core';

/** One thing that a screen reader says by itself. */
export interface Heard {
  /**
   * `focus`: what the focus went to. `renamed`: what has it is called something else now. `lost`: a frame was painted with the focus on
   * nothing. Else how a live region is spoken.
   */
  how: 'focus' | 'renamed' | 'lost' | 'polite' | 'assertive';
  text: string;
  /** Milliseconds since the page began. */
  at: number;
}

declare global {
  /** Of `listenIn`. */
  var heardHere: Heard[] | undefined;
}

/** Has every document that this page opens from now on write down what is spoken in it. */
export async function listenOn(page: Page): Promise<void> {
  await page.addInitScript(listenIn);
}

/** What was spoken in all documents of the page, in order, and forgotten then. */
export async function takeHeard(page: Page): Promise<Heard[]> {
  const all = await Promise.all(page.frames().map((frame) => takeFrom(frame)));
  return all.flat().sort((a, b) => a.at - b.at);
}

async function takeFrom(frame: Frame): Promise<Heard[]> {
  return frame
    .evaluate(async () => {
      // what is being done now is told a frame later
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 1)));
      const since = performance.timeOrigin;
      return (globalThis.heardHere?.splice(0) ?? []).map((one) => ({ ...one, at: one.at + since }));
    })
    .catch(() => []);
}

/**
 * As lines to be read: what live regions said, as `polite: Sent.`, and where the focus was at the end. Through what it went on its way,
 * and what that was called meanwhile, is a matter of frames.
 */
export function asLines(heard: readonly Heard[]): string {
  const spoken = heard.filter(({ how }) => how === 'polite' || how === 'assertive').map(({ how, text }) => `${how}: ${text}`);
  const last = heard.findLast(({ how }) => how === 'focus' || how === 'renamed');
  return [...spoken, ...(last ? [`focus: ${last.text}`] : [])].map((line) => `${line}\n`).join('');
}

/** Runs in the page, before anything of it. */
export function listenIn(): void {
  if (globalThis.heardHere) return;
  const heard: Heard[] = (globalThis.heardHere = []);
  const LIVE = '[aria-live],[role=status],[role=alert],[role=log],output';
  /** What each live region says now; one that is new here is not in it. */
  const said = new WeakMap<Element, string>();
  let focused: Element | null = null;
  let called = '';
  /** A key that may take the focus out of the page. */
  let leaving = false;

  const manner = (region: Element): Heard['how'] | '' => {
    const live = region.getAttribute('aria-live');
    if (live) return live === 'off' ? '' : (live as 'polite');
    return region.getAttribute('role') === 'alert' ? 'assertive' : 'polite';
  };
  const above = (node: Node): Node | null => node.parentNode ?? (node as ShadowRoot).host ?? null;
  const isHidden = (element: Element): boolean => {
    if (!element.checkVisibility({ visibilityProperty: true })) return true;
    for (let at: Node | null = element; at; at = above(at))
      if (at instanceof Element && (at.getAttribute('aria-hidden') === 'true' || (at as HTMLElement).inert)) return true;
    return false;
  };
  const textOf = (node: Node): string => {
    if (node instanceof Text) return node.data;
    if (node instanceof Element) {
      if (/^(style|script)$/.test(node.localName) || node.getAttribute('aria-hidden') === 'true' || !node.checkVisibility()) return '';
      const label = node.getAttribute('aria-label');
      if (label) return ` ${label} `;
    }
    const inside = [...((node as Element).shadowRoot ?? node).childNodes].map(textOf).join('');
    return node instanceof Element && /^(inline|contents)$/.test(getComputedStyle(node).display) ? inside : ` ${inside} `;
  };
  const squeezed = (node: Node) => textOf(node).replaceAll(/\s+/g, ' ').trim();
  const nameOf = (element: Element): string => {
    const { labels } = element as HTMLInputElement;
    const referred = (attribute: string) =>
      (element.getAttribute(attribute) ?? '')
        .split(' ')
        .map((id) => (element.getRootNode() as ShadowRoot).getElementById?.(id))
        .map((other) => (other ? squeezed(other) : ''))
        .join(' ');
    const name =
      element.getAttribute('aria-label') ||
      referred('aria-labelledby').trim() ||
      Array.from(labels ?? [], squeezed).join(' ') ||
      squeezed(element) ||
      element.id ||
      element.localName;
    const described = referred('aria-describedby').trim();
    return (name.length > 160 ? `${name.slice(0, 160)}…` : name) + (described && ` (${described})`);
  };
  const innermost = (): Element | null => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element === document.body || element === document.documentElement ? null : element;
  };
  const look = (): void => {
    const now = innermost();
    const name = now ? nameOf(now) : '';
    if (now === focused && (name === called || !now)) return;
    const how = now === focused ? 'renamed' : 'focus';
    [focused, called] = [now, name];
    if (now) heard.push({ how, text: name, at: performance.now() });
    else if (!leaving && document.hasFocus()) heard.push({ how: 'lost', text: '', at: performance.now() });
  };
  /** Once what is being done now is done and painted. */
  const lookSoon = (): void => void requestAnimationFrame(() => setTimeout(look));

  const tell = (region: Element): void => {
    const how = manner(region);
    const text = isHidden(region) ? '' : squeezed(region);
    const before = said.get(region);
    if (before === text) return;
    said.set(region, text);
    // one that comes with its text is spoken where it is an alert, and nowhere for sure where it is not
    if (how && text)
      heard.push({ how, text: before === undefined && how === 'polite' ? `${text} [came with its text]` : text, at: performance.now() });
  };
  const regionOf = (node: Node): Element | undefined => {
    for (let at: Node | null = node; at; at = above(at)) if (at instanceof Element && at.matches(LIVE)) return at;
    return undefined;
  };
  const inside = (node: Node, found: Set<Element>): void => {
    if (!(node instanceof Element || node instanceof ShadowRoot)) return;
    if (node instanceof Element && node.matches(LIVE)) found.add(node);
    for (const child of node.children) inside(child, found);
    if (node instanceof Element && node.shadowRoot) inside(node.shadowRoot, found);
  };
  let due = false;
  const touched = new Set<Element>();
  const observer = new MutationObserver((mutations) => {
    for (const { target, addedNodes, type } of mutations) {
      const region = regionOf(target);
      if (region) touched.add(region);
      for (const node of addedNodes) inside(node, touched);
      // what was hidden may be shown
      if (type === 'attributes') inside(target, touched);
    }
    if (!due) {
      due = true;
      // a region that is filled in several steps is spoken once
      queueMicrotask(() =>
        setTimeout(() => {
          due = false;
          for (const region of touched) if (region.isConnected) tell(region);
          touched.clear();
        }),
      );
    }
    lookSoon();
  });
  const watch = (root: Node) =>
    observer.observe(root, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ['hidden', 'class', 'style', 'open', 'aria-hidden', 'inert', 'aria-live', 'role'],
    });
  watch(document);
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    watch(root);
    for (const type of ['focusin', 'focusout']) root.addEventListener(type, lookSoon, true);
    return root;
  };
  for (const type of ['focusin', 'focusout']) addEventListener(type, lookSoon, true);
  addEventListener('keydown', ({ key }) => (leaving = /^(Shift|Control)$/.test(key) ? leaving : key === 'Tab'), true);
  addEventListener('pointerdown', () => (leaving = true), true);
}
