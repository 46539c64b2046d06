import { html, type CSSResult, type LitElement, type ReactiveController } from 'lit';
import { bare } from '../base/bare.js';
import { PREFILLED } from './fields.js';
import type { SupportForm } from './support-form.js';

type Control = HTMLInputElement & HTMLTextAreaElement;
type Caret = [start: number, end: number, direction: 'forward' | 'backward' | 'none'];

const CONTROLS = 'input:not([type=hidden],.quiet),select,textarea';
const EVENTS = ['compositionstart', 'compositionend', 'keydown', 'pointerdown', 'change', 'submit'];
const QUIETLY = bare({ preventScroll: true, focusVisible: undefined }) as unknown as FocusOptions;
const ONCE = bare({ once: true, capture: true });
/** A character that nobody types. */
const MARK = '\u2060';

/**
 * Puts a form into the place of what its page has printed, once it can be filled in: in one task, with all that is written and chosen,
 * the focus and the caret. Controls are found by their names, so that the page may be of another build. What the page has sent by
 * itself stays, and so does a form of the page's own in which somebody has begun: what is meant by its names is not known.
 */
export class TakeOver implements ReactiveController {
  readonly #printed: HTMLElement[];
  /** Presses and characters of several keys that have begun, and would be lost. */
  readonly #begun = new Set<'press' | 'character'>();
  #sent = false;
  #height = '';
  #restore: (() => Promise<void>) | undefined;

  constructor(
    private readonly form: SupportForm,
    private readonly root: ShadowRoot,
  ) {
    this.#printed = [...root.querySelectorAll<HTMLElement>(':host > :not(link)')];
    for (const type of EVENTS) root.addEventListener(type, this, true);
    form.addController(this);
    form.requestUpdate();
  }

  handleEvent({ type, isComposing }: Event & Partial<KeyboardEvent>): void {
    const what = /^(comp|key)/.test(type) ? 'character' : 'press';
    if (type === 'submit') {
      this.#sent = true;
      this.#tell();
    } else if (isComposing || /start|pointerdown/.test(type)) {
      this.#begun.add(what);
      for (const end of ['pointerup', 'pointercancel']) addEventListener(end, this, ONCE);
    }
    // a click, and the last input of a character, come after
    else
      setTimeout(() => {
        this.#begun.delete(what);
        if (this.form.printed) this.form.requestUpdate();
      });
  }

  hostUpdate(): void {
    const { form, root } = this;
    const own = this.#printed[0]?.localName === 'slot';
    const ready = form.phase === 'ready' && form.text && form.desk;
    if (!form.printed || this.#begun.size || this.#sent || !(ready || (own && form.phase === 'broken'))) return;
    if (ready && (own ? isBegun(form) : !this.#read())) return;
    form.printed = false;
    this.#height = `${this.#printed[0]?.offsetHeight}px`;
    const { elementStyles } = form.constructor as typeof LitElement;
    // not unshift: what a browser keeps there refuses to have its members moved
    root.adoptedStyleSheets = [...elementStyles.map((style) => (style as CSSResult).styleSheet!), ...root.adoptedStyleSheets];
    this.#restore ??= () => Promise.resolve();
  }

  hostUpdated(): void {
    const restore = this.#restore;
    if (!restore) return;
    this.#restore = undefined;
    const base = this.root.firstElementChild as HTMLElement;
    // fields are empty until they render: a page that is shorter for that long is scrolled, in WebKit for good
    base.style.minHeight = this.#height;
    for (const node of this.#printed) node.style.cssText = 'display:none!important';
    const remove = () => {
      this.#printed.forEach((node) => node.remove());
      base.style.minHeight = '';
    };
    restore().then(remove, remove);
  }

  /** Takes what is written; false where this form has no place for it. */
  #read(): boolean {
    const { form, root } = this;
    const controls = [...root.querySelectorAll<Control>(CONTROLS)];
    const active = root.activeElement as Control | null;
    if (this.#strange(controls).length) return false;
    const caret = active ? caretOf(active) : undefined;
    for (const control of controls) {
      const { name, type, value, checked } = control;
      if (type === 'file' || (type === 'radio' && !checked)) continue;
      if (isChanged(control) || !form.values[name])
        form.values[name] = type === 'checkbox' && !checked ? '' : type === 'checkbox' ? 'true' : value;
    }
    const hint = root.getElementById('files-hint')?.textContent;
    if (hint) form.fileHint = html`<p class="soft" id="files-hint">${hint}</p>`;
    const scrolled = controls.map(({ scrollTop }) => scrollTop);
    const open = root.querySelector('details')?.open;
    this.#restore = async () => {
      await Promise.all([...root.querySelectorAll('support-field')].map(({ updateComplete }) => updateComplete));
      const details = root.querySelector('details');
      if (details && open) details.open = open;
      for (const old of controls) if (old.type === 'file') this.#take(old);
      if (active) this.#focus(this.#find(active), caret);
      controls.forEach((old, n) => {
        const fresh = this.#find(old);
        if (!fresh || old.localName !== 'textarea') return;
        fresh.style.height = old.style.height;
        fresh.scrollTop = scrolled[n]!;
      });
    };
    return true;
  }

  /** What is written in fields that are asked for no more. */
  #strange(controls: Control[]): Control[] {
    const { fields, desk } = this.form;
    const asked = desk ? fields.map((spec) => spec && spec.name) : ['kind', 'message'];
    const known = [...PREFILLED.map(([name]) => name), 'files', ...asked];
    return controls.filter((control) => isChanged(control) && !(known as unknown[]).includes(control.name));
  }

  /** Has a message that is sent by the browser itself say them: its server knows today's fields. */
  #tell(): void {
    const controls = [...this.root.querySelectorAll<Control>(CONTROLS)];
    const message = controls.find(({ name }) => name === 'message');
    for (const { labels, name, value } of this.#strange(controls)) {
      const line = `\n\n${labels?.[0]?.textContent ?? name}: ${value}`;
      if (message && !message.value.includes(line)) message.value += line;
    }
  }

  /** What stands where a printed control stood. */
  #find({ name, type, value, localName }: Control): Control | null {
    const base = this.root.firstElementChild!;
    const field = [...base.querySelectorAll('support-field')].find(({ spec }) => spec?.name === name);
    const alike = [...base.querySelectorAll<Control>('input,[type=submit]')].find(
      (control) => control.type === type && (type === 'file' || control.value === value),
    );
    return (field?.renderRoot as ParentNode | undefined)?.querySelector('[part=control]') ?? alike ?? base.querySelector(localName);
  }

  #focus(fresh: Control | null, caret: Caret | undefined): void {
    const { form, root } = this;
    const hush = (event: Event) => event.stopImmediatePropagation();
    // nobody has come: what is loaded for who writes would change what is shown
    root.addEventListener('focusin', hush, true);
    if (fresh) fresh.focus(QUIETLY);
    else form.focus();
    root.removeEventListener('focusin', hush, true);
    if (!fresh || !caret) return;
    const { type } = fresh;
    if (type === 'email') fresh.type = 'text';
    fresh.setSelectionRange(...caret);
    if (type === 'email') fresh.type = type;
  }

  /** Shows files as chosen until somebody does something: the list of files needs room. */
  #take(old: Control): void {
    const { form, root } = this;
    // its dialog may be open
    old.onchange = () => this.#take(old);
    const files = old.files!;
    const picker = this.#find(old);
    if (!files.length || !picker) return void form.files.push(...files);
    const soft = picker.closest('label')?.querySelector('.soft');
    soft?.parentElement?.classList.add('chosen');
    soft?.prepend(picker);
    picker.files = files;
    const hand = () => {
      form.files.push(...(picker.files ?? []));
      picker.value = '';
      soft?.parentElement?.classList.remove('chosen');
      form
        .load()
        .then((submission) => submission.takeFiles())
        .catch(() => undefined);
    };
    for (const type of ['pointerdown', 'keydown', 'submit']) root.addEventListener(type, () => picker.value && hand(), ONCE);
  }
}

function isChanged({ type, checked, defaultChecked, value, defaultValue }: Control): boolean {
  return type === 'radio' || type === 'checkbox' ? checked !== defaultChecked : value !== (defaultValue ?? '');
}

/** True where a person, and no script, has filled in something of the page's own. */
function isBegun(form: SupportForm): boolean {
  const controls = [...form.querySelectorAll<Control>(CONTROLS)];
  return form.matches(':focus-within') || controls.some((control) => isChanged(control) && control.matches(':user-valid,:user-invalid'));
}

/** Where the caret of a control is. Only what happens there tells it of an address. */
function caretOf(control: Control): Caret | undefined {
  const { selectionStart, selectionEnd, selectionDirection, type, value } = control;
  if (typeof selectionStart === 'number') return [selectionStart, selectionEnd, selectionDirection ?? 'none'];
  if (type !== 'email' || !document.execCommand('insertText', false, MARK)) return undefined;
  const start = control.value.indexOf(MARK);
  const end = start + value.length + 1 - control.value.length;
  control.value = value;
  return [start, end, 'none'];
}
