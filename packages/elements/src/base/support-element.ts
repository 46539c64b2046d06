import { LitElement, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { formTexts } from '../locales/index.js';
import type { FormText } from '../locales/en.js';
import type { TextTable } from '../locales/text-table.js';
import { bare } from './bare.js';
import { localeOf, type Locale } from './localize.js';
import { submitOnClick } from './submit-on-click.js';

/** What every element of the counter shares: its language, its direction and a render root that a page cannot bend. */
export abstract class SupportElement<Text = FormText> extends LitElement {
  static override shadowRootOptions: ShadowRootInit = bare(LitElement.shadowRootOptions);

  /** BCP 47 tag to speak; else the language of the page around, then of the browser. */
  @property() locale = '';

  /** `light` or `dark`, or `auto` for the colours of the page around; else the page's own `color-scheme`. */
  @property({ reflect: true }) theme = '';

  /** Sentences shown at once; loaded by the element itself unless the element around it has them already. */
  @property({ attribute: false }) text: Text | undefined;

  /** @internal */
  @state() language: Locale = { tag: 'en', file: 'en', dir: 'ltr' };

  /** @internal Tags the desk answers in, once known. */
  protected deskLocales: readonly string[] = [];

  /** @internal What the element says, by locale. */
  texts: TextTable<Text | FormText> = formTexts;

  #loaded = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.speak();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    Object.setPrototypeOf(this.renderOptions, null);
    const root = super.createRenderRoot();
    root.addEventListener('click', submitOnClick);
    return root;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locale') && this.hasUpdated) this.speak();
    if (this.theme === 'auto' && changed.has('theme'))
      import('./page-look.js').then(
        ({ followPage }) => followPage(this),
        () => undefined,
      );
  }

  /** Finds the language anew and loads its sentences. */
  protected speak(): void {
    this.language = localeOf(this, this.deskLocales);
    const { file } = this.language;
    if (this.#loaded === file || (this.text && !this.#loaded)) return;
    this.#loaded = file;
    void this.texts(file).then(
      (text) => {
        if (this.#loaded === file) this.text = text as Text & FormText;
      },
      (cause: unknown) => {
        this.#loaded = '';
        this.textFailed(cause);
      },
    );
  }

  /** Called when the sentences could not be loaded. */
  protected textFailed(_cause: unknown): void {}
}
