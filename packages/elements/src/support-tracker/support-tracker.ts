import type { TicketSummary } from '@storefront-support/contract';
import type { PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { bare } from '../base/bare.js';
import { host } from '../base/host.styles.js';
import { tokens } from '../base/tokens.styles.js';
import { fieldStyles } from '../support-field/support-field.styles.js';
import { formStyles } from '../support-form/support-form.styles.js';
import { asSupportError } from '../base/as-support-error.js';
import { keptTickets } from '../tracking/kept-access.js';
import type { KeptTicket } from '../tracking/kept-tickets.js';
import { TrackingElement } from '../tracking/tracking-element.js';
import { trackingStyles } from '../tracking/tracking.styles.js';
import { trackerStyles } from './support-tracker.styles.js';
import { TicketList, type ListPart } from './ticket-list.js';
import { renderTracker } from './tracker-view.js';
import type { Tools } from './tools.js';

/** What a link leads to: a mailed one signs in, another opens a ticket. */
const LINK = /(?:^#|&)support-(sign-in|ticket)=([\w-]+)/;
const ignore = () => undefined;

/**
 * @summary Lists the tickets that were sent from this device or by the person who is signed in, and opens each in place.
 * @fires support-error - Something could not be read or written.
 * @fires support-ticket-opened - A ticket is shown.
 * @fires support-question-asked - From a ticket, the person wants to write another.
 * @csspart base - The root; `data-state` is `loading`, `ready`, `failed` or `absent`.
 * @csspart heading - The heading.
 * @csspart list - Everything but an opened ticket.
 * @csspart group - Tickets of one group; `data-group` is `waiting`, `open` or `closed`.
 * @csspart ticket - One ticket, a button.
 * @csspart unread - How many answers are new, of a ticket and of all.
 * @csspart more - Reads more tickets.
 * @csspart error - What could not be read.
 * @csspart retry - Tries again.
 * @csspart empty - That there are no tickets.
 * @csspart tools - Finding a number, signing in, and what this device keeps.
 * @csspart find - The search for one number.
 * @csspart not-here - That a number is not kept on this device.
 * @csspart account - What is shown about signing in and about sessions.
 * @csspart session - One session.
 * @csspart end - Ends it.
 * @csspart kept - The tickets kept on this device.
 * @csspart forget - Forgets one ticket, at the second press.
 * @csspart forget-all - Forgets all tickets, at the second press.
 * @csspart opened - The opened ticket.
 * @csspart back - Goes back to the list.
 */
export class SupportTracker extends TrackingElement {
  static override styles = [tokens, host, formStyles, fieldStyles, trackingStyles, trackerStyles];

  /** Number of the ticket that is shown; empty: the list is. */
  @property({ reflect: true }) number = '';

  /** Heading in place of the locale's. */
  @property() heading = '';

  /** JWT that the shop has signed for the person who is signed in there. */
  @property({ attribute: 'identity-token' }) identityToken = '';

  /** @internal */ @state() kept: KeptTicket[] = [];
  /** @internal */ @state() toolsOpen = false;
  /** @internal Finds, signs in and forgets, once it is loaded. */ @state() tools: Tools | undefined;

  /** @internal */ list: TicketList | undefined;
  #linkToken = '';
  /** Ticket that the page was opened with, or that was asked for: once there is something to see, it is where the person is. */
  #linked = '';
  #loading: Promise<void> | undefined;
  /** @internal Token of whose tickets are shown beside those of the device; empty: nobody's. */ person = '';

  override connectedCallback(): void {
    this.#readFragment();
    super.connectedCallback();
    addEventListener('hashchange', this.#readFragment);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#readFragment);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('toolsOpen') && this.toolsOpen && this.list) void this.loadTools();
    if (!changed.has('identityToken') || !this.list || changed.has('adapter')) return;
    this.enter();
  }

  protected override updated(): void {
    if (!this.#linked) return;
    this.focus();
    // until then nothing was drawn that could take it
    if (this.matches(':focus-within')) this.#linked = '';
  }

  /** Opens a ticket, by its number, in place of the list. */
  async show(number: string): Promise<void> {
    this.number = this.#linked = number;
    this.scrollIntoView(bare({ block: 'nearest' }));
    await this.updateComplete;
  }

  /** Shows the list again. */
  async close(): Promise<void> {
    const { number } = this;
    this.number = '';
    await this.updateComplete;
    (this.renderRoot.querySelector<HTMLElement>(`[data-number="${CSS.escape(number)}"]`) ?? this).focus();
  }

  /** Focuses the heading, or the ticket that is shown. */
  override focus(): void {
    // what is hidden takes none; the way back holds it until the ticket is there
    for (const place of ['[part=heading]', '[part=back]', 'support-thread']) this.renderRoot.querySelector<HTMLElement>(place)?.focus();
  }

  /** @internal */
  override enter(): void {
    this.list = this.access && new TicketList(this.access);
    super.enter();
    if (this.toolsOpen && this.list) void this.loadTools();
  }

  /** @internal */
  async read(): Promise<void> {
    const { list } = this;
    const { signal } = this.stop;
    if (!list) return;
    this.phase = 'loading';
    this.error = undefined;
    const kept = keptTickets(list.access.scope);
    const error = await this.#begin(list).catch(asSupportError);
    this.kept = await kept;
    // that of somebody else may have taken its place
    if (signal.aborted) return;
    this.phase = error ? 'failed' : 'ready';
    this.error = error && this.fail(error);
    // nothing to show: then what finds and signs in is what there is to do
    if (!list.tickets.size) this.toolsOpen = true;
    if (this.toolsOpen && !this.tools) void this.loadTools();
  }

  async #begin(list: TicketList): Promise<undefined> {
    const { access } = list;
    if (this.identityToken || access.identityToken) await this.#withNews((news) => news.identify(access, this.identityToken));
    this.person = await access.person();
    await list.more('active');
  }

  /** @internal Reads another page, for whoever has pressed `button`. */
  more(part: ListPart, button: HTMLElement): Promise<void> {
    return this.run(() => this.#withNews((news) => news.readMore(this, part, button)));
  }

  /** @internal Loads what finds, signs in and forgets, and has it spend what a mailed link has brought. */
  async loadTools(): Promise<void> {
    this.#loading ??= this.reach(
      import('./tools.js').then(({ openTools }) => openTools(this)),
      (tools) => (this.tools = tools),
    );
    await this.#loading;
    const { tools } = this;
    if (!tools) return void (this.#loading = undefined);
    const token = this.#linkToken;
    this.#linkToken = '';
    if (token) await tools.signIn.spend(token);
  }

  /** @internal A ticket was read, or changed, in its thread. */
  readonly took = (ticket: TicketSummary): void => {
    this.list?.update(ticket);
    this.requestUpdate();
  };

  /** Something has changed: what is shown stays until the news are here. */
  protected override changed = (): void => this.soon(() => this.#withNews((news) => news.catchUp(this)).catch(ignore));

  /** What reads on is loaded once there is something to see. */
  async #withNews(work: (news: typeof import('./tracker-news.js')) => unknown): Promise<void> {
    await work(await import('./tracker-news.js'));
  }

  /** A token leaves the address at once. */
  #readFragment = (): void => {
    const { hash, pathname, search } = location;
    const [found, kind, value = ''] = LINK.exec(hash) ?? [];
    if (!found) return;
    if (kind === 'sign-in') {
      history.replaceState(history.state, '', pathname + search + hash.replace(found, '').replace(/^&/, '#'));
      this.#linkToken = value;
      this.number = '';
      this.toolsOpen = true;
      if (this.tools) void this.loadTools();
    } else if (this.hasUpdated) void this.show(value);
    else this.number = this.#linked = value;
  };

  protected override render(): unknown {
    return this.renderBase(this.text && renderTracker(this, this.text));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'support-tracker': SupportTracker;
  }
}
