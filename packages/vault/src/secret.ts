const HIDDEN = '[secret]';

/** Something that must reach a screen only where it is asked for by name: printed, logged, put in a template or in JSON it says nothing. */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** What it is. Call it at the place that shows or stores it, and nowhere before. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [Symbol.toPrimitive](): string {
    return HIDDEN;
  }

  /** What `console.log` and the debugger of Node print. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return HIDDEN;
  }
}
