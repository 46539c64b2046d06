/** New messages are spoken this often at most, however many come. */
const SPOKEN_EVERY_MS = 3_000;

/** Tells of new messages: of the first at once, of those that follow together. */
export class Announcer {
  #count = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param speak is called with how many have come since it was called last. */
  constructor(private readonly speak: (count: number) => void) {}

  add(count: number): void {
    this.#count += count;
    if (!this.#timer) this.#tell();
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#count = 0;
  }

  #tell = (): void => {
    const count = this.#count;
    this.#count = 0;
    if (count) this.speak(count);
    this.#timer = count ? setTimeout(this.#tell, SPOKEN_EVERY_MS) : undefined;
  };
}
