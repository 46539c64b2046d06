import assert from 'node:assert/strict';
import type { ElementHandle, Frame, Page } from 'puppeteer-core';
import { listenIn } from './heard.ts';

/** Presses of one key after which something counts as out of reach. */
const PRESSES_MAX = 70;
const LIMIT_MS = 20_000;

/** Where the focus stands. */
interface Stand {
  /** What it is called; empty: it stands on nothing. */
  name: string;
  /** Why it does not follow what is seen, coming from where it stood; empty where it does. */
  jump: string;
}

declare global {
  /** Of `standIn`: where the focus stood. */
  var stoodOn: Element | null | undefined;
}

/** Somebody without a pointer, in whatever browser: moves the focus by keys, and minds where it goes. */
export class Hands {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Has the page tell when the focus is lost, and opens an address. */
  async open(address: string): Promise<void> {
    await this.page.evaluateOnNewDocument(listenIn);
    await this.page.goto(address);
  }

  press(...keys: string[]): Promise<void> {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key as 'Tab')), Promise.resolve());
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }

  /** Where the focus stands, through shadow roots and frames. */
  async stands(): Promise<Stand> {
    let frame: Frame = this.page.mainFrame();
    for (;;) {
      const stand = await frame.evaluate(standIn);
      if (stand.name !== 'iframe') return stand;
      const element = (await frame.evaluateHandle(() => globalThis.stoodOn)).asElement() as ElementHandle<Element> | null;
      const inner = await element?.contentFrame();
      if (!inner) return stand;
      frame = inner;
    }
  }

  /**
   * Presses Tab until something of this name has the focus, and goes back where the page is left; each step goes on where the one
   * before has left it.
   */
  async reach(name: string | RegExp): Promise<void> {
    const seen: string[] = [];
    let back = false;
    for (let presses = 0; presses < PRESSES_MAX; presses++) {
      const stand = await this.stands();
      seen.push(stand.name);
      if (!back && presses) assert.equal(stand.jump, '', seen.slice(-2).join(' → '));
      if (isCalled(stand.name, name)) return;
      back ||= presses > 0 && !stand.name;
      if (back) await this.page.keyboard.down('Shift');
      await this.press('Tab');
      if (back) await this.page.keyboard.up('Shift');
    }
    assert.fail(`${name} is not reached: ${seen.join(' | ')}`);
  }

  /** Reaches it and presses Enter, or another key. */
  async use(name: string | RegExp, key = 'Enter'): Promise<void> {
    await this.reach(name);
    await this.press(key);
  }

  /** Reaches a field and writes into it what replaces what is there. */
  async write(name: string | RegExp, text: string): Promise<void> {
    await this.reach(name);
    await this.page.keyboard.down('Control');
    await this.press('a');
    await this.page.keyboard.up('Control');
    await this.type(text);
  }

  /** Waits until the page itself has put the focus on something of this name. */
  async lands(name: string | RegExp): Promise<void> {
    let now = '';
    for (const end = performance.now() + LIMIT_MS; performance.now() < end; await pause(this.page)) {
      now = (await this.stands()).name;
      if (isCalled(now, name)) return;
    }
    assert.fail(`the focus is not moved to ${name}, but is on ${now || 'nothing'}`);
  }

  /** Waits until this can be read, in any frame. */
  async sees(text: string): Promise<void> {
    for (const end = performance.now() + LIMIT_MS; performance.now() < end; await pause(this.page))
      for (const frame of this.page.frames()) if ((await frame.evaluate(textIn).catch(() => '')).includes(text)) return;
    assert.fail(`"${text}" is not in: ${await this.page.evaluate(textIn)}`);
  }

  /** What the system's own picker would do once it has been opened from what has the focus. */
  async choose(...files: string[]): Promise<void> {
    const element = (await this.page.evaluateHandle(() => globalThis.stoodOn)).asElement() as ElementHandle<HTMLInputElement> | null;
    assert.equal(await element?.evaluate((input) => input.type), 'file');
    await element?.uploadFile(...files);
  }

  /** Fails where a frame was painted with the focus on nothing since the last time. */
  async hasKeptFocus(): Promise<void> {
    for (const frame of this.page.frames()) {
      const heard = await frame.evaluate(() => globalThis.heardHere?.splice(0) ?? []).catch(() => []);
      const lost = heard.findIndex(({ how }) => how === 'lost');
      assert.equal(
        lost,
        -1,
        `the focus was lost after ${heard
          .slice(0, lost)
          .map(({ text }) => text)
          .join(' | ')}`,
      );
    }
  }
}

const isCalled = (name: string, wanted: string | RegExp): boolean => (typeof wanted === 'string' ? name === wanted : wanted.test(name));

const pause = (page: Page): Promise<unknown> => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 15)));

/** Runs in the page. */
function textIn(): string {
  const deep = (node: Node): string => {
    if (node instanceof Text) return node.data;
    if (node instanceof Element && (/^(style|script)$/.test(node.localName) || !node.checkVisibility())) return '';
    return [...((node as Element).shadowRoot ?? node).childNodes].map(deep).join('');
  };
  return deep(document.body).replaceAll(/\s+/g, ' ');
}

/** Runs in the page: what has the focus is called, and whether it lies after what had it, in reading order. */
function standIn(): Stand {
  let now = document.activeElement;
  while (now?.shadowRoot?.activeElement) now = now.shadowRoot.activeElement;
  const before = globalThis.stoodOn;
  if (now === document.body || now === document.documentElement) now = null;
  globalThis.stoodOn = now;
  if (!now) return { name: '', jump: '' };
  const text = (element: Element) => (element as HTMLElement).innerText.replaceAll(/\s+/g, ' ').trim();
  const labelled = (now.getAttribute('aria-labelledby') ?? '')
    .split(' ')
    .map((id) => (now.getRootNode() as ShadowRoot).getElementById?.(id));
  const labels = labelled.some(Boolean) ? labelled : Array.from((now as HTMLInputElement).labels ?? []);
  const name =
    now.localName === 'iframe'
      ? 'iframe'
      : now.getAttribute('aria-label') ||
        labels
          .flatMap((one) => one ?? [])
          .map(text)
          .join(' ') ||
        text(now) ||
        now.id ||
        now.localName;
  let jump = '';
  if (before?.isConnected && before !== now) {
    const [a, b] = [before.getBoundingClientRect(), now.getBoundingClientRect()];
    const rtl = getComputedStyle(now).direction === 'rtl';
    const isAbove = b.bottom <= a.top + 1;
    const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    const isBeside = shared > Math.min(a.height, b.height) / 2;
    const isAfter = rtl ? b.right <= a.left + 1 : b.left >= a.right - 1;
    const isBefore = rtl ? b.left >= a.right - 1 : b.right <= a.left + 1;
    // a column beside begins at its top
    if ((isAbove && !isAfter) || (isBeside && isBefore))
      jump = `back from ${[a.x, a.y].map(Math.round).join()} to ${[b.x, b.y].map(Math.round).join()}`;
  }
  return { name, jump };
}
