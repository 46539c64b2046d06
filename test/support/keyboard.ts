import assert from 'node:assert/strict';
import type { ElementHandle, Frame, Page } from 'playwright-core';

const PRESSES_MAX = 80;

/** Somebody who has no pointer: sees what has the focus, and moves it by the keys that every keyboard has. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** What the innermost focused element is called, through shadow roots and frames; `nothing` where the focus is lost. */
  async focused(): Promise<string> {
    let frame: Frame = this.#page.mainFrame();
    for (;;) {
      const element: ElementHandle | null = (await frame.evaluateHandle(innermost)).asElement() as ElementHandle | null;
      const inner = await element?.contentFrame();
      if (!inner) return (await element?.evaluate(nameOf)) ?? 'nothing';
      frame = inner;
    }
  }

  /** Presses Tab until something of this name has the focus. */
  async reach(name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const seen: string[] = [];
    for (let presses = 0; presses < PRESSES_MAX; presses++) {
      seen.push(await this.focused());
      const last = seen.at(-1) as string;
      if (typeof name === 'string' ? last === name : name.test(last)) return;
      await this.#page.keyboard.press(key);
    }
    assert.fail(`${name} is not reached: ${seen.join(' | ')}`);
  }

  /** Reaches it and presses Enter, or another key. */
  async press(name: string | RegExp, key = 'Enter'): Promise<void> {
    await this.reach(name);
    await this.#page.keyboard.press(key);
  }

  /** Reaches a field and types into it. */
  async type(name: string | RegExp, text: string): Promise<void> {
    await this.reach(name);
    await this.#page.keyboard.type(text);
  }

  /** Waits until the focus is on something of this name, moved there by the page itself. */
  async lands(name: string | RegExp): Promise<void> {
    for (let tries = 0; tries < 400; tries++) {
      const now = await this.focused();
      if (typeof name === 'string' ? now === name : name.test(now)) return;
      await this.#page.evaluate(() => new Promise(requestAnimationFrame));
    }
    assert.fail(`the focus is not moved to ${name}, but is on ${await this.focused()}`);
  }
}

/** Runs in the page. */
function innermost(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element === document.body ? null : element;
}

/** Runs in the page. */
function nameOf(element: Node): string {
  const { labels, innerText, localName, id } = element as HTMLInputElement;
  const label = (element as Element).getAttribute('aria-label') ?? Array.from(labels ?? [], (one) => one.innerText).join(' ');
  return (label || innerText || id || localName).replaceAll(/\s+/g, ' ').trim();
}
