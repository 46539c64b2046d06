import type { Finding } from './finding.js';
import { panelSheet } from './panel-sheet.js';

const KINDS: Record<Finding['kind'], string> = {
  hidden: 'Hidden',
  layout: 'Layout',
  covered: 'Covered',
  contrast: 'Contrast',
  room: 'Room',
  policy: 'Content-Security-Policy',
  version: 'Version',
  tag: 'Tag',
};

/** What the doctor says, above everything else on the page, in a shadow root that its rules do not reach. */
export class Panel {
  readonly #host = document.createElement('support-doctor');
  readonly #root: ShadowRoot;
  readonly #find: () => Promise<Finding[]>;
  readonly #marks = make('div', { className: 'marks', ariaHidden: 'true' });
  #found: Finding[] = [];

  /** @param find looks at the page anew. */
  constructor(find: () => Promise<Finding[]>) {
    this.#find = find;
    this.#root = this.#host.attachShadow({ __proto__: null, mode: 'open' } as never);
    this.#root.adoptedStyleSheets = [panelSheet()];
    this.#host.popover = 'manual';
    document.documentElement.append(this.#host);
    for (const type of ['scroll', 'resize'])
      addEventListener(type, this.#place, { __proto__: null, passive: true, capture: true } as never);
  }

  async examine(): Promise<void> {
    // what is looked at is the page without the panel
    this.#root.replaceChildren();
    if (this.#host.matches(':popover-open')) this.#host.hidePopover();
    this.#found = await this.#find();
    this.#show();
  }

  #close = (): void => {
    for (const type of ['scroll', 'resize']) removeEventListener(type, this.#place, { __proto__: null, capture: true } as never);
    this.#host.remove();
  };

  #show(): void {
    const problems = this.#found.filter(({ weight }) => weight === 'problem').length;
    const heading = make('h2', {
      id: 'heading',
      tabIndex: -1,
      textContent: problems ? `${problems} ${problems === 1 ? 'thing stands' : 'things stand'} in the way` : 'All is well',
    });
    const again = button('Examine again', () => void this.examine());
    const close = button('Close', this.#close);
    const list = make('ol', {});
    list.append(...this.#found.map((finding, index) => this.#entry(finding, index)));
    const header = make('header', {});
    header.append(heading, again, close);
    const said = make('p', { className: 'said', role: 'status' });
    const region = make('section', { lang: 'en' });
    // the panel stands where the page's lines end; its own run from left to right
    const words = make('div', { dir: 'ltr' });
    region.setAttribute('role', 'region');
    region.setAttribute('aria-labelledby', 'heading');
    region.dataset['problems'] = String(problems);
    const nothing = make('p', { textContent: 'No rule, policy or attribute of this page stands in the way of the counter.' });
    words.append(header, said, this.#found.length ? list : nothing);
    region.append(words);
    region.addEventListener('keydown', (event) => event.key === 'Escape' && this.#close());
    this.#root.replaceChildren(this.#marks, region);
    this.#host.dir = getComputedStyle(document.documentElement).direction;
    this.#host.showPopover();
    this.#place();
    heading.focus({ __proto__: null, preventScroll: true } as never);
  }

  #entry(finding: Finding, index: number): HTMLElement {
    const { kind, weight, title, text, snippet, element } = finding;
    const entry = make('li', {});
    entry.dataset['kind'] = kind;
    entry.dataset['weight'] = weight;
    const name = make('h3', {});
    name.append(make('span', { className: 'number', textContent: String(index + 1) }), ' ', make('span', { textContent: title }));
    const label = make('p', { className: 'kind', textContent: weight === 'advice' ? `${KINDS[kind]} · advice` : KINDS[kind] });
    entry.append(label, name, make('p', { textContent: text }));
    if (snippet) {
      const code = make('pre', { tabIndex: 0, textContent: snippet.code });
      code.setAttribute('role', 'group');
      code.setAttribute('aria-label', `Snippet ${index + 1}`);
      const copy = button('Copy', () => void this.#copy(code));
      copy.setAttribute('aria-label', `Copy snippet ${index + 1}`);
      entry.append(make('p', { className: 'place', textContent: `Put this ${snippet.place}:` }), code, copy);
    }
    if (element) {
      const show = button('Show in the page', () => element.scrollIntoView({ __proto__: null, block: 'center' } as never));
      entry.append(show);
    }
    return entry;
  }

  async #copy(code: HTMLElement): Promise<void> {
    const said = this.#root.querySelector('.said')!;
    try {
      await navigator.clipboard.writeText(code.textContent);
      said.textContent = 'Copied.';
    } catch {
      // without https there is no clipboard to write to
      const range = document.createRange();
      range.selectNodeContents(code);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
      code.focus();
      said.textContent = 'Selected: copy it with the keyboard.';
    }
  }

  /** Outlines what was found, where it is now. */
  #place = (): void => {
    const numbers = new Map<Element, number[]>();
    this.#found.forEach(({ element }, index) => element && numbers.set(element, [...(numbers.get(element) ?? []), index + 1]));
    this.#marks.replaceChildren(
      ...[...numbers].flatMap(([element, found]) => {
        const place = element.getBoundingClientRect();
        if (place.width < 1 || place.height < 1) return [];
        const mark = make('div', { className: 'mark' });
        mark.append(...found.map((number) => make('span', { className: 'number', textContent: String(number) })));
        for (const side of ['left', 'top', 'width', 'height'] as const) mark.style.setProperty(side, `${place[side]}px`);
        return [mark];
      }),
    );
  };
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}

function button(text: string, press: () => void): HTMLButtonElement {
  const made = make('button', { type: 'button', textContent: text });
  made.addEventListener('click', press);
  return made;
}
