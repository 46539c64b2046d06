import { isSupportError, type AgentReplyReceipt, type FileLimits, type ThreadEntry } from '@storefront-support/contract';
import '@storefront-support/elements/support-attachments';
import type { SupportAttachments } from '@storefront-support/elements/support-attachments';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { InboxTicketChangedEvent } from '../base/events.js';
import { NewerEntriesError, type OutgoingMessage } from '../base/inbox-api.js';
import { focusStays } from '../base/keeps-focus.js';
import { forget, keep, kept } from '../base/kept-here.js';
import { look } from '../base/look.styles.js';
import { randomToken } from '../base/random-token.js';
import { ReplyUploads } from '../base/reply-uploads.js';
import type { Room } from '../base/room.js';
import { renderEntry } from '../inbox-ticket/entry-view.js';
import { thread } from '../inbox-ticket/inbox-ticket.styles.js';
import { sentenceOf } from '../locales/en.js';
import { filesAt, forgetFiles, joined, leftOf, newDraft, underWay, type Draft, type Sending } from './draft.js';
import { composer } from './inbox-composer.styles.js';

/**
 * @summary Where an agent writes an answer or a note. The draft is kept in this browser until it has been sent.
 * @fires inbox-ticket-changed - What was written is in the thread.
 */
export class InboxComposer extends LitElement {
  static override styles = [look, thread, composer];

  /** Where to ask and how to speak. */
  @property({ attribute: false }) room: Room | undefined;

  /** Id of the desk. */
  @property() desk = '';

  /** Number of the ticket. */
  @property() number = '';

  /** Who is answered. */
  @property() to = '';

  /** Contact of the ticket. */
  @property() contact = '';

  /** What files may be; null: none are taken. */
  @property({ attribute: false }) limits: FileLimits | null = null;

  /** Most characters. */
  @property({ type: Number }) longest = 0;

  /** Sequence number of the last entry that the thread shows. */
  @property({ type: Number }) seen = 0;

  @state() private draft: Draft = newDraft();

  @state() private newer: ThreadEntry[] = [];

  @state() private problem = '';

  @state() private told = '';

  @query('textarea') private area!: HTMLTextAreaElement | null;

  @query('support-attachments') private files!: SupportAttachments | null;

  #port: ReplyUploads | undefined;
  /** What was attached before is back. */
  #restored = false;
  /** What was sent last without an answer: sent again unchanged it is written once. */
  #attempt: { message: OutgoingMessage; key: string } | undefined;
  /** Whether the agent is where they were when they sent it. */
  #stays: (() => boolean) | undefined;

  override focus(): void {
    this.area?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('desk')) this.#port = new ReplyUploads(this.desk);
    if (changed.has('number') || changed.has('desk')) {
      const files = filesAt(this.#place);
      this.#begin(underWay.get(this.#place)?.draft ?? (files.all.length ? files.draft : undefined) ?? newDraft());
      this.#restored = false;
      this.told = '';
      void this.#recall();
    }
  }

  protected override updated(): void {
    const files = filesAt(this.#place);
    files.draft = this.draft;
    if (this.#restored || !this.files) return;
    this.#restored = true;
    this.files.restore(files.all);
  }

  get #place(): string {
    return `${this.room?.me.agent.id}/${this.desk}/${this.number}`;
  }

  async #recall(): Promise<void> {
    const place = this.#place;
    const begun = this.draft;
    const draft = await kept<Draft>('drafts', place);
    if (!this.#isAt(place)) return;
    if (draft) this.#takeUp(draft, begun);
    const sending = underWay.get(place);
    if (sending) await this.#follow(sending);
  }

  /** Goes on with a draft that was kept, and with what has been typed while it was read. */
  #takeUp(draft: Draft, begun: Draft): void {
    if (this.draft === begun) this.draft = draft;
    else if (this.draft.key !== draft.key) this.#change(joined(draft, this.draft));
  }

  #isAt(place: string): boolean {
    return this.isConnected && place === this.#place;
  }

  #begin(draft: Draft): void {
    this.draft = draft;
    this.newer = [];
    this.problem = '';
    this.#attempt = undefined;
    this.files?.drop(true);
  }

  #change(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change };
    this.told = this.problem = '';
    void (this.draft.text ? keep('drafts', this.#place, this.draft) : forget('drafts', this.#place));
  }

  #send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { room, draft, longest, files } = this;
    if (!room || underWay.has(this.#place)) return;
    const { text } = room;
    this.told = '';
    this.problem = '';
    if (!draft.text.trim()) this.problem = text.empty;
    else if (longest && draft.text.length > longest) this.problem = text.tooLong(new Intl.NumberFormat(room.tag).format(longest));
    else if (files && files.pending + files.troubled > 0) this.problem = text.filesWait;
    if (this.problem) return this.focus();
    const { visibility, secret } = draft;
    const lastSeen = Math.max(this.seen, this.newer.at(-1)?.seq ?? 0);
    const message = this.#again({ text: draft.text, visibility, attachmentIds: files?.attachmentIds ?? [], secret, seq: lastSeen });
    this.#attempt = { message, key: draft.key };
    this.#stays = focusStays();
    const sending = { draft, receipt: this.#deliver(room, this.#place, draft, message) };
    underWay.set(this.#place, sending);
    await this.#follow(sending);
  };

  async #deliver({ api }: Room, place: string, sent: Draft, message: OutgoingMessage): Promise<AgentReplyReceipt> {
    try {
      const receipt = await api.send(this.desk, this.number, sent.key, message);
      forgetFiles(place);
      const draft = await kept<Draft>('drafts', place);
      const left = draft && leftOf(draft, sent);
      await (left?.text ? keep('drafts', place, left) : forget('drafts', place));
      return receipt;
    } finally {
      underWay.delete(place);
    }
  }

  /** Whichever composer is at the ticket when the answer comes tells of it. */
  async #follow({ draft, receipt }: Sending): Promise<void> {
    const room = this.room as Room;
    const place = this.#place;
    this.requestUpdate();
    try {
      const { ticket } = await receipt;
      if (!this.#isAt(place)) return;
      this.#begin(leftOf(this.draft, draft));
      if (this.draft.text) void keep('drafts', place, this.draft);
      this.told = draft.visibility === 'internal' ? room.text.noted : room.text.sent;
      this.dispatchEvent(new InboxTicketChangedEvent(ticket));
    } catch (error) {
      if (this.#isAt(place)) this.#failed(room, error);
    } finally {
      this.requestUpdate();
    }
  }

  /** The same words after a lost answer are the same message, whatever the thread shows by now. */
  #again(message: OutgoingMessage): OutgoingMessage {
    const before = this.#attempt?.message;
    return before && JSON.stringify({ ...before, seq: 0 }) === JSON.stringify({ ...message, seq: 0 }) ? before : message;
  }

  #failed(room: Room, error: unknown): void {
    if (error instanceof NewerEntriesError) {
      this.#attempt = undefined;
      this.newer = error.entries;
      if (this.#stays?.()) void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.newer h3')?.focus());
      else this.told = room.text.newer;
      return;
    }
    if (isSupportError(error) && error.code === 'idempotency-mismatch') {
      this.#attempt = undefined;
      this.#change({ key: randomToken() });
    }
    this.problem = sentenceOf(room.text, error);
  }

  protected override render(): unknown {
    if (!this.room) return nothing;
    const { text } = this.room;
    const { draft, newer } = this;
    const isSending = underWay.has(this.#place);
    const isNote = draft.visibility === 'internal';
    const way = (visibility: Draft['visibility'], label: string) =>
      html`<label class="check">
        <input type="radio" name="visibility" .checked=${draft.visibility === visibility} @change=${() => this.#change({ visibility })} />
        ${label}
      </label>`;
    return html`<form class=${isNote ? 'note' : ''} @submit=${this.#send}>
      <fieldset>
        <legend>${text.answerTo(this.to)}</legend>
        ${way('public', text.asReply)} ${way('internal', text.asNote)}
      </fieldset>
      ${newer.length ? this.#renderNewer() : nothing}
      <div>
        <label for="text">${isNote ? text.writeNote : text.write}</label>
        <textarea
          id="text"
          dir="auto"
          aria-describedby="hint"
          aria-invalid=${this.problem !== ''}
          .value=${draft.text}
          @input=${(event: Event) => this.#change({ text: (event.target as HTMLTextAreaElement).value })}
        ></textarea>
        <p class="hint" id="hint">${[isNote && text.noteHint, draft.text && text.kept].filter(Boolean).join(' ')}</p>
      </div>
      ${
        this.limits && this.#port
          ? html`<support-attachments
              lang=${this.room.tag}
              contact-id=${this.contact}
              .port=${this.#port}
              .limits=${this.limits}
              .secret=${draft.secret}
              .shelf=${filesAt(this.#place)}
              .entry=${draft.key}
              .readonly=${isSending}
            >
              <label class="button">${text.attach}<input class="quiet" type="file" multiple /></label>
            </support-attachments>`
          : nothing
      }
      <div role="alert">${this.problem ? html`<p class="problem">${this.problem}</p>` : nothing}</div>
      <div class="row">
        <button class="main" aria-disabled=${isSending}>
          ${isSending ? text.sending : newer.length ? text.sendAnyway : isNote ? text.sendNote : text.send}
        </button>
        <span role="status" class="done">${this.told}</span>
      </div>
    </form>`;
  }

  #renderNewer(): unknown {
    const room = this.room as Room;
    return html`<section class="newer" aria-labelledby="newer">
      <h3 id="newer" tabindex="-1">${room.text.newer}</h3>
      <p>${room.text.newerLead}</p>
      <ul class="thread">
        ${this.newer.map((entry) => renderEntry(room, entry, { fileAddress: (id) => room.api.fileAddress(this.desk, this.number, id) }))}
      </ul>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-composer': InboxComposer;
  }
}
