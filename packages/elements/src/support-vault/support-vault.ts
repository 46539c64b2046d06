import {
  SupportError,
  type AccessPort,
  type AccessRequest,
  type AuditExport,
  type SupportError as Problem,
  type TicketAccessState,
  type TicketHint,
} from '@storefront-support/contract';
import type { FrameMessage } from '@storefront-support/contract/vault-channel';
import { html, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { host } from '../base/host.styles.js';
import { tellAll } from '../tracking/live.js';
import { tokens } from '../base/tokens.styles.js';
import { SupportAccessSentEvent } from './access-sent-event.js';
import type { VaultErrorText, VaultHostText } from '../locales/en-vault.js';
import { vaultErrorTexts, vaultHostTexts } from '../locales/index.js';
import { fieldStyles } from '../support-field/support-field.styles.js';
import { formStyles } from '../support-form/support-form.styles.js';
import { TrackingElement } from '../tracking/tracking-element.js';
import { trackingStyles } from '../tracking/tracking.styles.js';
import { vaultStyles } from './support-vault.styles.js';
import { enterAnew, focusOn, moveFocus } from './vault-focus.js';
import { newFrame, themeOf, VaultFrame, type Lending } from './vault-frame.js';
import { openRequests, renderVault } from './vault-view.js';

/**
 * @summary Shows what access a ticket asks for, and what was lent: until when, who opened it, and what is left to do. It is entered in
 *   a frame of another site, or in a window of its own; nothing of it ever comes into this page.
 * @fires support-access-sent - A record was sealed and has arrived.
 * @fires support-error - Something could not be read or written.
 * @csspart base - The root; `data-state` is `loading`, `ready`, `failed` or `absent`.
 * @csspart heading - The heading.
 * @csspart none - That nothing is asked for.
 * @csspart request - What is asked for, or offered; `data-state` as in the contract.
 * @csspart add - Opens where it is entered.
 * @csspart decline - Says no.
 * @csspart withdraw - Takes an offer back.
 * @csspart moved - That something taken out of a message is to be entered here.
 * @csspart frame - Where it is entered.
 * @csspart page - The link to a window of its own.
 * @csspart record - What was lent; `data-state` as in the contract.
 * @csspart remove - Ends a record, at the second press.
 * @csspart extend - Chooses another end.
 * @csspart after-care - What is left to do in the shop.
 * @csspart audit - Who did what.
 * @csspart save - Saves that list.
 * @csspart offer - Offers access.
 * @csspart retry - Tries again.
 * @csspart error - What could not be read or written.
 */
export class SupportVault extends TrackingElement {
  static override styles = [tokens, host, formStyles, fieldStyles, trackingStyles, vaultStyles];

  /** Number of the ticket. */
  @property({ reflect: true }) number = '';

  /** What opens it: a session's token or the ticket's secret; else what this browser keeps. Only ever a property. */
  @property({ attribute: false }) token = '';

  /** @internal */ @state() words: VaultHostText | undefined;
  /** @internal */ @state() accessErrors: VaultErrorText | undefined;
  /** @internal */ @state() granted: TicketAccessState | undefined;
  /** @internal */ @state() lending: Lending | undefined;
  /** @internal */ @state() auditTrail: AuditExport | undefined;
  /** @internal Id of the record that a second press deletes. */ @state() doomed = '';
  /** @internal */ @state() offering = false;
  /** @internal Something was taken out of a message, to be entered here. */ @state() moved = false;

  #bearer = '';
  /** Questions are counted: a late answer to an earlier one is not shown after that to a later one. */
  #asked = 0;
  #shown = 0;
  /** Something has changed while something was done: shown earlier, it could be pressed and would not do. */
  #due = false;
  #frame: VaultFrame | undefined;
  /** Why it could not be read. */
  #missed: SupportError | undefined;
  /** What had the focus before a redraw. */
  #focused: Element | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.shut();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#focused = this.shadowRoot?.activeElement ?? null;
    if (changed.has('adapter') && this.adapter && !this.adapter.access) this.phase = 'absent';
    if ((changed.has('number') || changed.has('token')) && this.hasUpdated && !changed.has('adapter')) this.enter();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { lending } = this;
    moveFocus(this, this.#focused, changed);
    if (this.#frame || lending?.place !== 'frame' || !lending.frame.isConnected) return;
    const init = () => ({
      pass: this.lending?.pass.token ?? '',
      pin: this.vaultPin || null,
      locale: this.language.tag,
      dir: this.language.dir,
      theme: themeOf(this.renderRoot.querySelector<HTMLElement>('[part=base]')!),
    });
    this.#frame = new VaultFrame(lending.frame, lending.pass.url, init, this.#heard, () => this.toPage('load'));
  }

  protected override speak(): void {
    super.speak();
    const { file } = this.language;
    void Promise.all([vaultHostTexts(file), vaultErrorTexts(file)]).then(
      ([words, accessErrors]) => Object.assign(this, { words, accessErrors }),
      (cause: unknown) => {
        this.phase = 'failed';
        this.error = this.#missed = this.fail(new SupportError('load-failed', 'What is said about access could not be loaded.', { cause }));
      },
    );
  }

  protected override leave(): void {
    super.leave();
    this.shut();
    this.granted = this.auditTrail = undefined;
  }

  /** @internal */
  get port(): AccessPort {
    return this.adapter!.access!;
  }

  /** @internal What every call about this ticket carries. */
  get options(): { token: string; signal: AbortSignal } {
    return { token: this.#bearer, signal: this.stop.signal };
  }

  /** @internal */
  async read(): Promise<void> {
    const { access, number } = this;
    const { signal } = this.stop;
    if (!access || !number || !this.adapter?.access) return;
    const turn = ++this.#asked;
    this.#due = false;
    if (!this.words) this.speak();
    try {
      this.#bearer = this.token || (await access.tokenFor(number));
      if (!this.#bearer) throw new SupportError('not-found', 'Nothing here opens this ticket.');
      const granted = await this.port.getAccess(number, this.options);
      if (signal.aborted || turn < this.#shown) return;
      this.#shown = turn;
      this.granted = granted;
      this.phase = 'ready';
      // why something pressed was not done is still true
      if (this.error === this.#missed) this.error = undefined;
      if (this.auditTrail) void this.readAudit();
    } catch (cause) {
      if (signal.aborted) return;
      this.error = this.#missed = this.fail(cause);
      if (!this.granted) this.phase = 'failed';
    }
  }

  protected override changed = (hint: TicketHint | null): void => {
    if (!hint || hint.number === this.number) this.soon(() => (this.busy ? (this.#due = true) : this.read()));
  };

  /** @internal Opens where it is entered. */
  add(request: AccessRequest): Promise<void> {
    return this.#run(async () => {
      const pass = await this.port.openVault(this.number, request.id, this.options);
      this.shut();
      const place = this.vaultMode === 'page' ? 'page' : 'frame';
      this.lending = { requestId: request.id, pass, place, why: undefined, frame: newFrame(this.words?.frame ?? '') };
      await this.updateComplete;
      focusOn(this, place === 'page' ? '[part=page]' : '[part=frame]');
    });
  }

  /** @internal The request that takes a record now; undefined: none does. */
  get taking(): AccessRequest | undefined {
    return openRequests(this).find(({ state }) => state !== 'offered');
  }

  /** @internal Opens where secrets are entered that were taken out of a message. They do not come along: no page around is given any. */
  enterAnew(): Promise<void> {
    return enterAnew(this);
  }

  /** @internal The frame gives way to a window of its own. */
  toPage(why: Lending['why']): void {
    if (!this.lending) return;
    this.#frame?.close();
    this.#frame = undefined;
    this.lending = { ...this.lending, place: 'page', why };
    void this.updateComplete.then(() => focusOn(this, '[part=page]'));
  }

  /** @internal Nothing more is entered. */
  shut(): void {
    this.#frame?.close();
    this.#frame = this.lending = undefined;
    this.moved = false;
  }

  /** @internal Does something, and reads what came of it. */
  change(work: () => Promise<unknown>): Promise<void> {
    return this.#run(async () => {
      await work();
      tellAll(this.access?.scope ?? '');
      await this.read();
    });
  }

  /** @internal */
  async readAudit(): Promise<void> {
    await this.port.getAudit(this.number, this.options).then(
      (audit) => (this.auditTrail = audit),
      (cause: unknown) => (this.error = this.fail(cause)),
    );
  }

  /** @internal The person's sentence for what went wrong. */
  override whyFailed(problem: Pick<Problem, 'code'>): string {
    const own: { readonly [code: string]: string } = this.accessErrors ?? {};
    return (Object.hasOwn(own, problem.code) && own[problem.code]) || super.whyFailed(problem);
  }

  #heard = (message: FrameMessage): void => {
    switch (message.type) {
      case 'resize':
        if (this.lending) this.lending.frame.style.blockSize = `${message.height + 2}px`;
        break;
      case 'done':
        this.moved = false;
        (this as EventTarget).dispatchEvent(new SupportAccessSentEvent(this.number, message.record));
        tellAll(this.access?.scope ?? '');
        void this.read();
        break;
      case 'need-page':
        this.toPage(message.why);
        break;
      case 'need-pass':
        void this.#renew();
        break;
      case 'state':
        // declined, deleted or sent in there
        if (message.state === 'sent') void this.read();
        break;
      default:
    }
  };

  /** By nobody's press, and in nobody's way. */
  async #renew(): Promise<void> {
    const { lending, options } = this;
    if (!lending) return;
    const pass = await this.port.openVault(this.number, lending.requestId, options).catch((cause: unknown) => {
      if (!options.signal.aborted) this.error = this.fail(cause);
    });
    if (!pass || this.lending !== lending) return;
    this.lending = { ...lending, pass };
    this.#frame?.renew(pass.token);
  }

  async #run(work: () => Promise<void>): Promise<void> {
    const { signal } = this.stop;
    if (this.busy) return;
    this.busy = true;
    this.error = undefined;
    await work().catch((cause: unknown) => {
      if (!signal.aborted) this.error = this.fail(cause);
    });
    this.busy = false;
    if (this.#due) void this.read();
    if (!this.error) return;
    await this.updateComplete;
    // who has pressed looks next at why it could not be done
    focusOn(this, '[part=error]');
  }

  protected override render(): unknown {
    const { text, words } = this;
    return this.renderBase(text && (words ? html`${renderVault(this, words)}` : this.renderError(text.failedThread)));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'support-vault': SupportVault;
  }
}
