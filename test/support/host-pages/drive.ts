/*
 * What a person does with a form, as functions that run in the page, in a world of their own where the engine has one. Each takes
 * and gives strings, so that nothing of a page stands in between, and uses nothing of this file but what is inside it.
 */

/** Makes the steps below; runs in the page. */
export const DRIVER = () => {
  /** The form that people see: on the page, or in the launcher's dialog. */
  const form = (): ShadowRoot | null => {
    const host =
      document.querySelector('support-form') ?? document.querySelector('support-launcher')?.shadowRoot?.querySelector('support-form');
    return host?.shadowRoot ?? null;
  };
  const base = () => form()?.querySelector<HTMLElement>('[part=base]');
  const field = (name: string) => {
    const host = [...(form()?.querySelectorAll('support-field') ?? [])].find(({ id }) => id === name);
    return host?.shadowRoot?.querySelector<HTMLInputElement>('[part=control]');
  };
  /** By what it is called: a field's name, `contact`, `files`, `submit`, `launcher`, `close`, `link`. */
  const find = (what: string): HTMLElement | null | undefined => {
    const launcher = document.querySelector('support-launcher')?.shadowRoot;
    switch (what) {
      case 'submit':
        return form()?.querySelector<HTMLElement>('[part=submit]');
      case 'contact':
        return form()?.querySelector<HTMLElement>('[part=contact]');
      case 'files':
        return (
          form()?.querySelector('support-attachments')?.querySelector<HTMLElement>('[part=zone]') ?? form()?.querySelector('[part=zone]')
        );
      case 'launcher':
        return launcher?.querySelector<HTMLElement>('button[part=base]');
      case 'close':
        return launcher?.querySelector<HTMLElement>('[part=close]');
      case 'number':
        return form()?.querySelector<HTMLElement>('[part=number]');
      case 'problem':
        return form()?.querySelector<HTMLElement>('[role=alert]');
      case 'link':
        return document.querySelector<HTMLElement>('support-form > a, support-launcher > a');
      default:
        return field(what);
    }
  };
  /** What a click in the middle of it would reach. */
  const hit = (x: number, y: number): Element | null => {
    let found = document.elementFromPoint(x, y);
    for (let inner = found; inner;) {
      inner = inner.shadowRoot?.elementFromPoint(x, y) ?? null;
      if (!inner || inner === found) break;
      found = inner;
    }
    return found;
  };
  const holds = (outer: Element, inner: Element | null): boolean => {
    for (let at: Node | null = inner; at; at = at instanceof ShadowRoot ? at.host : ((at as Element).assignedSlot ?? at.parentNode))
      if (at === outer) return true;
    return false;
  };
  const set = (target: HTMLElement, name: string, value: string) => {
    (target as HTMLInputElement).value = value;
    target.dispatchEvent(new InputEvent(name, { __proto__: null, bubbles: true, composed: true } as never));
  };
  const steps = {
    /** `data-state` of the form; empty while there is none. `ready` only where it can be sent. */
    state(): string {
      const state = base()?.dataset['state'] ?? '';
      return state === 'ready' && !find('submit') ? '' : state;
    },
    /** The text of the form as it reads. */
    text: (): string => base()?.innerText ?? '',
    /** Middle of something that can be seen and clicked, as `x y`; else a sentence that says why not. */
    place(what: string): string {
      const target = find(what);
      if (!target) return `${what} is not there`;
      target.scrollIntoView({ __proto__: null, block: 'center', inline: 'nearest', behavior: 'instant' } as never);
      const { left, top, width, height } = target.getBoundingClientRect();
      if (width < 8 || height < 8) return `${what} is ${width} by ${height} pixels`;
      const style = getComputedStyle(target);
      if (style.visibility !== 'visible') return `${what} has visibility ${style.visibility}`;
      for (let at: Element | null = target; at; at = at.parentNode instanceof ShadowRoot ? at.parentNode.host : at.parentElement) {
        const { opacity, filter } = getComputedStyle(at);
        if (Number(opacity) < 0.5 || filter.includes('opacity')) return `${what} is transparent by ${at.localName}`;
      }
      if (parseFloat(style.fontSize) < 12) return `${what} has letters of ${style.fontSize}`;
      if (style.direction !== 'ltr') return `${what} runs ${style.direction}`;
      const [x, y] = [left + width / 2, top + height / 2];
      const found = hit(x, y);
      if (!found || !holds(target, found))
        return `a click on ${what} reaches ${found ? `${found.localName}${found.id && `#${found.id}`}.${found.className}` : 'nothing'}`;
      return `${x} ${y}`;
    },
    /** What the text around the controls has from the page: a sentence for each style that no text of ours sets. */
    letters(): string {
      const style = getComputedStyle(base()!);
      const plain = {
        'letter-spacing': 'normal',
        'word-spacing': '0px',
        'text-indent': '0px',
        'text-transform': 'none',
        'white-space': 'normal',
      };
      return Object.entries(plain)
        .map(([name, value]) => [name, value, style.getPropertyValue(name)])
        .filter(([, value, is]) => is !== value)
        .map(([name, , is]) => `the text has a ${name} of ${is}`)
        .join();
    },
    /** Writes into fields by name, all but the last character of the message, and leaves the cursor there. */
    write(values: string): string {
      const all = JSON.parse(values) as { [name: string]: string };
      for (const name of Object.keys(all)) {
        const control = field(name);
        if (!control) return `no field ${name}`;
        control.focus();
        set(control, 'input', all[name] as string);
      }
      return '';
    },
    /** Chooses one file. */
    choose(name: string, type: string, text: string): string {
      const input = form()?.querySelector<HTMLInputElement>('input[type=file]') ?? fileInput();
      if (!input) return 'no picker';
      const data = new DataTransfer();
      data.items.add(new File([text], name, { __proto__: null, type, lastModified: 1 } as never));
      input.files = data.files;
      input.dispatchEvent(new Event('change', { __proto__: null, bubbles: true, composed: true } as never));
      return '';
    },
    /** Puts the cursor behind what is written in a field that has the focus; else says what has it. */
    toEnd(name: string): string {
      const control = field(name);
      const root = control?.getRootNode() as ShadowRoot | undefined;
      if (!control || root?.activeElement !== control) return `${document.activeElement?.localName} has the focus, not ${name}`;
      control.setSelectionRange(control.value.length, control.value.length);
      return '';
    },
    value: (name: string): string => field(name)?.value ?? '',
    click: (what: string): string => (find(what)?.click(), ''),
    /** Whether the form's own text is there to be read. */
    number: (): string => find('number')?.textContent?.trim() ?? '',
    /** Where the fallback link leads, if it can be seen and clicked. */
    link(): string {
      const link = find('link') as HTMLAnchorElement | null;
      const at = steps.place('link');
      return /^[\d. -]+$/.test(at) ? (link?.href ?? '') : at;
    },
    /** The messages that the browser keeps. */
    async kept(): Promise<string> {
      if (!(await indexedDB.databases()).some(({ name }) => name === 'storefront-support-outbox')) return '';
      return new Promise((resolve) => {
        const opening = indexedDB.open('storefront-support-outbox');
        opening.onerror = () => resolve('');
        opening.onsuccess = () => {
          const database = opening.result;
          const close = (found: string) => (database.close(), resolve(found));
          if (!database.objectStoreNames.contains('entries')) return close('');
          const all = database.transaction('entries').objectStore('entries').getAll() as IDBRequest<{ values: { message?: string } }[]>;
          all.onsuccess = () => close(all.result.map(({ values }) => values.message ?? '').join());
        };
      });
    },
  };
  const fileInput = () => form()?.querySelector('support-attachments')?.shadowRoot?.querySelector<HTMLInputElement>('input[type=file]');
  return steps;
};

export type Steps = ReturnType<typeof DRIVER>;
