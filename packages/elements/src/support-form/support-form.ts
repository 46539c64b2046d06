import type { PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { SupportError, type Contact, type Desk, type FieldSpec, type SupportAdapter, type TicketKind } from '@storefront-support/contract';
import { askForAdapter } from '../base/adapter-context.js';
import { bare } from '../base/bare.js';
import { host } from '../base/host.styles.js';
import { SupportElement } from '../base/support-element.js';
import { tokens } from '../base/tokens.styles.js';
import { SupportErrorEvent } from '../events.js';
import { messageTexts } from '../locales/index.js';
import { ifKept } from '../outbox/kept.js';
import type { SupportAttachments } from '../support-attachments/support-attachments.js';
import type { SupportField } from '../support-field/support-field.js';
import type { Broken } from './broken.js';
import { fieldsFor, PREFILLED } from './fields.js';
import { renderForm } from './form-view.js';
import { givenFiles } from './given-files.js';
import { keepPrinted } from './keep-printed.js';
import type { Submission } from './submit.js';
import { formStyles } from './support-form.styles.js';

/** A tag without an adapter and without anybody who promises one is broken after this long. */
const ADAPTER_GRACE_MS = 1_000;
const ignore = () => undefined;

/** `loading` until the desk is there, `broken` when it cannot be had, `failed` after a try that made no ticket. */
export type FormState = 'loading' | 'ready' | 'sending' | 'failed' | 'sent' | 'broken';

/**
 * @summary Writes a ticket to one of the desk's contacts and shows its number.
 * @slot - Shown only when the form cannot work: a mail link, a phone number, a plain form.
 * @fires support-before-send - Cancelable; a person sends a draft, which does not wait to be sent yet.
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
 * @csspart zone - The picker, onto which files can be dropped.
 * @csspart note - What a contact that keeps no messages does with them.
 * @csspart counter - Characters left in a field, near its limit.
 * @csspart countdown - Time until a retry is welcome.
 * @csspart retry - Tries again.
 * @csspart send-without - Sends without the files that did not arrive.
 * @csspart use-address - Takes the e-mail address that is suggested.
 * @csspart keep-address - Keeps the one that was written.
 * @csspart remove-secret - Takes out of the text what looks secret.
 * @csspart keep-secret - Sends it as it is.
 * @csspart keep-first - Keeps the version that had arrived.
 * @csspart send-anew - Sends the newer version as another ticket.
 * @csspart mend - What is wrong with the tag, for whoever builds the page.
 * @csspart copy - Copies the number.
 * @csspart due - When an answer is due.
 * @csspart mail - Whether a confirmation comes.
 * @csspart another - Begins another message.
 * @csspart follow - Leads to the ticket.
 * @csspart forget - Forgets it on this device.
 * @csspart restored - That a draft has been brought back.
 * @csspart not-kept - That this browser keeps nothing.
 * @csspart delete - Deletes a message from this device, at the second press.
 * @csspart waiting - The other messages on this device.
 * @csspart waiting-entry - One of them.
 * @csspart send-now - Sends it.
 * @csspart edit - Opens it in the form.
 * @csspart seen - Takes a receipt out of the list.
 * @cssprop --support-color-text - Text.
 * @cssprop --support-color-muted - Hints.
 * @cssprop --support-color-surface - Background of the form.
 * @cssprop --support-color-field - Background of controls.
 * @cssprop --support-color-border - Border of controls.
 * @cssprop --support-color-line - Dividing lines.
 * @cssprop --support-color-accent - Buttons and focus.
 * @cssprop --support-color-link - Links; the accent where it is not set.
 * @cssprop --support-color-on-accent - Text on buttons.
 * @cssprop --support-color-hover - The send button under a pointer; the accent with some of the text where it is not set.
 * @cssprop --support-color-error - Errors.
 * @cssprop --support-color-success - The receipt's mark and files that have arrived.
 * @cssprop --support-font-family - Type; the page's where it is not set.
 * @cssprop --support-font-size - Size of text; never below 16 px in controls.
 * @cssprop --support-heading-size - Size of the heading.
 * @cssprop --support-heading-weight - Weight of the heading.
 * @cssprop --support-space - Space between fields.
 * @cssprop --support-density - How much of all room there is: 1 is comfortable, 0.75 compact.
 * @cssprop --support-control-size - Least height of controls.
 * @cssprop --support-radius - Corners.
 */
export class SupportForm extends SupportElement {
  static override styles = [tokens, host, formStyles];

  /** The backend; else the one of the nearest `<support-provider>`. */ @property({ attribute: false }) adapter: SupportAdapter | undefined;
  /** `support` or `pre-sale`: the kind chosen at first. */ @property() kind: TicketKind = 'support';
  /** Id of the contact chosen at first. */ @property() contact = '';
  /** Order number filled in at first. */ @property({ attribute: 'order-reference' }) orderReference = '';
  /** Order references to choose from, with spaces between; else the desk's, if it knows any. */ @property() orders = '';
  /** Name filled in at first. */ @property() name = '';
  /** E-mail address filled in at first. */ @property() email = '';
  /** Subject filled in at first. */ @property() subject = '';
  /** Heading in place of the locale's. */ @property() heading = '';
  /** Address of the page where tickets are followed, if not this one. */ @property({ attribute: 'tracker-url' }) trackerUrl = '';
  /** Shows what is wrong with the tag on any host; on loopback it is always shown. */ @property({ type: Boolean }) debug = false;
  /** @internal */ @state() desk: Desk | undefined;
  /** @internal */ @state() phase: FormState = 'loading';
  /** @internal What sends, once it is loaded. */ @state() submission: Submission | undefined;
  /** @internal What tells why the form cannot work, once it is loaded. */ @state() broken: Broken | undefined;
  /** @internal True when what sends could not be loaded. */ @state() unloaded = false;

  /** @internal What is written, by field name. */ values = bare<{ [field: string]: string }>({});
  /** @internal Files given before what takes them was loaded. */ files: File[] = [];
  /** @internal True while the page shows a form of its own in the place of this one. */ printed = false;
  /** @internal What a printed form has said of files. */ fileHint: unknown;
  /** @internal Address that the page's Content-Security-Policy kept the form from reaching. */ blocked = '';
  #provided: SupportAdapter | undefined;
  #forgetProvider: (() => void) | undefined;
  #loading: Promise<Submission> | undefined;
  #prepared = false;
  #stopDesk: AbortController | undefined;
  #grace: ReturnType<typeof setTimeout> | undefined;

  protected override createRenderRoot(): ShadowRoot {
    return keepPrinted(this, () => super.createRenderRoot() as ShadowRoot);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const root = this.renderRoot;
    root.addEventListener('submit', this.#submit, true);
    root.addEventListener('input', this.#input);
    for (const type of ['focusin', 'support-files-changed']) root.addEventListener(type, this.#warm);
    root.addEventListener('focusout', this.#leave);
    for (const type of ['change', 'paste', 'dragover', 'drop']) root.addEventListener(type, this.#take);
    document.addEventListener('securitypolicyviolation', this.#violation);
    if (!askForAdapter(this, this.#takeProvided) && !this.hasAttribute('endpoint'))
      this.#grace = setTimeout(() => this.adapter ?? void this.break('misconfigured'), ADAPTER_GRACE_MS);
    if (this.hasUpdated && this.phase === 'loading') void this.loadDesk();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('securitypolicyviolation', this.#violation);
    this.#forgetProvider?.();
    clearTimeout(this.#grace);
    this.#stopDesk?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('adapter')) void this.loadDesk();
    if (changed.has('kind')) this.values['kind'] = this.kind === 'pre-sale' ? 'true' : '';
    for (const [field, property] of PREFILLED) if (changed.has(property)) this.values[field] = this[property];
  }

  /** Focuses the first control, or the receipt once there is one. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[part=receipt],[name],support-field')?.focus();
  }

  /** Brings the form back to what its attributes say, for another ticket. With `keepPerson` name and e-mail stay. */
  reset(keepPerson = false): void {
    this.#ask((submission) => submission.reset(keepPerson));
  }

  /** @internal Fetches the desk, again if it failed before. */
  async loadDesk(): Promise<void> {
    this.#stopDesk?.abort();
    if (!this.adapter) return;
    const { signal } = (this.#stopDesk = new AbortController());
    this.phase = 'loading';
    try {
      const desk = await this.adapter.getDesk({ signal });
      if (signal.aborted) return;
      this.desk = bare(desk);
      this.deskLocales = desk.locales;
      if (this.desk.texts) await import('./own-texts.js').then(({ speakFor }) => speakFor(this), ignore);
      this.speak();
      this.phase = 'ready';
    } catch (error) {
      if (!signal.aborted) await this.break(error);
    } finally {
      void ifKept(() => this.#ask());
    }
  }

  /** @internal Has the backend get ready for a message, which may be when the desk is first known whole. */
  async prepare(): Promise<void> {
    const { adapter } = this;
    const desk = await adapter?.prepare?.();
    if (desk && adapter === this.adapter) this.desk = bare(desk);
  }

  /** @internal Loads what checks and sends; a failed load may be tried again. */
  load(): Promise<Submission> {
    this.#loading ??= Promise.all([import('./submit.js'), messageTexts(this.language.file)]).then(
      ([{ Submission }, messages]) => {
        this.unloaded = false;
        return (this.submission = new Submission(this, messages));
      },
      (cause: unknown) => {
        this.#loading = undefined;
        this.unloaded = true;
        (this as EventTarget).dispatchEvent(new SupportErrorEvent(new SupportError('load-failed', 'load-failed', { cause })));
        throw cause;
      },
    );
    return this.#loading;
  }

  /** @internal Whom the ticket goes to. */
  get chosen(): Contact | undefined {
    const { contacts = [] } = this.desk ?? {};
    return contacts.length > 1 ? contacts.find(({ id }) => id === this.values['contactId']) : contacts[0];
  }

  /** @internal The fields shown now, in their places. */
  get fields(): (FieldSpec | false)[] {
    return this.desk && this.text ? fieldsFor(this.desk, this.text, this, this.language.tag) : [];
  }

  /** @internal */ get attachments(): SupportAttachments | null {
    return this.renderRoot.querySelector('support-attachments:defined');
  }
  protected override textFailed = (): void => void this.break('load-failed');

  /** What fails in here has been shown already. */
  #ask(use?: (submission: Submission) => unknown): void {
    void this.load().then(use, ignore);
  }

  /** @internal The form cannot work, and why. */ break(cause: unknown): Promise<void> {
    this.phase = 'broken';
    return import('./broken.js').then(({ Broken }) => (this.broken ??= new Broken(this)).explain(cause), ignore);
  }

  #takeProvided = (adapter: SupportAdapter | undefined, forget?: () => void): void => {
    this.#forgetProvider = forget;
    if (this.adapter === this.#provided) this.adapter = this.#provided = adapter;
  };

  #submit = (event: Event): void => {
    if (this.printed || this.phase === 'broken') return;
    event.preventDefault();
    if (this.phase === 'sending') return;
    this.phase = 'sending';
    this.load().then(
      (submission) => submission.send(),
      () => (this.phase = 'failed'),
    );
  };

  #input = ({ target }: Event): void => {
    const { spec, name, value, type } = target as Partial<SupportField> & HTMLInputElement;
    const field = spec?.name ?? name;
    if (type === 'file' || field === 'website' || this.printed) return;
    this.values[field] = value;
    this.submission?.look(field);
    this.requestUpdate();
    // a click on a radio button does not focus it everywhere
    this.#warm();
  };

  #warm = (): void => {
    if (this.phase !== 'ready') return;
    if (!this.#prepared) this.prepare().catch((error: SupportError) => error.retryable === false && void this.break(error));
    this.#prepared = true;
    this.#ask();
  };

  #leave = ({ target }: Event): void => {
    const { spec, value } = target as Partial<SupportField>;
    if (spec && value) this.#ask((submission) => submission.look(spec.name, true));
  };

  /** Takes files however they come: chosen before the list is loaded, pasted, or dropped anywhere on the form. */
  #take = (event: Event): void => {
    const files = givenFiles(event);
    // what can read a folder is loaded while it is still being dragged
    if (!files || this.printed || this.phase === 'sending') return;
    this.files.push(...files);
    this.#ask((submission) => submission.takeFiles().catch(ignore));
  };

  #violation = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (this.phase === 'loading' && effectiveDirective === 'connect-src') this.blocked = blockedURI;
  };

  protected override render(): unknown {
    return renderForm(this);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'support-form': SupportForm;
  }
}
