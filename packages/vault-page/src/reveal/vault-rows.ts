import { fieldStyles, formStyles, host, numberIn, on, tokens, type RevealText } from '@storefront-support/elements/look';
import type { AccessRow } from '@storefront-support/vault/access-fields';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { mask } from '../base/attributes.js';
import { keepFocus } from '../base/keep-focus.js';
import { revealStyles } from './vault-reveal.styles.js';

const SHOWN_S = 60;
/** Chosen from a list, and told by the list's words. */
const CHOSEN = ['secondFactor', 'auth', 'protocol', 'engine'];

/** @summary The lines of an opened record. What is secret is in the page only while it is shown, and for a minute. */
export class VaultRows extends LitElement {
  static override styles = [tokens, host, formStyles, fieldStyles, revealStyles];

  /** What was opened. Only ever a property. */
  @property({ attribute: false }) rows: readonly AccessRow[] = [];
  /** Sentences. */
  @property({ attribute: false }) text!: RevealText;
  /** BCP 47 tag that numbers are written by. */
  @property({ attribute: false }) tag = 'en';

  /** Index of the row that is shown; -1: none. */
  @state() private open = -1;
  @state() private spelled = false;
  @state() private left = SHOWN_S;
  @state() private timed = true;
  @state() private spoken = '';
  /** What had the focus before a redraw. */
  #focused: Element | null = null;
  #clock: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#hide);
    for (const type of ['blur', 'pagehide']) addEventListener(type, this.#hide);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#hide);
    for (const type of ['blur', 'pagehide']) removeEventListener(type, this.#hide);
    clearInterval(this.#clock);
    this.rows = [];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#focused = this.shadowRoot?.activeElement ?? null;
    if (!changed.has('rows')) return;
    // another record has come in its place
    clearInterval(this.#clock);
    this.open = -1;
  }

  protected override updated(changed: PropertyValues): void {
    const value = this.renderRoot.querySelector<HTMLElement>('[data-value]');
    if (value) mask(value);
    if ((changed.has('open') || changed.has('spelled')) && this.open >= 0) value?.focus();
    if (this.shadowRoot) keepFocus(this.shadowRoot, this.#focused, `[data-show="${changed.get('open')}"]`);
  }

  #show(index: number, spelled: boolean): void {
    if (this.open === index && this.spelled === spelled) return this.#hide();
    clearInterval(this.#clock);
    this.open = index;
    this.spelled = spelled;
    this.left = SHOWN_S;
    this.timed = true;
    this.spoken = this.text.shown(this.#nameOf(index), numberIn(this.tag, SHOWN_S));
    this.#clock = setInterval(() => {
      if (!this.timed) return;
      this.left -= 1;
      if (this.left <= 0) this.#hide();
    }, 1000);
  }

  #hide = (): void => {
    clearInterval(this.#clock);
    if (this.open < 0) return;
    const { open } = this;
    this.open = -1;
    this.spoken = this.text.hidden(this.#nameOf(open));
  };

  #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.open < 0) return;
    const { open } = this;
    this.#hide();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-show="${open}"]`)?.focus());
  };

  async #copy(row: AccessRow): Promise<void> {
    await navigator.clipboard.writeText(row.value.reveal()).then(
      () => (this.spoken = this.text.copied),
      () => (this.spoken = this.text.notCopied),
    );
  }

  #nameOf(index: number): string {
    const row = this.rows[index];
    return row?.title?.reveal() ?? this.text.labels[row?.name ?? ''] ?? row?.name ?? '';
  }

  protected override render(): unknown {
    const { text, spoken, rows } = this;
    return html`<div part="base" @keydown=${on(this.#escape)}>
      <dl>${rows.map((row, i) => this.#renderRow(row, i))}</dl>
      <p class="soft">${text.clipboard}</p>
      <span class="quiet" role="status">${spoken}</span>
    </div>`;
  }

  #renderRow(row: AccessRow, index: number): unknown {
    const { text, open, spelled, tag } = this;
    const name = this.#nameOf(index);
    const shown = open === index;
    const copy = html`<button type="button" aria-label="${text.copy}: ${name}" @click=${on(() => void this.#copy(row))}>
      ${text.copy}
    </button>`;
    if (!row.secret)
      return html`<div class="line">
        <dt id="n-${index}">${name}</dt>
        <dd class="item">
          ${
            CHOSEN.includes(row.name)
              ? (text.options[row.value.reveal()] ?? row.value.reveal())
              : html`<span class="code" translate="no" lang="zxx" dir="auto">${row.value.reveal()}</span>${copy}`
          }
        </dd>
      </div>`;
    const plain = shown && !spelled;
    return html`<div class="line">
      <dt id="n-${index}">${name}</dt>
      <dd>
        ${shown ? this.#renderValue(row, index) : html`<span class="soft">${text.masked(numberIn(tag, [...row.value.reveal()].length))}</span>`}
        <div class="actions">
          <button
            type="button"
            data-show=${index}
            aria-expanded=${plain}
            aria-controls=${plain ? `v-${index}` : nothing}
            aria-label="${plain ? text.hide : text.show}: ${name}"
            @click=${on(() => this.#show(index, false))}
          >
            ${plain ? text.hide : text.show}
          </button>
          ${copy}
          <button
            type="button"
            data-spell=${index}
            aria-expanded=${shown && spelled}
            aria-controls=${shown && spelled ? `v-${index}` : nothing}
            aria-label="${text.spell}: ${name}"
            @click=${on(() => this.#show(index, true))}
          >
            ${text.spell}
          </button>
        </div>
        ${shown ? this.#renderTimer() : nothing}
      </dd>
    </div>`;
  }

  #renderValue(row: AccessRow, index: number): unknown {
    const value = row.value.reveal();
    const content = this.spelled
      ? html`<ol class="spelled" lang=${this.tag}>
          ${[...value].map((character) => html`<li><b aria-hidden="true" class="code">${character}</b> ${nameOf(character, this.text)}</li>`)}
        </ol>`
      : html`<span class="code">${value}</span>`;
    return html`<div id="v-${index}" data-value role="group" tabindex="-1" aria-labelledby="n-${index}" translate="no" lang="zxx" dir="ltr">
      ${content}
    </div>`;
  }

  #renderTimer(): unknown {
    const { text, left, timed, tag } = this;
    return html`<p class="soft timer">
      <span aria-hidden="true">${timed ? text.left(numberIn(tag, left)) : text.untimed}</span>
      <button type="button" @click=${on(() => (this.left += SHOWN_S))}>${text.longer}</button>
      <button type="button" aria-pressed=${!timed} @click=${on(() => (this.timed = !timed))}>${text.noTimer}</button>
    </p>`;
  }
}

/** A character as it is read out over a telephone. */
function nameOf(character: string, text: RevealText): string {
  if (/\p{Lu}/u.test(character)) return text.capital(character);
  if (/\p{Ll}/u.test(character)) return text.small(character);
  if (/\d/.test(character)) return text.digit(character);
  return text.characters[character] ?? text.sign(`U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
}

declare global {
  interface HTMLElementTagNameMap {
    'vault-rows': VaultRows;
  }
}
