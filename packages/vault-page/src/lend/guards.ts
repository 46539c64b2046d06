/** Focus that goes within this time after a key was pressed was not taken by the person who types. Milliseconds. */
const TORN_MS = 150;

type Field = HTMLInputElement | HTMLTextAreaElement;

/**
 * Watches for a page around that takes the focus away from somebody who types, or covers the fields. Only a page in a frame has
 * one; to what it looks like, a program or a tab that is switched to, nothing is done.
 */
export class Guards {
  readonly #root: ShadowRoot;
  readonly #torn: (field: Field) => void;
  readonly #covered: () => void;
  #typedAt = -Infinity;
  #typedIn: Field | undefined;
  #observer: IntersectionObserver | undefined;
  #seen = new WeakSet<Element>();

  /** @param torn is given the field that was typed in. @param covered is called once something lies over a field. */
  constructor(root: ShadowRoot, torn: (field: Field) => void, covered: () => void) {
    this.#root = root;
    this.#torn = torn;
    this.#covered = covered;
  }

  start(): void {
    this.#root.addEventListener('keydown', this.#pressed);
    this.#root.addEventListener('input', this.#typed);
    // a pointer or a tab key: whoever leaves now wants to
    addEventListener('pointerdown', this.#leaving, true);
    addEventListener('blur', this.#blurred);
    const options: IntersectionObserverInit & { trackVisibility: boolean; delay: number } = {
      trackVisibility: true,
      delay: 100,
      threshold: [1],
    };
    this.#observer = new IntersectionObserver((entries) => {
      for (const entry of entries as (IntersectionObserverEntry & { isVisible?: boolean })[]) {
        // a browser without this tells of no visibility at all
        if (entry.isVisible === false && entry.intersectionRatio >= 1) this.#covered();
      }
    }, options);
  }

  /** Has the fields looked at that are drawn now. */
  watch(): void {
    for (const field of this.#root.querySelectorAll('[data-field]')) {
      if (this.#seen.has(field)) continue;
      this.#seen.add(field);
      this.#observer?.observe(field);
    }
  }

  stop(): void {
    this.#root.removeEventListener('keydown', this.#pressed);
    this.#root.removeEventListener('input', this.#typed);
    removeEventListener('pointerdown', this.#leaving, true);
    removeEventListener('blur', this.#blurred);
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#seen = new WeakSet();
  }

  #pressed = (event: Event): void => {
    const { key, ctrlKey, metaKey, altKey } = event as KeyboardEvent;
    if (key === 'Tab' || key === 'Escape' || ctrlKey || metaKey || altKey) return this.#leaving();
    // Shift and the like alone type nothing
    if (key.length === 1 || /^(Backspace|Delete|Process|Unidentified|Dead)$/.test(key)) this.#typed(event);
  };

  #typed = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
    this.#typedAt = performance.now();
    this.#typedIn = target;
  };

  #leaving = (): void => {
    this.#typedAt = -Infinity;
  };

  #blurred = (): void => {
    const field = this.#typedIn;
    if (field && performance.now() - this.#typedAt <= TORN_MS && document.visibilityState === 'visible') this.#torn(field);
    this.#typedAt = -Infinity;
  };
}
