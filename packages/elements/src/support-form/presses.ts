import { bare } from '../base/bare.js';

const PASSIVE = bare({ capture: true, passive: true });
const RELEASES = ['pointerup', 'pointercancel'];

/**
 * Runs what moves the page once no pointer is down. An error that appears when a field is left would otherwise pull away
 * the very button that is being pressed, and the press would be lost.
 */
export class Presses {
  #down = false;
  #waiting: (() => void)[] = [];

  constructor(root: EventTarget) {
    root.addEventListener('pointerdown', () => (this.#down = true), PASSIVE);
  }

  /** Listens for the end of a press, wherever it ends. */
  listen(): void {
    for (const type of RELEASES) addEventListener(type, this.#up, PASSIVE);
  }

  /** Leaves nothing on the window. */
  leave(): void {
    this.#up();
    for (const type of RELEASES) removeEventListener(type, this.#up, PASSIVE);
  }

  after(run: () => void): void {
    if (this.#down) this.#waiting.push(run);
    else run();
  }

  #up = (): void => {
    this.#down = false;
    // the click comes after this event
    if (this.#waiting.length) setTimeout(() => this.#waiting.splice(0).forEach((run) => run()));
  };
}
