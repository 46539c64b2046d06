/** What a single key does. */
export type Shortcut = 'next' | 'previous' | 'search' | 'write' | 'back' | 'help';

const KEYS: Readonly<Record<string, Shortcut>> = { j: 'next', k: 'previous', '/': 'search', r: 'write', u: 'back', '?': 'help' };

/** The shortcut that was pressed; undefined while somebody types, in an open dialog, and with a modifier. */
export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  const { key, ctrlKey, metaKey, altKey, isComposing, defaultPrevented } = event;
  if (ctrlKey || metaKey || altKey || isComposing || defaultPrevented) return undefined;
  // focus leaves a dialog that has been closed only with the next frame
  const busy = event.composedPath().some((place) => place instanceof Element && place.matches('input, textarea, select, dialog[open]'));
  return busy || !Object.hasOwn(KEYS, key) ? undefined : KEYS[key];
}
