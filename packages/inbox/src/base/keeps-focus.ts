import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Tells later whether the focus is still where it is now, or nowhere: whoever has gone elsewhere while something was awaited stays there. */
export function focusStays(): () => boolean {
  const before = focused();
  return () => [before, document.body, null].includes(focused());
}

function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/**
 * Moves the focus on when what had it goes with a redraw: without this, whoever has no pointer begins at the top of the page again.
 * What an element puts focus on itself counts more.
 */
export class KeepsFocus implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #places: string;
  #had: Element | null = null;

  /** @param places Selectors; of all that are there and seen, the last takes it; where there is none, the last in the root around. */
  constructor(host: ReactiveControllerHost & HTMLElement, places: string) {
    this.#host = host;
    this.#places = places;
  }

  hostUpdate(): void {
    this.#had = this.#host.shadowRoot?.activeElement ?? null;
  }

  hostUpdated(): void {
    const had = this.#had;
    this.#had = null;
    if (had?.isConnected !== false) return;
    for (const root of [this.#host.shadowRoot, this.#host.getRootNode()] as ParentNode[])
      for (const place of [...root.querySelectorAll<HTMLElement>(this.#places)].toReversed()) {
        place.focus();
        if (place.matches(':focus')) return;
      }
  }
}
