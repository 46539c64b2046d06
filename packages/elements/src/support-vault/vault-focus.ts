import type { PropertyValues } from 'lit';
import { bare } from '../base/bare.js';
import type { SupportVault } from './support-vault.js';

/** Puts the focus on the first of these places that is there. */
export function focusOn({ renderRoot }: SupportVault, ...places: string[]): void {
  for (const place of places) {
    const found = renderRoot.querySelector<HTMLElement>(place);
    if (found) return found.focus();
  }
}

/**
 * Moves the focus on after a redraw that took away what had it: whoever has no pointer would begin at the top of the page again.
 *
 * @param had What had the focus before.
 */
export function moveFocus(vault: SupportVault, had: Element | null, changed: PropertyValues<SupportVault>): void {
  const { lending, offering, shadowRoot } = vault;
  if (offering && changed.has('offering')) return focusOn(vault, '[part=offer] input');
  // where it is entered has a place of its own, once it stands
  if (!had || had.isConnected || shadowRoot?.activeElement || (lending && changed.has('lending'))) return;
  focusOn(vault, changed.has('lending') ? '[part=add]' : changed.has('offering') ? '[part=offer]' : '[part=heading]', '[part=heading]');
}

/** Opens where a record is entered, where nothing is being entered yet, and says that what was taken out of a message belongs there. */
export async function enterAnew(vault: SupportVault): Promise<void> {
  const { taking } = vault;
  // what has been typed already stays
  if (taking && !vault.lending) await vault.add(taking);
  if (!vault.lending) return;
  vault.moved = true;
  vault.say(vault.words?.moved ?? '');
  await vault.updateComplete;
  focusOn(vault, '[part=frame]', '[part=page]');
  const place = vault.renderRoot.querySelector('[part=moved]');
  place?.scrollIntoView(bare({ block: 'start', inline: 'nearest', behavior: 'auto' }));
}
