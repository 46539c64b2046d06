/** Focus that goes within this time after a key was pressed was not taken by the person who types. Milliseconds. */
const TORN_MS = 150;
/** A tab that is switched away from says so within this time after it has lost the focus. Milliseconds. */
const SWITCH_MS = 150;
/** How often is told which part of the fields is in view. */
const STEPS = Array.from({ length: 21 }, (_, i) => i / 20);

type Field = HTMLInputElement | HTMLTextAreaElement;

/** What is done about a page around that is not as it should be. */
export interface GuardActions {
  /** Focus was torn out of a field that was typed in. */
  torn(field: Field): void;
  /** The fields are to be hidden, or may be seen again. */
  veil(veiled: boolean): void;
}

/**
 * Watches for a page around that takes the focus away from somebody who types, or lies over the fields. Only a page in a frame has
 * one; to what it looks like, a program or a tab that is switched to, nothing is done.
 *
 * Of a frame of another site Chromium tells only whether anything at all lies over any part of it: the fixed header of a shop is no
 * other to it than a trap, and goes as the person scrolls. So a cover takes nothing away. It veils the fields as long as it is there
 * and what the person presses does not come in here: before a first press or key, and whenever the focus is elsewhere. What is typed
 * into something that lies over the fields is then not typed where a field is to be seen. While this looks, Chromium itself gives a
 * frame no press that comes within half a second of its being moved.
 */
export class Guards {
  readonly #root: ShadowRoot;
  readonly #actions: GuardActions;
  #typedAt = -Infinity;
  #typedIn: Field | undefined;
  #observer: IntersectionObserver | undefined;
  /** Lies over the fields itself: what is veiled is hidden by it, and what it is covered by covers them. */
  #veil: HTMLElement | null = null;
  #covered = false;
  #veiled = false;
  /** A press or a key has come in here. */
  #reached = false;
  #pressed = false;
  #focused = false;

  constructor(root: ShadowRoot, actions: GuardActions) {
    this.#root = root;
    this.#actions = actions;
  }

  start(): void {
    this.#focused = document.hasFocus();
    this.#root.addEventListener('input', this.#typed);
    addEventListener('keydown', this.#keyed, true);
    for (const type of ['pointerdown', 'pointerup', 'pointercancel']) addEventListener(type, this.#pointed, true);
    for (const type of ['focus', 'blur']) addEventListener(type, this.#turned);
    const options: IntersectionObserverInit & { trackVisibility: boolean; delay: number } = {
      trackVisibility: true,
      delay: 100,
      threshold: STEPS,
    };
    this.#observer = new IntersectionObserver((entries) => {
      const entry = entries.at(-1) as IntersectionObserverEntry & { isVisible?: boolean };
      // a browser without this tells of no visibility at all
      this.#covered = entry.isIntersecting && entry.isVisible === false;
      const { intersectionRect, boundingClientRect } = entry;
      (entry.target as HTMLElement).style.paddingBlockStart = `${Math.max(0, intersectionRect.top - boundingClientRect.top)}px`;
      this.#look();
    }, options);
  }

  /** @param veil What lies over the fields that are drawn now; null: there are none. */
  watch(veil: HTMLElement | null): void {
    if (veil === this.#veil) return;
    this.#observer?.disconnect();
    this.#veil = veil;
    this.#covered = false;
    this.#look();
    if (veil) this.#observer?.observe(veil);
  }

  stop(): void {
    this.#root.removeEventListener('input', this.#typed);
    removeEventListener('keydown', this.#keyed, true);
    for (const type of ['pointerdown', 'pointerup', 'pointercancel']) removeEventListener(type, this.#pointed, true);
    for (const type of ['focus', 'blur']) removeEventListener(type, this.#turned);
    this.watch(null);
    this.#observer = undefined;
  }

  #look = (): void => {
    const veiled = this.#covered && !(this.#reached && this.#focused);
    // what is being pressed stays until it is let go: it may be the way out
    if (veiled === this.#veiled || (this.#pressed && !veiled)) return;
    this.#veiled = veiled;
    this.#actions.veil(veiled);
  };

  #keyed = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, altKey } = event;
    const inVeil = !!this.#veil && event.composedPath().includes(this.#veil);
    // what presses the button in the veil does not ask to see what is behind it
    if (key === 'Tab' || !inVeil) this.#reached = this.#focused = true;
    this.#look();
    if (key === 'Tab' || key === 'Escape' || ctrlKey || metaKey || altKey) return this.#leaving();
    // Shift and the like alone type nothing
    if (key.length === 1 || /^(Backspace|Delete|Process|Unidentified|Dead)$/.test(key)) this.#typed(event);
  };

  #typed = (event: Event): void => {
    const [target] = event.composedPath();
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) || !target.dataset['field']) return;
    this.#typedAt = performance.now();
    this.#typedIn = target;
  };

  #pointed = ({ type }: Event): void => {
    this.#reached = true;
    this.#pressed = type === 'pointerdown';
    // a click follows at once, and is to find what was pressed
    if (!this.#pressed) setTimeout(this.#settle);
    // whoever leaves now wants to
    this.#leaving();
  };

  #settle = (): void => {
    this.#focused = document.hasFocus();
    this.#look();
  };

  #leaving = (): void => {
    this.#typedAt = -Infinity;
  };

  #turned = ({ type }: Event): void => {
    this.#focused = type === 'focus';
    const field = this.#typedIn;
    const torn = !this.#focused && performance.now() - this.#typedAt <= TORN_MS && document.visibilityState === 'visible';
    if (!this.#focused) this.#leaving();
    this.#look();
    if (!field || !torn) return;
    const judging = setTimeout(() => this.#actions.torn(field), SWITCH_MS);
    document.addEventListener('visibilitychange', () => clearTimeout(judging), { once: true });
  };
}
