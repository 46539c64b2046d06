import { fileLimitsFor, isSupportError, type AgentTicketSummary, type ThreadEntry, type ThreadMessage } from '@storefront-support/contract';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { InboxTicketChangedEvent } from '../base/events.js';
import { focusStays, KeepsFocus } from '../base/keeps-focus.js';
import { look } from '../base/look.styles.js';
import type { Room } from '../base/room.js';
import '../inbox-access/index.js';
import '../inbox-composer/index.js';
import type { InboxComposer } from '../inbox-composer/index.js';
import '../inbox-redaction/index.js';
import type { InboxRedaction } from '../inbox-redaction/index.js';
import { sentenceOf } from '../locales/en.js';
import { renderEntry, type EntryActions } from './entry-view.js';
import { renderHead } from './head-view.js';
import { thread, ticket as styles } from './inbox-ticket.styles.js';
import { changesIn, isSame, renderManage } from './manage-view.js';

/**
 * @summary One ticket: who it is from, its thread, what can be done with it.
 * @fires inbox-ticket-changed - It was read, answered or changed.
 */
export class InboxTicket extends LitElement {
  static override styles = [look, thread, styles];

  /** Where to ask and how to speak. */
  @property({ attribute: false }) room: Room | undefined;

  /** Id of the desk. */
  @property() desk = '';

  /** Number of the ticket. */
  @property() number = '';

  @state() private ticket: AgentTicketSummary | undefined;

  @state() private entries: ThreadEntry[] = [];

  @state() private hasEarlier = false;

  /** Why the thread could not be asked for: passes once it can. */
  @state() private missed = '';

  /** Why something that the agent did has failed: stays until they do something else. */
  @state() private problem = '';

  @state() private told = '';

  @state() private assigning = '';

  /** A change is on its way. */
  @state() private changing = false;

  @query('inbox-composer') private composer!: InboxComposer | null;

  @query('inbox-redaction') private redaction!: InboxRedaction | null;

  @query('.thread') private thread!: HTMLElement | null;

  #asked: AbortController | undefined;
  #askedEarlier: AbortController | undefined;
  /** Whether the agent is where they were when they asked for this ticket. */
  #stays = focusStays();

  constructor() {
    super();
    this.addController(new KeepsFocus(this, '.back, h2'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if ((changed.has('number') || changed.has('desk')) && this.room && this.number) {
      this.ticket = undefined;
      this.entries = [];
      this.told = this.missed = this.problem = this.assigning = '';
      this.changing = false;
      this.#stays = focusStays();
      this.redaction?.close();
      this.#abort();
      void this.#load();
    }
  }

  /** Puts focus on the heading, or on the way back until there is one. */
  override focus(): void {
    void this.updateComplete.then(() => [...this.renderRoot.querySelectorAll<HTMLElement>('.back, h2')].at(-1)?.focus());
  }

  /** Puts focus where an answer is written. */
  write(): void {
    this.composer?.focus();
  }

  /** Closes what lies over the page. */
  close(): void {
    this.redaction?.close();
  }

  /** Asks for what is new. */
  async refresh(): Promise<void> {
    // on a slow line the first answer may take longer than it is until the next question
    if (!this.ticket) return this.#asked ? undefined : this.#load();
    const after = this.entries.at(-1)?.seq ?? 0;
    await this.#ask(async ({ api }, signal) => {
      const { ticket, entries, hasLater } = await api.thread(this.desk, this.number, { after }, signal);
      if (signal.aborted) return;
      this.#add(entries);
      this.#take(ticket);
      if (hasLater) await this.refresh();
    });
  }

  async #load(): Promise<void> {
    await this.#ask(async ({ api }, signal) => {
      const { ticket, entries, hasEarlier } = await api.thread(this.desk, this.number, {}, signal);
      if (signal.aborted) return;
      this.entries = entries;
      this.hasEarlier = hasEarlier;
      this.#take(ticket);
      if (this.#stays() || this.shadowRoot?.activeElement) this.focus();
    });
  }

  #earlier = async (): Promise<void> => {
    const { room } = this;
    const first = this.entries[0]?.seq;
    if (!room || first === undefined) return;
    this.told = this.problem = '';
    this.#askedEarlier?.abort();
    const { signal } = (this.#askedEarlier = new AbortController());
    const stays = focusStays();
    try {
      const { entries, hasEarlier } = await room.api.thread(this.desk, this.number, { before: first }, signal);
      if (signal.aborted) return;
      const waits = stays();
      this.entries = [...entries, ...this.entries];
      this.hasEarlier = hasEarlier;
      if (waits && !hasEarlier) await this.updateComplete.then(() => this.thread?.focus());
    } catch (error) {
      if (!isSupportError(error) || error.code !== 'aborted') this.problem = sentenceOf(room.text, error);
    }
  };

  /** A later question takes the place of one that still runs. */
  async #ask(work: (room: Room, signal: AbortSignal) => Promise<void>): Promise<void> {
    const { room } = this;
    if (!room) return;
    this.#asked?.abort();
    const asked = (this.#asked = new AbortController());
    try {
      await work(room, asked.signal);
      if (!asked.signal.aborted) this.missed = '';
    } catch (error) {
      if (isSupportError(error) && error.code === 'aborted') return;
      this.missed = sentenceOf(room.text, error);
    } finally {
      if (this.#asked === asked) this.#asked = undefined;
    }
  }

  #abort(): void {
    this.#asked?.abort();
    this.#askedEarlier?.abort();
  }

  /** Tells later whether the ticket that is shown now is still the one. */
  #here(): () => boolean {
    const { desk, number } = this;
    return () => this.isConnected && desk === this.desk && number === this.number;
  }

  #add(entries: readonly ThreadEntry[]): void {
    const last = this.entries.at(-1)?.seq ?? 0;
    const later = entries.filter(({ seq }) => seq > last);
    if (later.length) this.entries = [...this.entries, ...later];
  }

  #take(ticket: AgentTicketSummary): void {
    this.ticket = ticket;
    this.dispatchEvent(new InboxTicketChangedEvent(ticket));
  }

  #changed = (event: InboxTicketChangedEvent): void => {
    if (event.composedPath()[0] === this || event.ticket.id !== this.ticket?.id) return;
    this.ticket = event.ticket;
    void this.refresh();
  };

  #manage = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { room, ticket } = this;
    if (!room || !ticket || this.changing) return;
    const form = event.target as HTMLFormElement;
    const change = changesIn(form, ticket);
    this.told = this.problem = '';
    if (Object.keys(change).length === 0) return;
    const isHere = this.#here();
    const stands = isSame(form);
    this.changing = true;
    try {
      const changed = await room.api.change(this.desk, this.number, change);
      if (!isHere()) return;
      const done = stands();
      this.#take(changed);
      if (done) this.assigning = '';
      this.changing = false;
      this.told = room.text.applied;
      await this.updateComplete;
      // what is chosen from now on begins with what others make of the ticket
      if (done) form.reset();
      await this.refresh();
    } catch (error) {
      if (!isHere()) return;
      this.changing = false;
      this.problem = sentenceOf(room.text, error);
    }
  };

  #redact = async (message: ThreadMessage, start: number, end: number): Promise<void> => {
    const { room, desk, number } = this;
    if (!room) return;
    const isHere = this.#here();
    await room.api.redact(desk, number, { messageId: message.id, start, end });
    if (!isHere()) return;
    this.told = room.text.redacted;
    const { entries } = await room.api.thread(desk, number, { after: message.seq - 1 });
    if (!isHere()) return;
    const now = new Map(entries.map((entry) => [entry.seq, entry]));
    this.entries = this.entries.map((entry) => now.get(entry.seq) ?? entry);
  };

  protected override render(): unknown {
    if (!this.room) return nothing;
    const { text } = this.room;
    const { ticket, missed, problem } = this;
    return html`<header>
        <a class="back" href="#/${encodeURIComponent(this.desk)}">${text.back}</a>
        ${ticket ? renderHead(this.room, this.desk, ticket) : nothing}
      </header>
      <div role="alert">
        ${problem ? html`<p class="problem">${problem}</p>` : nothing}
        ${missed ? html`<p class="problem">${missed} <button @click=${() => void this.refresh()}>${text.tryAgain}</button></p>` : nothing}
      </div>
      <div role="status" class="done">${ticket || missed ? this.told : text.loading}</div>
      ${ticket ? this.#renderTicket(ticket) : nothing}
      <inbox-redaction .room=${this.room} .work=${this.#redact}></inbox-redaction>`;
  }

  #renderTicket(ticket: AgentTicketSummary): unknown {
    const room = this.room as Room;
    const { text, me } = room;
    const desk = me.desks.find(({ id }) => id === this.desk);
    const contact = desk?.contacts.find(({ id }) => id === ticket.contactId);
    const actions: EntryActions = {
      fileAddress: (id) => room.api.fileAddress(this.desk, this.number, id),
      redact: (message) => void this.redaction?.open(message),
    };
    return html`${renderManage(room, this.desk, ticket, {
        assigning: this.assigning,
        changing: this.changing,
        assign: (value) => (this.assigning = value),
        submit: (event) => void this.#manage(event),
      })}
      <inbox-access .room=${room} .desk=${this.desk} .ticket=${ticket}></inbox-access>
      ${ticket.rating ? html`<p>${text.rated(ticket.rating.score === 'good')} <bdi>${ticket.rating.comment}</bdi></p>` : nothing}
      <h3 class="quiet">${text.thread}</h3>
      ${this.hasEarlier ? html`<p><button @click=${() => void this.#earlier()}>${text.earlier}</button></p>` : nothing}
      <ul class="thread" tabindex="-1">
        ${repeat(
          this.entries,
          ({ seq }) => seq,
          (entry) => renderEntry(room, entry, actions),
        )}
      </ul>
      <inbox-composer
        .room=${room}
        .desk=${this.desk}
        .number=${this.number}
        .to=${ticket.requester.name}
        .contact=${ticket.contactId}
        .limits=${desk ? fileLimitsFor(desk, contact) : null}
        .longest=${desk?.limits.messageLength ?? 0}
        .seen=${this.entries.at(-1)?.seq ?? 0}
        @inbox-ticket-changed=${this.#changed}
      ></inbox-composer>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-ticket': InboxTicket;
  }
}
