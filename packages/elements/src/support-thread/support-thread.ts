import { SupportError, type ThreadEntry, type ThreadPage, type TicketHint, type TicketSummary } from '@storefront-support/contract';
import type { PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { host } from '../base/host.styles.js';
import { tokens } from '../base/tokens.styles.js';
import { fieldStyles } from '../support-field/support-field.styles.js';
import { formStyles } from '../support-form/support-form.styles.js';
import { publicOf } from '../tracking/public-of.js';
import { TrackingElement } from '../tracking/tracking-element.js';
import { trackingStyles } from '../tracking/tracking.styles.js';
import type { Answer } from './answer.js';
import { threadStyles } from './support-thread.styles.js';
import type { ThreadNews } from './thread-news.js';
import { renderThread } from './thread-view.js';
import { SupportTicketOpenedEvent } from './ticket-opened-event.js';

/** Entries that are read at once. */
export const PAGE = 50;
const ignore = () => undefined;

/**
 * @summary Shows one ticket: what was written, by whom and when, whose turn it is, and a place to answer.
 * @fires support-error - Something could not be read or written.
 * @fires support-ticket-opened - The ticket is shown.
 * @fires support-question-asked - Cancelable; the person wants to write another ticket.
 * @csspart base - The root; `data-state` is `loading`, `ready`, `failed` or `absent`.
 * @csspart heading - The subject.
 * @csspart facts - Number and status.
 * @csspart due - When an answer is due; has the class `late` where it is late.
 * @csspart earlier - Reads earlier messages.
 * @csspart entries - The messages and changes of status.
 * @csspart message - One message; `data-by` is `requester`, `agent` or `desk`.
 * @csspart change - A change of status.
 * @csspart attachment - One file.
 * @csspart download - Saves it.
 * @csspart preview - Where a picture is drawn.
 * @csspart show - Shows a picture that is not shown by itself.
 * @csspart no-passwords - That nothing needs to be sent.
 * @csspart access - What was asked for or lent.
 * @csspart to-access - Opens that.
 * @csspart to-reply - Opens the box to answer in, and what else can be done.
 * @csspart pending - A reply that has not been sent yet.
 * @csspart send-now - Sends it.
 * @csspart edit - Takes it back into the box.
 * @csspart delete - Deletes it from this device.
 * @csspart reply - The box to answer in.
 * @csspart files - The files of the reply.
 * @csspart submit - Sends the reply.
 * @csspart close - What closes the ticket.
 * @csspart reopen - Opens it again.
 * @csspart rating - Asks whether the help was good.
 * @csspart another - Begins another ticket.
 * @csspart remove-secret - Takes out of the reply what looks secret.
 * @csspart move-secret - Takes it out and opens the vault.
 * @csspart keep-secret - Sends it as it is.
 * @csspart error - What could not be read or written.
 * @csspart retry - Tries again.
 */
export class SupportThread extends TrackingElement {
  static override styles = [tokens, host, formStyles, fieldStyles, trackingStyles, threadStyles];

  /** Number of the ticket. */
  @property({ reflect: true }) number = '';

  /** What opens it: a session's token or the ticket's secret; else what this browser keeps. Only ever a property. */
  @property({ attribute: false }) token = '';

  /**
   * Opens another place than the vault of this ticket for secrets that were taken out of a reply. Set it only while they can be entered
   * there.
   */
  @property({ attribute: false }) openVault: ((secrets: readonly string[]) => void) | undefined;

  /** @internal Called with every summary that is read. */
  @property({ attribute: false }) took: ((ticket: TicketSummary) => void) | undefined;

  /** @internal */ @state() ticket: TicketSummary | undefined;
  /** @internal Oldest first; each page is only ever replaced. */ @state() pages: ThreadEntry[][] = [];
  /** @internal */ @state() hasEarlier = false;
  /** @internal What shows files, once there are any. */ @state() files: typeof import('./thread-files.js') | undefined;
  /** @internal Shows what was asked for or lent, once it is loaded. */ @state() renderVault:
    ((thread: SupportThread) => unknown) | undefined;
  /** @internal What answers, closes and rates, once it is loaded. */ @state() answer: Answer | undefined;

  #bearer = '';
  #news: ThreadNews | undefined;
  #answering: Promise<unknown> | undefined;
  /** What had the focus when it was wanted for what is not there yet. */
  #left: Element | null | undefined;

  /** Focuses the subject, as soon as it is there, unless the focus has been taken elsewhere by then. */
  override focus(): void {
    const heading = this.renderRoot.querySelector<HTMLElement>('[part=heading], [part=error]');
    this.#left = heading ? null : document.activeElement;
    heading?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if ((changed.has('number') || changed.has('token')) && this.hasUpdated && !changed.has('adapter')) this.enter();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.#left && this.phase !== 'loading') {
      if (this.#left === document.activeElement) this.focus();
      else this.#left = null;
    }
    this.answer?.updated();
    // looking through a long thread takes its time; what is there before its sentences is drawn with them
    if (!changed.has('pages') && !changed.has('text')) return;
    if (this.pages.length) void this.#withNews((news) => news.shown()).catch(ignore);
    this.files?.previewPictures(this);
  }

  protected override leave(): void {
    super.leave();
    this.#news?.leave();
    this.answer?.leave();
    this.#news = this.answer = this.#answering = this.ticket = this.renderVault = undefined;
    this.pages = [];
  }

  /** @internal Sequence number of the last entry that is shown. */
  get lastSeq(): number {
    return this.pages.at(-1)?.at(-1)?.seq ?? 0;
  }

  /** @internal What every call about this ticket carries. */
  get options(): { token: string; signal: AbortSignal } {
    return { token: this.#bearer, signal: this.stop.signal };
  }

  /** @internal Reads the newest messages. */
  async read(): Promise<void> {
    const { access, number } = this;
    const { signal } = this.stop;
    if (!access || !number) return;
    this.phase = 'loading';
    this.error = undefined;
    try {
      this.#bearer = this.token || (await access.tokenFor(number));
      if (!this.#bearer) throw new SupportError('not-found', 'Nothing here opens this ticket.');
      const page = await access.tracking.getThread(number, { ...this.options, limit: PAGE });
      await this.prepare(page.entries);
      if (signal.aborted) return;
      this.pages = [];
      this.addEntries(page);
      this.hasEarlier = page.hasEarlier;
      this.phase = 'ready';
      (this as EventTarget).dispatchEvent(new SupportTicketOpenedEvent(number));
    } catch (cause) {
      if (signal.aborted) return;
      this.error = this.fail(cause);
      this.phase = 'failed';
    }
  }

  protected override changed = (hint: TicketHint | null): void => {
    if (!hint || (hint.number === this.number && hint.seq >= this.lastSeq)) this.soon(() => this.catchUp());
  };

  /** @internal Reads what has come since, and tells of it. The next hint, or the next look, tries again. */
  catchUp(): Promise<unknown> {
    return this.#withNews((news) => news.catchUp()).catch(ignore);
  }

  /** @internal Reads the messages before the first one shown. */
  earlier(): Promise<void> {
    return this.run(() => this.#withNews((news) => news.earlier()));
  }

  /** @internal Takes over a newer summary. */
  take(ticket: TicketSummary): void {
    this.ticket = ticket;
    this.took?.(ticket);
    if (ticket.access && !this.renderVault && this.adapter?.access) void this.showAccess();
  }

  /** @internal Loads what shows files, where there are any; where it cannot be loaded they are only named. */
  async prepare(entries: readonly ThreadEntry[]): Promise<void> {
    if (this.files || !entries.some((entry) => entry.type === 'message' && entry.attachments.length)) return;
    await this.reach(import('./thread-files.js'), (files) => {
      this.files = files;
      this.wear(files.fileStyles);
    });
  }

  /** @internal Shows what was asked for or lent, and loads what shows it. */
  showAccess(): Promise<void> {
    const { signal } = this.stop;
    return this.reach(import('./thread-vault.js'), ({ renderVault }) => signal.aborted || (this.renderVault = renderVault));
  }

  /** @internal Loads what answers, closes and rates. */
  async loadAnswer(): Promise<void> {
    const { signal } = this.stop;
    const answering = (this.#answering ??= this.reach(
      import('./answer.js').then(({ openAnswer }) => openAnswer(this, signal)),
      (answer) => (this.answer = answer ?? this.answer),
    ));
    await answering;
    if (!this.answer && this.#answering === answering) this.#answering = undefined;
  }

  /** @internal Adds what may be seen of newer entries, and returns that. */
  addEntries({ ticket, entries }: Pick<ThreadPage, 'ticket' | 'entries'>): ThreadEntry[] {
    const { lastSeq, pages } = this;
    const added = publicOf(entries).filter(({ seq }) => seq > lastSeq);
    const last = pages.at(-1) ?? [];
    // a page is drawn anew when something is added to it: none grows for ever
    if (added.length) this.pages = last.length < PAGE ? [...pages.slice(0, -1), [...last, ...added]] : [...pages, added];
    this.take(ticket);
    return added;
  }

  /** What reads on is loaded once there is something to see. */
  async #withNews(work: (news: ThreadNews) => unknown): Promise<void> {
    const { ThreadNews } = await import('./thread-news.js');
    await work((this.#news ??= new ThreadNews(this)));
  }

  protected override render(): unknown {
    return this.renderBase(this.text && renderThread(this, this.text));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'support-thread': SupportThread;
  }
}
