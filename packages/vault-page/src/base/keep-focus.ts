/** False in a frame while the person is at the page around: the focus is theirs there, and no longer this page's to move. */
export function mayFocus(): boolean {
  return window === parent || document.hasFocus();
}

/**
 * Moves the focus on when what had it has gone with a redraw: without this, whoever has no pointer begins at the top of the page again.
 *
 * @param had What had the focus before the redraw.
 * @param places Selectors; of all that are there, the last of the page takes it.
 */
export function keepFocus(root: ShadowRoot, had: Element | null, places: string): void {
  if (had?.isConnected === false && !root.activeElement && mayFocus()) [...root.querySelectorAll<HTMLElement>(places)].at(-1)?.focus();
}
