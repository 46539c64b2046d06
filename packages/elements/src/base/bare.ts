/** A copy without a prototype: what a page has put on `Object.prototype` cannot become an option of a platform API. */
export function bare<const T extends object>(options: T): T {
  return Object.assign(Object.create(null) as T, options);
}
