/**
 * A handler for `@event=${on(…)}`. Lit hands the handler over as the listener's options, so it carries its own: a `signal`
 * or `once` that a page has put on `Object.prototype` is not inherited.
 */
export function on<E extends Event>(handler: (event: E) => void): (event: E) => void {
  return Object.assign(handler, { signal: undefined, once: false, passive: undefined, capture: false });
}
