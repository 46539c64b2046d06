import type { ThreadMessage } from '@storefront-support/contract';
import { html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { look } from '../base/look.styles.js';
import type { Room } from '../base/room.js';
import { ticket } from '../inbox-ticket/inbox-ticket.styles.js';
import { sentenceOf } from '../locales/en.js';

/** @summary Has an agent choose a part of a message, confirm it, and blacks it out. */
export class InboxRedaction extends LitElement {
  static override styles = [look, ticket];

  /** Where to ask and how to speak. */
  @property({ attribute: false }) room: Room | undefined;

  /** Blacks out a part of the text; offsets in UTF-16 code units of the message. */
  @property({ attribute: false }) work: ((message: ThreadMessage, start: number, end: number) => Promise<void>) | undefined;

  @state() private message: ThreadMessage | undefined;

  @state() private chosen: { start: number; end: number } | null = null;

  @state() private problem = '';

  /** What a part of is being blacked out. */
  @state() private working: ThreadMessage | undefined;

  @query('dialog') private dialog!: HTMLDialogElement | null;

  @query('textarea') private area!: HTMLTextAreaElement | null;

  /** Opens it over the page. */
  async open(message: ThreadMessage): Promise<void> {
    // each opening is one of its own, and hears nothing of the one before
    this.message = { ...message };
    this.chosen = null;
    this.problem = '';
    await this.updateComplete;
    this.dialog?.showModal();
    this.area?.focus();
    this.area?.setSelectionRange(0, 0);
  }

  /** Closes it with nothing done. */
  close(): void {
    this.dialog?.close();
    this.message = undefined;
  }

  #use = (): void => {
    const { area, message } = this;
    if (!area || !message) return;
    const { selectionStart: start, selectionEnd: end } = area;
    this.problem = start === end ? (this.room?.text.redactNothing ?? '') : '';
    this.chosen = start === end ? null : { start: offsetIn(message.text ?? '', start), end: offsetIn(message.text ?? '', end) };
  };

  #now = async (): Promise<void> => {
    const { message, chosen: part, room } = this;
    if (!message || !part || !room || this.working === message) return;
    this.working = message;
    this.problem = '';
    try {
      await this.work?.(message, part.start, part.end);
      if (message === this.message) this.dialog?.close();
    } catch (error) {
      if (message === this.message) this.problem = sentenceOf(room.text, error);
    }
    if (this.working === message) this.working = undefined;
  };

  protected override render(): unknown {
    if (!this.room || !this.message) return nothing;
    const { text } = this.room;
    const { message, chosen: part } = this;
    return html`<dialog aria-labelledby="title">
      <div class="fields">
        <h2 id="title">${text.redactOf(message.by.name)}</h2>
        <p class="hint" id="lead">${text.redactLead}</p>
        <div>
          <label for="area">${text.redactText}</label>
          <textarea id="area" readonly aria-describedby="lead" dir="auto" .value=${message.text ?? ''}></textarea>
        </div>
        <div class="row"><button type="button" @click=${this.#use}>${text.redactUse}</button></div>
        <div role="alert">${this.problem ? html`<p class="problem">${this.problem}</p>` : nothing}</div>
        <div role="status">
          ${
            part
              ? html`<p>${text.redactPart}</p>
                  <p class="part" dir="auto">${(message.text ?? '').slice(part.start, part.end)}</p>`
              : nothing
          }
        </div>
        <div class="row">
          ${part ? html`<button type="button" class="danger" aria-disabled=${this.working === message} @click=${() => void this.#now()}>${text.redactNow}</button>` : nothing}
          <button type="button" @click=${() => this.dialog?.close()}>${text.cancel}</button>
        </div>
      </div>
    </dialog>`;
  }
}

/** A text area shows every line break as one character: where its offset lies in the text as it was sent. */
function offsetIn(text: string, shown: number): number {
  let at = 0;
  for (let count = 0; count < shown && at < text.length; count++) at += text.startsWith('\r\n', at) ? 2 : 1;
  return at;
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-redaction': InboxRedaction;
  }
}
