/** The members that were given, none that `Object.prototype` was given by another script of the page. */
export function own<T extends object>(options: T): T {
  return Object.assign(Object.create(null), options) as T;
}
