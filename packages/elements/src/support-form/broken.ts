import { css, html, nothing, type ReactiveController } from 'lit';
import type { SupportError } from '@storefront-support/contract';
import { on } from '../base/on.js';
import type { Locale } from '../base/localize.js';
import { SupportErrorEvent } from '../events.js';
import type { MessageText } from '../locales/en.js';
import { errorSentence } from '../locales/error-sentence.js';
import { messageTexts } from '../locales/index.js';
import { explain } from './explain.js';
import type { SupportForm } from './support-form.js';

const styles = css`
  .mend {
    margin-block: var(--_space);
    padding: var(--_space);
    border: 1px dashed var(--_border);
    border-radius: var(--_radius);
    font-size: 0.875em;
  }
  .mend code {
    display: block;
    font-family: ui-monospace, monospace;
    white-space: pre-wrap;
  }
  [data-code] > [part='retry'] {
    margin-block-start: 0.85em;
  }
  ::slotted(*) {
    color: var(--_link) !important;
  }
  button:hover {
    border-color: var(--_accent);
    background: var(--_tint);
  }
`;

/** What a form that cannot work at all tells the person, the shop and whoever builds the page. Loaded by such a form only. */
export class Broken implements ReactiveController {
  #error: SupportError | undefined;
  #messages: MessageText | undefined;
  #file: Locale['file'] | undefined;

  constructor(private readonly form: SupportForm) {
    if (styles.styleSheet) (form.renderRoot as ShadowRoot).adoptedStyleSheets.push(styles.styleSheet);
    form.addController(this);
  }

  hostConnected(): void {
    addEventListener('online', this.#online);
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#online);
  }

  hostUpdated(): void {
    if (this.form.phase === 'broken') void this.#speak();
  }

  /** @param cause what the backend rejected with, or one of the form's own two codes. */
  async explain(cause: unknown): Promise<void> {
    const { form } = this;
    this.#error = explain(cause, form.blocked);
    await this.#speak();
    form.dispatchEvent(new SupportErrorEvent(this.#error));
    form.requestUpdate();
  }

  /** Undefined until there are sentences to say it with. */
  render(): unknown {
    const { form } = this;
    const error = this.#error;
    const messages = this.#messages;
    if (!error || !messages) return undefined;
    return html`<div role="alert" data-code=${error.code}>
        <p>${error.retryable ? messages.broken : errorSentence(messages, error.code)}</p>
        ${
          error.retryable
            ? html`<button part="retry" type="button" @click=${on(() => void this.#loadAgain())}>${messages.tryAgain}</button>`
            : nothing
        }
      </div>
      ${
        form.debug || onLoopback()
          ? html`<div part="mend" class="mend" lang="en" dir="ltr">
              <strong>For whoever builds this page</strong>
              <code>${error.code}: ${error.message}</code>
            </div>`
          : nothing
      }`;
  }

  async #speak(): Promise<void> {
    const { file } = this.form.language;
    if (file === this.#file) return;
    this.#file = file;
    try {
      this.#messages = await messageTexts(file);
      this.form.requestUpdate();
    } catch {
      // what the form says without them is still there
    }
  }

  /** The button that was pressed disappears. */
  async #loadAgain(): Promise<void> {
    const { form } = this;
    await form.loadDesk();
    await form.updateComplete;
    (form.renderRoot.querySelector<HTMLElement>('[part=retry]') ?? form).focus();
  }

  #online = (): void => {
    const { form } = this;
    if (form.phase === 'broken' && this.#error?.code === 'offline') void form.loadDesk();
  };
}

function onLoopback(): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname);
}
