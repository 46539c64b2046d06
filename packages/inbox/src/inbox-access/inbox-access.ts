import {
  isSupportError,
  type AccessKind,
  type AccessRecord,
  type AccessRequest,
  type AgentTicketSummary,
  type TicketAccessState,
} from '@storefront-support/contract';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { momentIn } from '../base/format.js';
import { KeepsFocus } from '../base/keeps-focus.js';
import { look } from '../base/look.styles.js';
import type { Room } from '../base/room.js';
import { sentenceOf } from '../locales/en.js';

const styles = css`
  section {
    display: grid;
    gap: 8px;
    max-inline-size: 46rem;
    margin-block-start: 12px;
    padding: 12px 16px;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--surface);
  }
  h3 {
    font-size: 1rem;
  }
  li {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: baseline;
    overflow-wrap: anywhere;
  }
`;

/**
 * @summary What was asked for, offered and lent on a ticket, without anything of it: that is opened on a page of another origin.
 */
export class InboxAccess extends LitElement {
  static override styles = [look, styles];

  /** Where to ask and how to speak. */
  @property({ attribute: false }) room: Room | undefined;

  /** Id of the desk. */
  @property() desk = '';

  /** The ticket as it was read last. */
  @property({ attribute: false }) ticket: AgentTicketSummary | undefined;

  @state() private granted: TicketAccessState | undefined;

  @state() private problem = '';

  @state() private busy = false;

  /** What was asked for last: the same again brings nothing new. */
  #read = '';
  #asked: AbortController | undefined;

  constructor() {
    super();
    this.addController(new KeepsFocus(this, 'h2, h3'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // whoever comes back from the vault has perhaps asked or opened something there
    addEventListener('focus', this.#again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('focus', this.#again);
    this.#asked?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.room || !this.ticket || !(changed.has('ticket') || changed.has('desk'))) return;
    const { number, access, updatedAt } = this.ticket;
    const wanted = JSON.stringify([this.desk, number, access, updatedAt]);
    if (changed.get('ticket')?.number !== number) {
      this.granted = undefined;
      this.problem = '';
    }
    if (wanted === this.#read) return;
    this.#read = wanted;
    // nothing of it has ever been on most tickets
    if (access || this.granted) void this.#load();
  }

  async #load(): Promise<void> {
    const { room, ticket, desk } = this;
    if (!room || !ticket) return;
    this.#asked?.abort();
    const { signal } = (this.#asked = new AbortController());
    try {
      const granted = await room.api.access(desk, ticket.number, signal);
      if (!signal.aborted) this.granted = granted;
    } catch (error) {
      if (!isSupportError(error) || error.code !== 'aborted') this.problem = sentenceOf(room.text, error);
    }
  }

  #again = (): void => void this.#load();

  async #answer({ id }: AccessRequest, verb: 'accept' | 'decline' | 'withdraw'): Promise<void> {
    const { room, ticket, desk } = this;
    if (!room || !ticket || this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      await room.api.answerAccess(desk, ticket.number, id, verb);
    } catch (error) {
      this.problem = sentenceOf(room.text, error);
    }
    this.busy = false;
    await this.#load();
  }

  protected override render(): unknown {
    const { room, ticket, granted, problem } = this;
    if (!room || !ticket) return nothing;
    const { text, tag } = room;
    const requests = granted?.requests.filter(({ state }) => state === 'asked' || state === 'offered') ?? [];
    const lent = granted?.records.filter(({ state }) => state === 'active') ?? [];
    const ended = (granted?.records.length ?? 0) - lent.length;
    if (!requests.length && !granted?.records.length && !problem) return nothing;
    return html`<section aria-labelledby="access">
      <h3 id="access" tabindex="-1">${text.lentAccess}</h3>
      ${
        requests.length || lent.length
          ? html`<ul>
              ${repeat(
                requests,
                ({ id }) => id,
                (request) => this.#renderRequest(room, request),
              )}
              ${lent.map((record) => this.#renderRecord(room, record))}
            </ul>`
          : nothing
      }
      ${ended ? html`<p class="muted" data-ended>${text.accessEnded(new Intl.NumberFormat(tag).format(ended))}</p>` : nothing}
      <div role="alert">${problem ? html`<p class="problem">${problem}</p>` : nothing}</div>
    </section>`;
  }

  #renderRequest(room: Room, request: AccessRequest): unknown {
    const { text } = room;
    const { state, kinds, reason, agent, by } = request;
    const button = (verb: 'accept' | 'decline' | 'withdraw') =>
      html`<button class="plain" data-verb=${verb} aria-disabled=${this.busy} @click=${() => void this.#answer(request, verb)}>
        ${text[verb]}
      </button>`;
    const what = namesOf(room, kinds);
    return html`<li data-state=${state}>
      <span
        >${state === 'offered' ? text.accessOffered(what) : text.accessAsked(agent?.name ?? by.name, what)}
        <q class="muted" dir="auto">${reason}</q></span
      >
      ${state === 'offered' ? html`${button('accept')} ${button('decline')}` : button('withdraw')}
    </li>`;
  }

  #renderRecord(room: Room, { kind, expiresAt, reveals }: AccessRecord): unknown {
    const { text, tag } = room;
    return html`<li data-state="active">
      <span>${text.accessLent(namesOf(room, [kind]), momentIn(tag, expiresAt))}</span>
      <span class="muted">${text.accessOpened(new Intl.NumberFormat(tag).format(reveals))}</span>
    </li>`;
  }
}

function namesOf({ text: { accessKinds }, tag }: Room, kinds: readonly AccessKind[]): string {
  return new Intl.ListFormat(tag).format(kinds.map((kind) => accessKinds[kind]));
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-access': InboxAccess;
  }
}
