import { isSupportError, type AgentSelf } from '@storefront-support/contract';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { InboxSignedInEvent, InboxTicketChangedEvent } from '../base/events.js';
import { InboxApi } from '../base/inbox-api.js';
import { forgetEverything, keep, kept } from '../base/kept-here.js';
import { KeepsFocus } from '../base/keeps-focus.js';
import { look } from '../base/look.styles.js';
import type { Room } from '../base/room.js';
import '../inbox-account/index.js';
import type { InboxAccount } from '../inbox-account/index.js';
import '../inbox-queue/index.js';
import type { InboxQueue } from '../inbox-queue/index.js';
import '../inbox-set-up/index.js';
import '../inbox-sign-in/index.js';
import type { InboxSignIn } from '../inbox-sign-in/index.js';
import '../inbox-ticket/index.js';
import type { InboxTicket } from '../inbox-ticket/index.js';
import { sentenceOf, type InboxText } from '../locales/en.js';
import { inboxLocale, inboxTexts } from '../locales/index.js';
import { placeIn } from './place.js';
import { renderDesks } from './render-desks.js';
import { renderProblem } from './render-problem.js';
import { renderShortcuts } from './render-shortcuts.js';
import { shell } from './support-inbox.styles.js';
import { shortcutOf, type Shortcut } from './shortcuts.js';

const ASKED_EVERY_MS = 15_000;

interface Settings {
  keys: boolean;
  language: string;
}

/** @summary The inbox: lets agents in, shows the list beside the ticket, asks for what is new. */
export class SupportInbox extends LitElement {
  static override styles = [look, shell];

  @state() private me: AgentSelf | undefined;

  @state() private stage: 'starting' | 'failed' | 'sign-in' | 'set-up' | 'room' = 'starting';

  /** The session has ended while somebody was at work: what they wrote stays behind the sign-in. */
  @state() private ended = false;

  @state() private problem = '';

  @state() private place = placeIn(location.hash);

  @state() private settings: Settings = { keys: true, language: '' };

  @state() private text: InboxText | undefined;

  @query('inbox-queue') private queue!: InboxQueue | null;

  @query('inbox-ticket') private ticket!: InboxTicket | null;

  @query('inbox-account') private account!: InboxAccount | null;

  @query('dialog') private help!: HTMLDialogElement | null;

  @query('inbox-sign-in') private signIn!: InboxSignIn | null;

  readonly #api = new InboxApi();
  #room: Room | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** What has failed. */
  #again: () => Promise<void> = () => Promise.resolve();

  constructor() {
    super();
    this.addController(new KeepsFocus(this, '.empty, .problem button, h1, inbox-queue'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#api.onSessionEnded = () => this.#sessionEnded();
    addEventListener('hashchange', this.#moved);
    addEventListener('keydown', this.#key);
    document.addEventListener('visibilitychange', this.#look);
    this.#timer = setInterval(this.#look, ASKED_EVERY_MS);
    void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#moved);
    removeEventListener('keydown', this.#key);
    document.removeEventListener('visibilitychange', this.#look);
    clearInterval(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { text } = this;
    if (!text || (!changed.has('me') && !changed.has('text'))) return;
    const { tag, file, dir } = this.#locale;
    Object.assign(document.documentElement, { lang: file, dir });
    document.title = text.title;
    this.#room = {
      api: this.#api,
      text,
      tag,
      me: this.me ?? { agent: { id: '', name: '', email: '', role: 'agent' }, desks: [], passkeys: [], vaultUrl: '' },
    };
  }

  protected override updated(changed: PropertyValues): void {
    if ((changed.has('stage') && this.stage === 'sign-in') || (changed.has('ended') && this.ended)) this.signIn?.focus();
    if (changed.has('place') && this.place.number) this.ticket?.focus();
  }

  async #start(): Promise<void> {
    this.settings = { ...this.settings, ...(await kept<Settings>('settings', 'all')) };
    await this.#speak();
    if (this.place.invite) this.stage = 'set-up';
    else await this.#enter();
  }

  async #speak(): Promise<void> {
    const { file } = this.#locale;
    const text = await inboxTexts(file);
    // another language may have been chosen meanwhile
    if (file === this.#locale.file) this.text = text;
    await this.updateComplete;
  }

  #enter = async (): Promise<void> => {
    try {
      this.me = await this.#api.me();
      this.problem = '';
      this.stage = 'room';
    } catch (error) {
      const isOver = isSupportError(error) && error.code === 'not-signed-in';
      this.#again = this.#enter;
      if (!isOver) this.problem = sentenceOf((this.#room as Room).text, error);
      // whoever is at work loses nothing of it
      if (this.stage !== 'room') this.stage = isOver ? 'sign-in' : 'failed';
    }
  };

  #signedIn = async ({ agent }: InboxSignedInEvent): Promise<void> => {
    // somebody else must not find what the first one had on screen
    if (this.me && this.me.agent.id !== agent.id) return location.reload();
    if (this.place.invite) {
      history.replaceState(null, '', location.pathname);
      this.place = placeIn('');
    }
    const isBack = this.stage === 'room';
    this.ended = false;
    if (!isBack) this.stage = 'starting';
    if (!isBack) await this.#enter();
    await this.updateComplete;
    (this.ticket ?? this.renderRoot.querySelector('h1'))?.focus();
    await Promise.all([isBack && this.#enter(), this.#refresh()]);
  };

  #sessionEnded(): void {
    if (this.stage !== 'room') return;
    // what lies over the page would let nobody at the sign-in
    for (const one of [this.help, this.account, this.ticket]) one?.close();
    this.ended = true;
  }

  #signOut = async (): Promise<void> => {
    this.problem = '';
    try {
      await this.#api.signOut();
      await forgetEverything();
      history.replaceState(null, '', location.pathname);
      location.reload();
    } catch (error) {
      this.#again = this.#signOut;
      this.problem = sentenceOf((this.#room as Room).text, error);
    }
  };

  #moved = (): void => {
    const { invite } = this.place;
    this.place = placeIn(location.hash);
    if (this.place.invite && this.place.invite !== invite) location.reload();
  };

  #look = (): void => {
    if (document.visibilityState === 'visible' && this.stage === 'room' && !this.ended) void this.#refresh();
  };

  async #refresh(): Promise<void> {
    await Promise.all([this.queue?.refresh(), this.ticket?.refresh()]);
  }

  #changed = (event: InboxTicketChangedEvent): void => this.queue?.take(event.ticket);

  #accountChanged = async (): Promise<void> => {
    const { account } = this;
    if (!account) return;
    this.settings = { keys: account.keys, language: account.language };
    await keep('settings', 'all', this.settings);
    await this.#speak();
    await this.#enter();
  };

  #key = (event: KeyboardEvent): void => {
    if (!this.settings.keys || this.stage !== 'room' || this.ended) return;
    const shortcut = shortcutOf(event);
    if (!shortcut) return;
    event.preventDefault();
    this.#shortcuts[shortcut]();
  };

  #shortcuts: Record<Shortcut, () => void> = {
    next: () => this.queue?.move(1),
    previous: () => this.queue?.move(-1),
    search: () => this.queue?.startSearch(),
    write: () => this.ticket?.write(),
    back: () => (location.hash = `#/${encodeURIComponent(this.#desk)}`),
    help: () => this.help?.showModal(),
  };

  get #locale(): ReturnType<typeof inboxLocale> {
    return inboxLocale([this.settings.language, ...navigator.languages].filter(Boolean));
  }

  get #desk(): string {
    const { desks } = this.me ?? { desks: [] };
    return (desks.find(({ id }) => id === this.place.desk) ?? desks[0])?.id ?? '';
  }

  protected override render(): unknown {
    const room = this.#room;
    if (!room) return nothing;
    const { text } = room;
    const { stage, ended } = this;
    if (stage === 'starting') return html`<p class="empty" role="status" tabindex="-1">${text.loading}</p>`;
    if (stage === 'failed')
      return html`<main class="empty" role="alert">${renderProblem(text, this.problem, () => void this.#again())}</main>`;
    if (stage === 'set-up')
      return html`<inbox-set-up .room=${room} .token=${this.place.invite} @inbox-signed-in=${this.#signedIn}></inbox-set-up>`;
    return html`${
      stage === 'sign-in' || ended
        ? html`<inbox-sign-in .room=${room} .ended=${ended} @inbox-signed-in=${this.#signedIn}></inbox-sign-in>`
        : nothing
    }
    ${stage === 'room' ? this.#renderRoom(room) : nothing}`;
  }

  #renderRoom(room: Room): unknown {
    const { text, tag } = room;
    const { number } = this.place;
    const desk = this.#desk;
    return html`<div class="room" ?hidden=${this.ended} @inbox-ticket-changed=${this.#changed}>
      <header class="bar">
        ${number ? html`<a class="skip button" href="#ticket" @click=${this.#skip}>${text.skip}</a>` : nothing}
        <span class="name">${text.product}</span>
        ${renderDesks(room, desk)}
        <nav aria-label=${text.account}>
          <button class="plain shortcuts" @click=${() => this.help?.showModal()}>${text.help}</button>
          <button class="plain" @click=${() => this.account?.open()}>${text.account}</button>
          <button class="plain" @click=${() => void this.#signOut()}>${text.signOut}</button>
        </nav>
        <div role="alert">${this.problem ? renderProblem(text, this.problem, () => void this.#again()) : nothing}</div>
      </header>
      ${
        desk
          ? html`<main class="panes ${number ? 'open' : ''}">
              <h1 class="quiet" tabindex="-1">${text.title}</h1>
              <inbox-queue .room=${room} .desk=${desk} .open=${number}></inbox-queue>
              <div class="place">
                ${
                  number
                    ? html`<inbox-ticket .room=${room} .desk=${desk} .number=${number}></inbox-ticket>`
                    : html`<p class="empty">${text.choose}</p>`
                }
              </div>
            </main>`
          : html`<main>
              <h1 class="quiet" tabindex="-1">${text.title}</h1>
              <p class="empty">${text.noDesks}</p>
            </main>`
      }
      <inbox-account
        .room=${room}
        .keys=${this.settings.keys}
        .language=${inboxLocale([tag]).file}
        @inbox-account-changed=${this.#accountChanged}
      ></inbox-account>
      ${renderShortcuts(text, this.settings.keys)}
    </div>`;
  }

  #skip = (event: Event): void => {
    event.preventDefault();
    this.ticket?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'support-inbox': SupportInbox;
  }
}
