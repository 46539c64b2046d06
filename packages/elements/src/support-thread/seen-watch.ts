import { bare } from '../base/bare.js';

/** Nobody can have read what was on the screen for less. */
const READ_MS = 1_000;

/** Finds out which answers of agents have really been on the screen. */
export class SeenWatch {
  readonly #visible = new Set<number>();
  #seen = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #observer = new IntersectionObserver(
    (records) => {
      for (const { target, isIntersecting, intersectionRatio, boundingClientRect } of records) {
        const seq = Number((target as HTMLElement).dataset['seq']);
        // what is taller than half the window is never seen as a whole
        const seen = isIntersecting && (intersectionRatio >= 0.6 || boundingClientRect.height > innerHeight / 2);
        this.#visible[seen ? 'add' : 'delete'](seq);
      }
      this.#wait();
    },
    bare({ root: null, threshold: [0, 0.6] as number[] }),
  );

  /** @param told is called with the sequence number of the last answer that was shown; it is called again where it rejects. */
  constructor(private readonly told: (seq: number) => Promise<void>) {}

  /** Watches the newest answers, as many as are unread. */
  watch(root: ParentNode, unread: number): void {
    if (!unread) return;
    document.addEventListener('visibilitychange', this.#wait);
    for (const answer of [...root.querySelectorAll('[data-by=agent]')].slice(-unread)) this.#observer.observe(answer);
  }

  leave(): void {
    this.#observer.disconnect();
    this.#visible.clear();
    this.#seen = 0;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#wait);
  }

  #wait = (): void => {
    clearTimeout(this.#timer);
    const last = Math.max(0, ...this.#visible);
    if (document.hidden || last <= this.#seen) return;
    this.#timer = setTimeout(() => {
      this.#seen = last;
      this.told(last).catch(() => (this.#seen = 0));
    }, READ_MS);
  };
}
