import { ContextConsumer } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import {
  fileLimitsFor,
  isSupportError,
  SupportError,
  textIn,
  type Contact,
  type Desk,
  type FieldSpec,
  type SupportAdapter,
  type TicketDraft,
  type TicketKind,
} from '@storefront-support/contract';
import { adapterContext } from '../base/adapter-context.js';
import { host } from '../base/host.styles.js';
import { bytesIn } from '../base/localize.js';
import { SupportElement } from '../base/support-element.js';
import { tokens } from '../base/tokens.styles.js';
import { SupportErrorEvent } from '../events.js';
import { messageTexts } from '../locales/index.js';
import type { SupportAttachments } from '../support-attachments/support-attachments.js';
import type { SupportField } from '../support-field/support-field.js';
import { asCards, capOf, fieldsFor } from './fields.js';
import type { Submission } from './submit.js';
import { formStyles } from './support-form.styles.js';

/** A tag without an adapter and without anybody who promises one is broken after this long. */
const ADAPTER_GRACE_MS = 1_000;

export type FormState = 'loading' | 'ready' | 'sending' | 'failed' | 'sent' | 'broken';

/**
 * @summary Writes a ticket to one of the desk's contacts and shows its number.
 * @slot - Shown only when the form cannot work: a mail link, a phone number, a plain form.
 * @fires support-before-send - Cancelable; before a draft leaves the page.
 * @fires support-ticket-created - The backend has the ticket.
 * @fires support-error - A send failed, or the tag is wrong.
 * @csspart base - The root; `data-state` is `loading`, `ready`, `sending`, `failed`, `sent` or `broken`.
 * @csspart heading - The heading.
 * @csspart contact - One contact to choose.
 * @csspart field - One field.
 * @csspart files - The files.
 * @csspart submit - The send button.
 * @csspart error - The error summary or the failure, above the form.
 * @csspart other-ways - Other ways to reach the shop.
 * @csspart receipt - What replaces the form once the ticket exists.
 * @csspart number - The ticket number.
 * @cssprop --support-color-text - Text.
 * @cssprop --support-color-muted - Hints.
 * @cssprop --support-color-surface - Background of the form.
 * @cssprop --support-color-field - Background of controls.
 * @cssprop --support-color-border - Border of controls.
 * @cssprop --support-color-line - Dividing lines.
 * @cssprop --support-color-accent - Buttons, links and focus.
 * @cssprop --support-color-on-accent - Text on buttons.
 * @cssprop --support-color-error - Errors.
 * @cssprop --support-color-success - The receipt's mark.
 * @cssprop --support-font-size - Size of text; never below 16 px in controls.
 * @cssprop --support-space - Space between fields.
 * @cssprop --support-radius - Corners.
 */
export class SupportForm extends SupportElement {
  static override styles = [tokens, host, formStyles];

  /** The backend; else the one of the nearest `<support-provider>`. */
  @property({ attribute: false }) adapter: SupportAdapter | undefined;

  /** Kind of ticket chosen at first: `support` or `pre-sale`. */
  @property() kind: TicketKind = 'support';

  /** Id of the contact chosen at first. */
  @property() contact = '';

  /** Order number filled in at first. */
  @property({ attribute: 'order-reference' }) orderReference = '';

  /** Name filled in at first. */
  @property() name = '';

  /** E-mail address filled in at first. */
  @property() email = '';

  /** Subject filled in at first. */
  @property() subject = '';

  /** Heading in place of the locale's. */
  @property() heading = '';

  /** Shows what is wrong with the tag on any host; on loopback it is always shown. */
  @property({ type: Boolean }) debug = false;

  /** @internal */
  @state() desk: Desk | undefined;

  /** @internal */
  @state() phase: FormState = 'loading';

  /** @internal What is written, by field name. */
  values: { [field: string]: string } = {};

  /** @internal Bound by the code that sends, once it is loaded. */
  @state() submission: Submission | undefined;

  /** @internal Host that the page's Content-Security-Policy kept the form from reaching. */
  blocked = '';

  /** @internal */
  @query('support-attachments') attachments!: SupportAttachments | null;

  /** @internal */
  @query('.trap') trap!: HTMLInputElement | null;

  #provided = new ContextConsumer(this, {
    context: adapterContext,
    subscribe: true,
    callback: (adapter) => {
      this.adapter ??= adapter;
    },
  });
  #loading: Promise<Submission> | undefined;
  #stopDesk: AbortController | undefined;
  #grace: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const root = this.renderRoot;
    root.addEventListener('submit', this.#submit, true);
    root.addEventListener('input', this.#input);
    root.addEventListener('focusin', this.#warm);
    root.addEventListener('focusout', this.#leave);
    root.addEventListener('paste', this.#paste);
    root.addEventListener('support-files-changed', this.#filesChanged);
    document.addEventListener('securitypolicyviolation', this.#violation);
    if (this.closest('support-provider')) void customElements.whenDefined('support-provider').then(() => this.#provided.hostConnected());
    this.#grace = setTimeout(() => {
      if (this.adapter || this.hasAttribute('endpoint') || this.closest('support-provider')) return;
      const mend = '<support-form endpoint="https://support.example" desk="demo"></support-form>';
      this.#break(new SupportError('misconfigured', `This tag has no backend. Give it one: ${mend}, or set its adapter property.`));
    }, ADAPTER_GRACE_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('securitypolicyviolation', this.#violation);
    clearTimeout(this.#grace);
    this.#stopDesk?.abort();
    this.#stopDesk = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('adapter') && this.adapter) void this.loadDesk();
    const { values } = this;
    if (changed.has('kind')) values['kind'] = this.kind === 'pre-sale' ? 'true' : '';
    if (changed.has('contact')) values['contactId'] = this.contact;
    if (changed.has('orderReference')) values['orderReference'] = this.orderReference;
    if (changed.has('name')) values['requester.name'] = this.name;
    if (changed.has('email')) values['requester.email'] = this.email;
    if (changed.has('subject')) values['subject'] = this.subject;
  }

  /** Focuses the first control, or the receipt once there is one. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[part=receipt], [name=contactId], support-field')?.focus();
  }

  /** Empties the form for another ticket. With `keepPerson` name and e-mail stay. */
  reset(keepPerson = false): void {
    const { 'requester.name': name, 'requester.email': email } = this.values;
    this.values = keepPerson ? { 'requester.name': name ?? '', 'requester.email': email ?? '' } : {};
    this.attachments?.drop(true);
    this.submission?.reset();
    this.phase = this.desk ? 'ready' : this.phase;
    this.requestUpdate();
  }

  /** @internal Fetches the desk, again if it failed before. */
  async loadDesk(): Promise<void> {
    const { adapter } = this;
    if (!adapter) return;
    this.#stopDesk?.abort();
    const stop = (this.#stopDesk = new AbortController());
    this.phase = 'loading';
    try {
      const desk = await adapter.getDesk({ signal: stop.signal });
      if (stop.signal.aborted) return;
      this.desk = desk;
      this.deskLocales = desk.locales;
      this.speak();
      this.phase = 'ready';
    } catch (error) {
      if (!stop.signal.aborted) this.#break(error);
    }
  }

  /** @internal Loads what checks and sends; a failed load may be tried again. */
  load(): Promise<Submission> {
    this.#loading ??= Promise.all([import('./submit.js'), messageTexts[this.language.file]()]).then(
      ([{ Submission }, messages]) => (this.submission = new Submission(this, messages)),
    );
    this.#loading.catch(() => (this.#loading = undefined));
    return this.#loading;
  }

  /** @internal Whom the ticket goes to. */
  get chosen(): Contact | undefined {
    const { contacts = [] } = this.desk ?? {};
    return contacts.length === 1 ? contacts[0] : contacts.find(({ id }) => id === this.values['contactId']);
  }

  /** @internal What is written, as a draft. */
  get draft(): TicketDraft {
    const { values } = this;
    const preSale = values['kind'] === 'true';
    const order = preSale ? '' : (values['orderReference'] ?? '').trim();
    return {
      contactId: this.chosen?.id ?? '',
      kind: preSale ? 'pre-sale' : 'support',
      requester: { name: (values['requester.name'] ?? '').trim(), email: (values['requester.email'] ?? '').trim() },
      subject: (values['subject'] ?? '').trim(),
      message: (values['message'] ?? '').trim(),
      ...(order && { orderReference: order }),
      attachmentIds: this.attachments?.attachmentIds ?? [],
      locale: this.language.tag,
    };
  }

  /** @internal The fields shown now. */
  get fields(): FieldSpec[] {
    return this.desk && this.text ? fieldsFor(this.desk, this.text, this.draft.kind, this.language.tag) : [];
  }

  protected override textFailed(): void {
    this.#break(new SupportError('load-failed', 'The sentences of the form could not be loaded.'));
  }

  #break(cause: unknown): void {
    const error = isSupportError(cause) ? cause : new SupportError('internal', 'The desk could not be read.', { cause });
    this.phase = 'broken';
    this.load().then(
      (submission) => submission.explain(error),
      () => this.dispatchEvent(new SupportErrorEvent(error)),
    );
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    if (this.phase === 'sending') return;
    this.phase = 'sending';
    this.load().then(
      (submission) => submission.send(),
      () => {
        this.phase = 'failed';
        this.dispatchEvent(new SupportErrorEvent(new SupportError('load-failed', 'The code that sends could not be loaded.')));
      },
    );
  };

  #input = (event: Event): void => {
    const target = event.target as Partial<SupportField> & HTMLInputElement;
    const name = target.spec?.name ?? target.name;
    if (!name || target === this.trap) return;
    this.values[name] = target.value;
    this.submission?.look(name);
    this.requestUpdate();
  };

  #warm = (): void => {
    if (this.phase !== 'ready' || this.#loading) return;
    this.adapter?.prepare?.().catch(() => undefined);
    this.load().catch(() => undefined);
    this.attachments?.load().catch(() => undefined);
  };

  #leave = (event: Event): void => {
    const { spec, value } = event.target as Partial<SupportField>;
    if (spec && value) this.submission?.look(spec.name, true);
  };

  #paste = (event: Event): void => {
    const { clipboardData } = event as ClipboardEvent;
    if (!clipboardData?.files.length || clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    void this.attachments?.add(clipboardData.files);
  };

  #filesChanged = (): void => {
    if (this.submission) this.submission.filesChanged();
    else this.#warm();
  };

  #violation = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (this.phase === 'loading' && effectiveDirective === 'connect-src') this.blocked = blockedURI;
  };

  protected override render(): unknown {
    const { text, desk, phase, submission } = this;
    return html`<div part="base" dir=${this.language.dir} lang=${this.language.tag} data-state=${phase === 'ready' && !text ? 'loading' : phase}>
      ${phase === 'broken'
        ? this.#renderBroken()
        : phase === 'sent'
          ? submission?.renderReceipt()
          : text && desk
            ? this.#renderForm()
            : this.#renderSkeleton()}
    </div>`;
  }

  #renderForm(): unknown {
    const { text, desk, phase, submission, chosen } = this;
    if (!text || !desk) return nothing;
    const sending = phase === 'sending';
    const { tag } = this.language;
    const cap = chosen && capOf(desk, chosen);
    return html`${submission?.renderProblem()}
      <form method="dialog" novalidate aria-labelledby="heading">
        <h2 part="heading" id="heading">${this.heading || text.heading}</h2>
        ${asCards(desk) ? this.#renderCards(desk) : nothing}
        ${this.fields.map(
          (spec) =>
            html`<support-field
              part="field"
              id=${spec.name}
              class=${spec.name === 'requester.name' || spec.name === 'requester.email' ? 'half' : ''}
              .spec=${spec}
              .text=${text}
              .locale=${tag}
              .value=${this.values[spec.name] ?? ''}
              .error=${submission?.sentenceFor(spec.name) ?? ''}
              ?readonly=${sending}
            ></support-field>`,
        )}
        <support-attachments
          part="files"
          id="attachmentIds"
          .port=${this.adapter?.attachments}
          .limits=${fileLimitsFor(desk, chosen)}
          .secret=${submission?.keys.secret ?? ''}
          .contactId=${chosen?.id ?? ''}
          .text=${text}
          .locale=${tag}
          .error=${submission?.sentenceFor('attachmentIds') ?? ''}
          ?readonly=${sending}
        ></support-attachments>
        ${chosen && !chosen.keepsMessages
          ? html`<p part="note" class="note">${text.notKept(textIn(chosen.name, tag), cap ? bytesIn(tag, cap) : '')}</p>`
          : nothing}
        <input class="trap quiet" name="website" tabindex="-1" autocomplete="off" aria-hidden="true" />
        <div class="actions">
          <button part="submit" class="main" type="submit" aria-disabled=${sending} aria-busy=${sending}>
            ${sending ? text.sending : text.send}
          </button>
          <span class="soft" role="status">${submission?.status ?? ''}</span>
        </div>
      </form>
      ${this.renderOtherWays(phase === 'failed')}`;
  }

  #renderCards({ contacts }: Desk): unknown {
    const { tag } = this.language;
    const error = this.submission?.sentenceFor('contactId');
    return html`<fieldset id="contactId" role="radiogroup" aria-required="true" aria-describedby=${error ? 'contact-error' : nothing}>
      <legend>${this.text?.contact}</legend>
      <div class="cards">
        ${contacts.map(
          ({ id, name, description }) =>
            html`<label part="contact">
              <input
                type="radio"
                name="contactId"
                value=${id}
                ?disabled=${this.phase === 'sending' && id !== this.chosen?.id}
                .checked=${this.chosen?.id === id}
              />
              <span>${textIn(name, tag)}${description ? html`<span class="soft">${textIn(description, tag)}</span>` : nothing}</span>
            </label>`,
        )}
      </div>
      ${error ? html`<p class="error" id="contact-error">${error}</p>` : nothing}
    </fieldset>`;
  }

  /** @internal */
  renderOtherWays(open: boolean): unknown {
    const { desk, text } = this;
    const { tag } = this.language;
    if (!desk?.otherWays.length) return nothing;
    return html`<details part="other-ways" ?open=${open}>
      <summary>${text?.otherWays}</summary>
      <ul>
        ${desk.otherWays.map(
          ({ label, href }) =>
            html`<li>${href ? html`<a href=${href} rel="noopener noreferrer">${textIn(label, tag)}</a>` : textIn(label, tag)}</li>`,
        )}
      </ul>
    </details>`;
  }

  #renderBroken(): unknown {
    return html`<div part="broken" class="broken">
        ${this.submission?.renderProblem() ?? html`<p>${this.text?.broken}</p>`}
        <slot></slot>
      </div>
      ${this.renderOtherWays(true)}`;
  }

  #renderSkeleton(): unknown {
    return html`<div class="skeleton" aria-busy="true">
      <span class="quiet" role="status">${this.text?.loading}</span>
      ${['title', 'card', 'line', 'half', 'half', '', '', 'tall', 'zone', 'line'].map((size) => html`<div class="bone ${size}"></div>`)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'support-form': SupportForm;
  }
}
