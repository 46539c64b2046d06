import type { SupportAdapter } from '@storefront-support/contract';
import { html, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { askForAdapter } from '../base/adapter-context.js';
import { bare } from '../base/bare.js';
import { on } from '../base/on.js';
import { SupportElement } from '../base/support-element.js';
import { tokens } from '../base/tokens.styles.js';
import { ifKept, TICKETS } from '../outbox/kept.js';
import { COUNTED, type Count } from '../tracking/counted.js';
import { launcher } from './support-launcher.styles.js';
import type { TicketWords } from './ticket-words.js';

/** Attributes of the form that may stand on the launcher as well. */
const FORM_ATTRIBUTES = ['kind', 'contact', 'name', 'email', 'order-reference', 'orders', 'subject', 'heading'];

/** What a mailed link, or one to a ticket, has in its fragment; the tracker reads it. */
const LINK = /[#&]support-(sign-in|ticket)=/;

const QUIETLY = bare({ preventScroll: true });

/**
 * A button for the footer that opens the form in a modal dialog. What was typed is kept while the page is open. Attributes
 * that fill the form in (`kind`, `contact`, `name`, `email`, `order-reference`, `orders`, `subject`, `heading`) are handed to it, `identity-token` to the tickets.
 *
 * Where tickets are kept on this device, the dialog also shows them, and the button how many answers are new.
 *
 * @summary Opens the form in a dialog.
 * @slot - Never shown: its text names the button where there is no `label`, and a link in it is what people get when the
 *   form's code cannot be loaded.
 * @csspart base - The button.
 * @csspart dialog - The modal dialog, as large as the window.
 * @csspart sheet - What is seen of it.
 * @csspart close - The button that closes it.
 * @csspart switch - Goes from the form to the tickets, and back.
 * @csspart unread - How many answers are new.
 * @cssprop --support-shadow - Shadow of the dialog.
 */
export class SupportLauncher extends SupportElement {
  static override styles = [tokens, launcher];

  /** The backend; else that of the `<support-provider>` around. */
  @property({ attribute: false }) adapter: SupportAdapter | undefined;

  /** Text of the button and title of the dialog. */
  @property() label = '';

  /** `inline`: in the flow of the page. `corner`: fixed at the lower end of the window. */
  @property({ reflect: true }) position: 'inline' | 'corner' = 'inline';

  /** Whether the dialog is shown. */
  @property({ type: Boolean, reflect: true }) open = false;

  /** Answers that nobody has seen, in tickets that are kept on this device. */
  @property({ type: Number, reflect: true }) unread = 0;

  /** Names the cause inside the form when it is set up wrongly; always on loopback. */
  @property({ type: Boolean }) debug = false;

  @query('button') private readonly button!: HTMLButtonElement;
  @query('h2') private readonly heading!: HTMLElement;
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  @state() private following = false;
  @state() private sentences: TicketWords | undefined;
  /** Ticket that the tickets are opened with. */
  @state() private number = '';

  /** @internal Begun before this code was here, or by it. */ declare [COUNTED]?: Count | undefined;

  #hadFocus = false;
  #hadPress = false;
  #tracked = false;
  #used = false;
  #pressed: EventTarget | null = null;

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    // the first script of the embed build has put a button here already
    this.#hadFocus = !!this.shadowRoot?.activeElement;
    this.#hadPress = !!this.shadowRoot?.querySelector(':active');
    this.shadowRoot?.replaceChildren();
    return super.createRenderRoot();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    askForAdapter(this, (adapter) => this.#track(adapter));
    if (this.hasUpdated) this.#track(this.adapter);
    // a link leads to tickets, which are shown here where the page shows them in no other place
    else if (LINK.test(location.hash) && !document.querySelector('support-tracker')) this.follow('');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this[COUNTED]?.end();
    // what leaves the page leaves the top layer, and would come back as a dialog that is none
    if (this.hasUpdated) this.dialog.close();
    this.open = false;
    visualViewport?.removeEventListener('resize', this.#fit);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('adapter')) this.#track(this.adapter);
    if (this.unread && !this.sentences) this.#learn();
    if (changed.has('open') && this.open && !this.#used && this.unread) this.following = true;
    if (this.open && this.following) this.#load();
    this.#used ||= this.open && !this.following;
  }

  protected override firstUpdated(): void {
    this.dialog.addEventListener('pointerdown', this.#press);
    this.dialog.addEventListener('click', this.#release);
    // a press that began on the first script's button ends on this one, and is no click to a browser
    if (this.#hadPress) this.button.addEventListener('pointerup', () => this.show());
    if (this.#hadFocus) this.button.focus(QUIETLY);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open') || this.open === this.dialog.open) return;
    if (!this.open) return this.dialog.close();
    visualViewport?.addEventListener('resize', this.#fit);
    this.#fit();
    const form = this.shadowRoot?.querySelector('support-form');
    for (const name of FORM_ATTRIBUTES) {
      const given = this.getAttribute(name);
      // the same again changes nothing, and what was typed stays
      if (given !== null) form?.setAttribute(name, given);
    }
    this.dialog.showModal();
    this.heading.focus(QUIETLY);
  }

  /** Opens the dialog. */
  show(): void {
    this.open = true;
  }

  /** Opens the dialog with a ticket that was sent. */
  follow(number: string): void {
    this.#learn();
    this.number = number;
    this.following = this.open = true;
  }

  /** Closes the dialog and keeps what was typed. */
  hide(): void {
    this.open = false;
  }

  /** A keyboard on the screen covers the lower end of a page without making it smaller. */
  #fit = (): void => {
    const { height = 0, scale = 2 } = visualViewport ?? {};
    // the same shows a part of the page when it is zoomed into
    const covered = scale > 1.01 ? 0 : innerHeight - height;
    this.dialog.style.insetBlockEnd = covered > 1 ? `${covered}px` : '';
    let focused = this.shadowRoot?.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (covered > 1) focused?.scrollIntoView(bare({ block: 'center', inline: 'nearest', behavior: 'auto' }));
  };

  /** Counts what is new; costs nothing where no ticket is kept. */
  #track(adapter: SupportAdapter | undefined): void {
    if (!adapter?.tracking) return;
    void ifKept(() => {
      this.#learn();
      if (this[COUNTED]?.scope === adapter.scope) return;
      void import('../tracking/index.js').then(
        ({ watchUnread }) => void (this.isConnected && watchUnread(adapter, this)),
        () => undefined,
      );
    }, TICKETS);
  }

  #learn(): void {
    import('./ticket-words.js')
      .then(({ ticketWords }) => ticketWords(this.language))
      .then(
        (sentences) => (this.sentences = sentences),
        () => undefined,
      );
  }

  #load(): void {
    if (this.#tracked) return;
    this.#tracked = true;
    import('../support-tracker/index.js').catch(() => {
      this.#tracked = this.following = false;
    });
  }

  #switch = on(() => {
    this.following = !this.following;
    this.heading.focus(QUIETLY);
  });

  #show = on(() => this.show());

  #hide = on(() => this.hide());

  #closed = on(() => {
    this.open = false;
    visualViewport?.removeEventListener('resize', this.#fit);
    // the dialog has given the focus back before this is told: by now it may have been taken elsewhere
    if (document.activeElement === document.body) this.button.focus(QUIETLY);
  });

  #press = (event: Event): void => {
    this.#pressed = event.target;
  };

  #release = ({ target, detail }: MouseEvent): void => {
    // neither a press inside that ends outside, as when text is selected, is meant to close, nor the second of a double click that opened
    if (target === this.dialog && this.#pressed === this.dialog && detail < 2) this.hide();
  };

  /** A key that is held down closes, and would open again. */
  #once = on((event: KeyboardEvent) => {
    if (event.repeat && event.key === 'Enter') event.preventDefault();
  });

  protected override render(): unknown {
    const { text, language, sentences, following } = this;
    return html`
      <button part="base" type="button" aria-haspopup="dialog" @click=${this.#show} @keydown=${this.#once}>
        ${this.label || this.textContent.trim() || text?.launcher} ${this.#renderUnread()}
      </button>
      <dialog part="dialog" aria-labelledby="title" lang=${language.tag} dir=${language.dir} @close=${this.#closed}>
        <div class="sheet" part="sheet">
          <header role="none">
            <h2 id="title" tabindex="-1">${following ? sentences?.heading : (this.getAttribute('heading') ?? text?.heading)}</h2>
            ${
              sentences
                ? html`<button part="switch" class="switch" type="button" @click=${this.#switch}>
                    ${following ? text?.heading : html`${sentences.heading} ${this.#renderUnread()}`}
                  </button>`
                : nothing
            }
            <button part="close" type="button" aria-label=${text?.close ?? nothing} @click=${this.#hide}>×</button>
          </header>
          ${this.#used ? this.#renderForm() : nothing} ${following ? this.#renderTracker() : nothing}
        </div>
      </dialog>
    `;
  }

  #renderForm(): unknown {
    const { adapter, locale, theme, debug } = this;
    // the type of a generic property is not seen in templates
    const text = this.text as never;
    return html`<support-form
      .adapter=${adapter}
      .locale=${locale}
      .theme=${theme}
      .text=${text}
      ?debug=${debug}
      ?hidden=${this.following}
    ></support-form>`;
  }

  #renderTracker(): unknown {
    const { adapter, locale, theme, number } = this;
    return html`<support-tracker
      .adapter=${adapter}
      .locale=${locale}
      .theme=${theme}
      .number=${number}
      .identityToken=${this.getAttribute('identity-token') ?? ''}
    ></support-tracker>`;
  }

  #renderUnread(): unknown {
    if (!this.sentences || this.unread <= 0) return nothing;
    const { shown, said } = this.sentences.unread(this.unread);
    return html`<span part="unread" class="badge"><span aria-hidden="true">${shown}</span><span class="quiet">${said}</span></span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'support-launcher': SupportLauncher;
  }
}
