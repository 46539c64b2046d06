import { html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { FieldSpec } from '@storefront-support/contract';
import { host } from '../base/host.styles.js';
import { SupportElement } from '../base/support-element.js';
import { tokens } from '../base/tokens.styles.js';
import { FACT } from '../events.js';
import { fieldStyles } from './support-field.styles.js';

/**
 * @summary One form field made from a `FieldSpec`: label, control, hint and error in one shadow root.
 * @fires input - The person changed the value; read `value`.
 * @csspart base - The root.
 * @csspart label - The label.
 * @csspart control - The native control.
 * @csspart hint - The hint.
 * @csspart error - The error, when there is one.
 */
export class SupportField extends SupportElement {
  static formAssociated = true;
  static override styles = [tokens, host, fieldStyles];

  /** What to show. */
  @property({ attribute: false }) spec: FieldSpec | undefined;

  /** What is in the control; for a checkbox `true` or empty. */
  @property() value = '';

  /** Sentence that says what is wrong; empty when nothing is. */
  @property() error: string | undefined = '';

  /** Shown but not changeable, while sending. */
  @property({ type: Boolean }) readonly = false;

  /** Word that marks a field as not required; nothing is marked without it. */
  @property() optional: string | undefined = '';

  /** Template shown below the control, for example a counter. */
  @property({ attribute: false }) extra: unknown;

  #internals = this.attachInternals();

  override connectedCallback(): void {
    super.connectedCallback();
    this.renderRoot.addEventListener('input', this.#read);
    this.renderRoot.addEventListener('change', this.#read);
    this.renderRoot.addEventListener('keydown', this.#keep);
  }

  get #control(): HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('[part=control]');
  }

  /** A field has no sentences of its own. */
  protected override speak(): void {}

  protected override updated(): void {
    const { value } = this;
    const control = this.#control;
    if (this.spec?.control === 'checkbox') (control as HTMLInputElement).checked = value === 'true';
    else if (control && control.value !== value) control.value = value;
  }

  /** Focuses the control. */
  override focus(): void {
    this.#control?.focus();
  }

  #read = (event: Event): void => {
    // what a browser lets be chosen all the same is put back
    if (this.readonly) return this.requestUpdate();
    const { value } = this;
    const control = event.target as HTMLInputElement;
    this.value = control.type === 'checkbox' ? (control.checked ? 'true' : '') : control.value;
    // an extension that fills it in may tell of it in here alone
    if (value !== this.value && !event.composed) this.dispatchEvent(new Event('input', FACT));
  };

  /** Sends on Enter, and keeps what is typed from shortcuts of the page, which sees no field that it is typed into. */
  #keep = (event: Event): void => {
    const { key, ctrlKey, metaKey, isComposing, target } = event as KeyboardEvent;
    if (!key?.[1] && !ctrlKey && !metaKey) event.stopPropagation();
    if (key !== 'Enter' || isComposing || !(target instanceof HTMLInputElement)) return;
    event.preventDefault();
    this.#internals.form?.querySelector<HTMLElement>('[type=submit]')?.click();
  };

  protected override render(): unknown {
    const { spec } = this;
    if (!spec) return nothing;
    return html`<div part="base">
      ${spec.control === 'checkbox' ? this.#renderCheck(spec) : this.#renderLabelled(spec)}
      ${spec.hint ? html`<p part="hint" class="soft" id="hint">${spec.hint}</p>` : nothing}
      ${this.error ? html`<p part="error" class="error" id="error">${this.error}</p>` : nothing} ${this.extra}
    </div>`;
  }

  #renderCheck(spec: FieldSpec): unknown {
    return html`<label part="label" class="check">${this.#renderInput(spec)}${spec.label}</label>`;
  }

  #renderLabelled(spec: FieldSpec): unknown {
    const note = spec.required || !this.optional ? nothing : html`<span class="soft">${` (${this.optional})`}</span>`;
    return html`<label part="label" for="control">${spec.label}${note}</label>${this.#renderInput(spec)}`;
  }

  #renderInput(spec: FieldSpec): unknown {
    const described = `${spec.hint ? 'hint ' : ''}${this.error ? 'error' : ''}` || nothing;
    const invalid = this.error ? 'true' : nothing;
    const required = spec.required ? 'true' : nothing;
    const filledBy = (spec.autocomplete ?? 'off') as 'on';
    // a field that is empty begins where its label does
    const dir = this.value ? 'auto' : nothing;
    if (spec.control === 'textarea') {
      return html`<textarea
        part="control"
        id="control"
        rows="5"
        dir=${dir}
        ?readonly=${this.readonly}
        aria-describedby=${described}
        aria-invalid=${invalid}
        aria-required=${required}
      ></textarea>`;
    }
    if (spec.control === 'select') {
      return html`<select part="control" id="control" aria-describedby=${described} aria-invalid=${invalid} aria-required=${required}>
        ${spec.options?.map(({ value, label }) => html`<option value=${value}>${label}</option>`)}
      </select>`;
    }
    return html`<input
      part="control"
      id="control"
      type=${spec.control}
      dir=${dir}
      name=${spec.autocomplete ?? spec.name}
      autocomplete=${filledBy}
      inputmode=${spec.inputMode ?? nothing}
      ?readonly=${this.readonly}
      aria-describedby=${described}
      aria-invalid=${invalid}
      aria-required=${required}
    />`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'support-field': SupportField;
  }
}
