import {
  SupportError,
  type ThreadEntry,
  type ThreadMessage,
  type ThreadPage,
  type TicketHint,
  type TicketSummary,
} from '@storefront-support/contract';
import type { PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { bare } from '../base/bare.js';
import { numberIn } from '../base/format.js';
import { host } from '../base/host.styles.js';
import { tellAll } from '../tracking/live.js';
import { tokens } from '../base/tokens.styles.js';
import { SupportTicketOpenedEvent } from '../events.js';
import { ifKept } from '../outbox/kept.js';
import { repliesTo } from '../outbox/replies-to.js';
import { fieldStyles } from '../support-field/support-field.styles.js';
import { formStyles } from '../support-form/support-form.styles.js';
import { TrackingElement } from '../tracking/tracking-element.js';
import { trackingStyles } from '../tracking/tracking.styles.js';
import type { Answer } from './answer.js';
import { Announcer } from './announcer.js';
import type { SeenWatch } from './seen-watch.js';
import { threadStyles } from './support-thread.styles.js';
import { renderThread } from './thread-view.js';

const PAGE = 50;
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
   * Opens the vault for secrets that were taken out of a reply. Set it only while an access request of this ticket takes records:
   * without it the reply offers no vault.
   */
  @property({ attribute: false }) openVault: ((secrets: readonly string[]) => void) | undefined;

  /** @internal Called with every summary that is read. */
  @property({ attribute: false }) took: ((ticket: TicketSummary) => void) | undefined;

  /** @internal */ @state() ticket: TicketSummary | undefined;
  /** @internal Oldest first; each page is only ever replaced. */ @state() pages: ThreadEntry[][] = [];
  /** @internal */ @state() hasEarlier = false;
  /** @internal What was asked for or lent is shown. */ @state() accessShown = false;
  /** @internal What answers, closes and rates, once it is loaded. */ @state() answer: Answer | undefined;

  #bearer = '';
  #reading: Promise<unknown> = Promise.resolve();
  #answering: Promise<unknown> | undefined;
  #focusWanted = false;
  readonly #announcer = new Announcer((count) => {
    this.say(this.text?.arrived(count, numberIn(this.language.tag, count)) ?? '');
  });
  #seen: SeenWatch | undefined;

  /** Focuses the subject, as soon as it is there. */
  override focus(): void {
    const heading = this.renderRoot.querySelector<HTMLElement>('[part=heading], [part=error]');
    this.#focusWanted = !heading;
    heading?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if ((changed.has('number') || changed.has('token')) && this.hasUpdated && !changed.has('adapter')) this.enter();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.#focusWanted && this.phase !== 'loading') this.focus();
    this.answer?.updated();
    // looking through a long thread takes its time; what is there before its sentences is drawn with them
    if (!changed.has('pages') && !changed.has('text')) return;
    if (this.ticket?.unread) void this.#watchSeen(this.ticket.unread).catch(ignore);
    const picture = this.renderRoot.querySelector('[part=preview]:not([data-state])');
    if (picture) void import('./preview.js').then(({ previewPictures }) => previewPictures(this)).catch(ignore);
  }

  protected override enter(): void {
    super.enter();
    void ifKept(() => void this.#recall().catch(ignore));
  }

  protected override leave(): void {
    super.leave();
    this.#seen?.leave();
    this.#announcer.leave();
    this.answer?.leave();
    this.answer = this.#answering = this.ticket = undefined;
    this.accessShown = false;
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
      if (signal.aborted) return;
      this.pages = [];
      this.#append(page);
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
    const { signal } = this.stop;
    const work = async () => {
      for (let more = true; more && !signal.aborted;) {
        if (this.phase !== 'ready') return this.read();
        const page = await this.access!.tracking.getThread(this.number, { ...this.options, after: this.lastSeq, limit: 2 * PAGE });
        if (signal.aborted) return;
        const added = this.#append(page);
        this.#announcer.add(added.filter(({ type, by }) => type === 'message' && by.kind !== 'requester').length);
        more = page.hasLater && !!added.length;
      }
    };
    return (this.#reading = this.#reading.then(work).catch(ignore));
  }

  /** @internal Reads the messages before the first one shown. */
  earlier(): Promise<void> {
    const before = this.pages[0]?.[0]?.seq ?? 0;
    return this.run(async () => {
      const { entries, hasEarlier } = await this.access!.tracking.getThread(this.number, { ...this.options, before, limit: PAGE });
      const shown = entries.filter(isPublic);
      if (shown.length) this.pages = [shown, ...this.pages];
      this.hasEarlier = hasEarlier;
      this.say(this.text?.loaded(shown.length, numberIn(this.language.tag, shown.length)) ?? '');
      await this.updateComplete;
      // where the person was reading
      const first = this.renderRoot.querySelector<HTMLElement>(`[data-seq="${before}"]`);
      first?.scrollIntoView(bare({ block: 'nearest', inline: 'nearest', behavior: 'auto' }));
      if (!hasEarlier) this.focus();
    });
  }

  /** @internal Takes over a newer summary. */
  take(ticket: TicketSummary): void {
    this.ticket = ticket;
    this.took?.(ticket);
    if (ticket.access && !this.accessShown && this.adapter?.access) void this.showAccess();
  }

  /** @internal A reply has arrived; what came in between is read with it. */
  add(message: ThreadMessage, ticket: TicketSummary): void {
    if (message.seq > this.lastSeq + 1) void this.catchUp();
    else this.#append({ ticket, entries: [message] });
    this.take(ticket);
  }

  /** @internal Shows what was asked for or lent, and loads what shows it. */
  async showAccess(): Promise<void> {
    await import('../support-vault/index.js').then(
      () => (this.accessShown = true),
      (cause: unknown) => (this.error = this.fail(new SupportError('load-failed', 'What shows lent access is missing.', { cause }))),
    );
  }

  /** @internal Loads what answers, closes and rates. */
  loadAnswer(): Promise<unknown> {
    const { signal } = this.stop;
    this.#answering ??= import('./answer.js')
      .then(({ openAnswer }) => openAnswer(this))
      .then(
        // what answers another ticket, or on no page, is none of this one's
        (answer) => (signal.aborted ? answer.leave() : (this.answer = answer)),
        (cause: unknown) => {
          if (signal.aborted) return;
          this.#answering = undefined;
          this.error = this.fail(new SupportError('load-failed', 'What sends replies could not be loaded.', { cause }));
          throw cause;
        },
      );
    return this.#answering;
  }

  #append({ ticket, entries }: Pick<ThreadPage, 'ticket' | 'entries'>): ThreadEntry[] {
    const { lastSeq, pages } = this;
    const added = entries.filter((entry) => entry.seq > lastSeq && isPublic(entry));
    const last = pages.at(-1) ?? [];
    // a page is drawn anew when something is added to it: none grows for ever
    if (added.length) this.pages = last.length < PAGE ? [...pages.slice(0, -1), [...last, ...added]] : [...pages, added];
    this.take(ticket);
    return added;
  }

  /** What was written here before is brought back, with what sends it. */
  async #recall(): Promise<void> {
    const { length } = await repliesTo(this.access?.scope ?? '', this.number);
    if (length) await this.loadAnswer();
  }

  async #watchSeen(unread: number): Promise<void> {
    const { signal } = this.stop;
    const { SeenWatch } = await import('./seen-watch.js');
    if (signal.aborted) return;
    this.#seen ??= new SeenWatch((seq) => this.#markSeen(seq));
    this.#seen.watch(this.renderRoot, unread);
  }

  async #markSeen(seq: number): Promise<void> {
    const { access, number } = this;
    this.take(await access!.tracking.markSeen(number, seq, this.options));
    tellAll(access!.scope);
  }

  protected override render(): unknown {
    return this.renderBase(this.text && renderThread(this, this.text));
  }
}

function isPublic(entry: ThreadEntry): boolean {
  return entry.type !== 'message' || entry.visibility === 'public';
}

declare global {
  interface HTMLElementTagNameMap {
    'support-thread': SupportThread;
  }
}
