import { isSupportError, textIn, type AgentTicketSummary } from '@storefront-support/contract';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { QueueFilter } from '../base/inbox-api.js';
import { keep, kept } from '../base/kept-here.js';
import { focusStays, KeepsFocus } from '../base/keeps-focus.js';
import { look } from '../base/look.styles.js';
import type { Room } from '../base/room.js';
import { typedIn } from '../base/typed-in.js';
import { sentenceOf } from '../locales/en.js';
import { queue } from './inbox-queue.styles.js';
import { renderRow } from './row-view.js';

const FRESH: QueueFilter = { status: 'active', contact: '', assignee: '', kind: '', q: '' };
const SEEN_KEPT = 2_000;

/** Where the list goes on: tickets with a promise to keep come first, then everything by its last change. */
interface Place {
  due: boolean;
  cursor: string | null;
}

/** @summary The tickets of a desk that the agent serves: the late and due ones first. */
export class InboxQueue extends LitElement {
  static override styles = [look, queue];

  /** Where to ask and how to speak. */
  @property({ attribute: false }) room: Room | undefined;

  /** Id of the desk. */
  @property() desk = '';

  /** Number of the ticket that is open. */
  @property() open = '';

  @state() private filter: QueueFilter = FRESH;

  @state() private tickets: AgentTicketSummary[] = [];

  @state() private next: Place | null = null;

  @state() private state: 'loading' | 'ready' | 'failed' = 'loading';

  @state() private problem = '';

  @query('.list') private list!: HTMLElement | null;

  @query('#search') private search!: HTMLInputElement | null;

  #seen = new Map<string, number>();
  #asked: AbortController | undefined;

  constructor() {
    super();
    this.addController(new KeepsFocus(this, '.list'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asked?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('desk') && this.room && this.desk) {
      this.filter = FRESH;
      this.tickets = [];
      this.state = 'loading';
      void this.#recall();
      void this.#load();
    }
  }

  /** Asks again for what is shown. */
  async refresh(): Promise<void> {
    if (this.state !== 'loading') await this.#load(Math.max(1, this.tickets.length));
  }

  /** Shows a ticket as it is now, and as read where it is open. */
  take(ticket: AgentTicketSummary): void {
    this.tickets = this.tickets.map((known) => (known.id === ticket.id ? ticket : known));
    this.#read(ticket);
  }

  /** Puts focus on the ticket that is open, or on the list. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[aria-current=true]')?.focus();
    if (!(this.renderRoot as ShadowRoot).activeElement) this.list?.focus();
  }

  /** Has the search take focus. */
  startSearch(): void {
    this.search?.focus();
    this.search?.select();
  }

  /** Moves focus by whole tickets. @param step 1: to the next, -1: to the one before. */
  move(step: 1 | -1): void {
    const links = [...this.renderRoot.querySelectorAll<HTMLElement>('li a')];
    const active = (this.renderRoot as ShadowRoot).activeElement;
    const here = links.findIndex((link) => link === active);
    const from = here >= 0 ? here : links.findIndex((link) => link.getAttribute('aria-current') === 'true');
    const target = links[from < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(from + step, 0), links.length - 1)];
    target?.focus();
    target?.scrollIntoView({ block: 'nearest' });
  }

  async #recall(): Promise<void> {
    const seen = await kept<[string, number][]>('seen', this.#seenKey);
    if (!seen) return;
    this.#seen = new Map([...seen, ...this.#seen]);
    this.requestUpdate();
  }

  get #seenKey(): string {
    return `${this.room?.me.agent.id}/${this.desk}`;
  }

  #read({ id, lastSeq }: AgentTicketSummary): void {
    if ((this.#seen.get(id) ?? 0) >= lastSeq) return;
    this.#seen.delete(id);
    this.#seen.set(id, lastSeq);
    void keep('seen', this.#seenKey, [...this.#seen].slice(-SEEN_KEPT));
    this.requestUpdate();
  }

  /** @param least tickets that must be there again, as far as there are as many. */
  async #load(least = 1): Promise<void> {
    const { room, desk, filter } = this;
    if (!room) return;
    const signal = this.#anew();
    const found = new Map<string, AgentTicketSummary>();
    // what is promised is not what somebody who searches is after
    let place: Place | null = { due: !filter.q && filter.status !== 'closed', cursor: null };
    try {
      // a list that has not been asked for yet may have nothing more
      while (place && (found.size < least || place.due || place.cursor === null))
        place = await this.#page(room, desk, filter, place, found, signal);
      if (signal.aborted) return;
      this.tickets = [...found.values()];
      this.next = place;
      this.state = 'ready';
      this.problem = '';
    } catch (error) {
      this.#failed(error);
    }
  }

  #more = async (): Promise<void> => {
    const { room, desk, filter, next } = this;
    if (!room || !next) return;
    const signal = this.#anew();
    this.state = 'loading';
    const found = new Map(this.tickets.map((ticket) => [ticket.id, ticket]));
    const had = found.size;
    const stays = focusStays();
    try {
      let place: Place | null = next;
      while (place && found.size === had) place = await this.#page(room, desk, filter, place, found, signal);
      if (signal.aborted) return;
      const waits = stays();
      this.tickets = [...found.values()];
      this.next = place;
      this.state = 'ready';
      this.problem = '';
      await this.updateComplete;
      if (waits) this.renderRoot.querySelectorAll<HTMLElement>('li a')[had]?.focus();
    } catch (error) {
      this.#failed(error);
    }
  };

  /** A later question takes the place of one that still runs. */
  #anew(): AbortSignal {
    this.#asked?.abort();
    this.#asked = new AbortController();
    return this.#asked.signal;
  }

  async #page(
    { api }: Room,
    desk: string,
    filter: QueueFilter,
    { due, cursor }: Place,
    found: Map<string, AgentTicketSummary>,
    signal: AbortSignal,
  ): Promise<Place | null> {
    const page = await api.list(desk, filter, due, cursor, signal);
    for (const ticket of page.tickets) if (!found.has(ticket.id)) found.set(ticket.id, ticket);
    if (page.cursor !== null) return { due, cursor: page.cursor };
    return due ? { due: false, cursor: null } : null;
  }

  #failed(error: unknown): void {
    if (!this.room || (isSupportError(error) && error.code === 'aborted')) return;
    this.problem = sentenceOf(this.room.text, error);
    this.state = 'failed';
  }

  #narrow = (event: Event): void => {
    event.preventDefault();
    const form = (event.currentTarget as HTMLElement).closest('form');
    if (!form) return;
    this.filter = { ...FRESH, ...typedIn(form) };
    this.state = 'loading';
    void this.#load();
  };

  protected override render(): unknown {
    if (!this.room) return nothing;
    const { text, tag } = this.room;
    const { tickets, next } = this;
    return html`${this.#renderTools()}
      <section class="list" aria-labelledby="title" tabindex="-1">
        <h2 class="quiet" id="title">${text.tickets}</h2>
        <p class="quiet" role="status">
          ${this.state === 'ready' ? text.found(new Intl.NumberFormat(tag).format(tickets.length), next !== null) : text.loading}
        </p>
        <div role="alert">
          ${
            this.problem
              ? html`<p class="problem">${this.problem} <button @click=${() => void this.#load()}>${text.tryAgain}</button></p>`
              : nothing
          }
        </div>
        <ul>
          ${repeat(
            tickets,
            ({ id }) => id,
            (ticket) => renderRow(this.room as Room, this.desk, ticket, ticket.number === this.open, this.#isNew(ticket)),
          )}
        </ul>
        ${
          tickets.length === 0 && this.state !== 'failed'
            ? html`<p class="foot muted">
                ${this.state === 'loading' ? text.loading : this.filter.q ? text.noTicketsFound : text.noTickets}
              </p>`
            : nothing
        }
        ${next && tickets.length ? html`<p class="foot"><button @click=${() => void this.#more()}>${text.more}</button></p>` : nothing}
      </section>`;
  }

  #isNew({ id, lastSeq, waitingFor }: AgentTicketSummary): boolean {
    return waitingFor === 'desk' && lastSeq > (this.#seen.get(id) ?? 0);
  }

  #renderTools(): unknown {
    const { text, tag, me } = this.room as Room;
    const contacts = me.desks.find(({ id }) => id === this.desk)?.contacts ?? [];
    const choice = (name: keyof QueueFilter, label: string, options: [string, string][]) =>
      html`<div>
        <label for=${name}>${label}</label>
        <select id=${name} name=${name} @change=${this.#narrow}>
          ${options.map(([value, shown]) => html`<option value=${value} ?selected=${this.filter[name] === value}>${shown}</option>`)}
        </select>
      </div>`;
    return html`<form class="tools" role="search" aria-label=${text.tickets} @submit=${this.#narrow}>
      <div>
        <label for="search" class="quiet">${text.search}</label>
        <div class="search">
          <input id="search" name="q" type="search" maxlength="200" placeholder=${text.searchHint} .value=${this.filter.q} />
          <button>${text.search}</button>
        </div>
      </div>
      <details>
        <summary>${text.filters}</summary>
        <div class="filters">
          ${choice('status', text.status, [['active', text.active], ['', text.any], ...Object.entries(text.statuses)])}
          ${choice('assignee', text.assignee, [
            ['', text.any],
            ['me', text.mine],
            ['none', text.nobody],
          ])}
          ${
            contacts.length > 1
              ? choice('contact', text.contact, [
                  ['', text.any],
                  ...contacts.map(({ id, name }): [string, string] => [id, textIn(name, tag)]),
                ])
              : nothing
          }
          ${choice('kind', text.kind, [
            ['', text.any],
            ['support', text.support],
            ['pre-sale', text.preSale],
          ])}
        </div>
      </details>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-queue': InboxQueue;
  }
}
