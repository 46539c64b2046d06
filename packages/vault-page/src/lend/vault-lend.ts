import {
  isSupportError,
  SupportError,
  type AccessKind,
  type AccessRecord,
  type FieldProblems,
  type SupportErrorCode,
  type VaultErrorCode,
  type VaultRequest,
} from '@storefront-support/contract';
import type { FrameMessage, VaultNeedsPage } from '@storefront-support/contract/vault-channel';
import { fieldStyles, formStyles, host, tokens, type LendErrorText, type LendText } from '@storefront-support/elements/look';
import { lendErrorTexts, lendTexts, type Language } from '@storefront-support/elements/locales';
import { isBrowserReady } from '@storefront-support/vault/browser-ready';
import type { VerifiedManifest } from '@storefront-support/vault/manifest';
import { temporaryPassword } from '@storefront-support/vault/temporary-password';
import { vendorKey, type VendorKey } from '@storefront-support/vault/vendor-key';
import { LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { keepOut } from '../base/attributes.js';
import { keepFocus } from '../base/keep-focus.js';
import { NOT_LOADED } from '../base/not-loaded.js';
import { trusted } from '../base/trust.js';
import { choiceOf, emptyFields, fieldsOf, type Choices } from './draft.js';
import { Expiry } from './expiry.js';
import { Guards } from './guards.js';
import { stateOf, type LendPhase } from './lend-phase.js';
import { renderLend } from './lend-view.js';
import type { LendServer } from './lend-server.js';
import { sealing, Sending } from './sending.js';
import { lendStyles } from './vault-lend.styles.js';

/** @summary Where a customer enters what is lent, and where it is sealed before it leaves the device. */
export class VaultLend extends LitElement {
  static override styles = [tokens, host, formStyles, fieldStyles, lendStyles];

  /** Where to ask. */
  @property({ attribute: false }) server: LendServer | undefined;
  /** Id of the desk. */
  @property({ attribute: false }) desk = '';
  /** Fingerprints of the keys that may sign. */
  @property({ attribute: false }) roots: readonly string[] = [];
  /** What opens the request. */
  @property({ attribute: false }) pass = '';
  /** Of the page around; null: it says nothing. */
  @property({ attribute: false }) pin: string | null = null;
  /** Of the page around; null: this is a window of its own. */
  @property({ attribute: false }) around: string | null = null;
  /** Locale file and tag to speak. */
  @property({ attribute: false }) locale: { file: Language; tag: string } = { file: 'en', tag: 'en' };
  /** Told of what the page around may know. */
  @property({ attribute: false }) tell: (message: FrameMessage) => void = () => undefined;

  /** @internal */ @state() phase: LendPhase = 'checking';
  /** @internal */ @state() text: LendText | undefined;
  /** @internal Sentences for what goes wrong; loaded with the first of it. */ @state() errors: Partial<LendErrorText> = {};
  /** @internal Why it stopped, or could not be sent. */ @state() code: SupportErrorCode | VaultErrorCode | undefined;
  /** @internal */ @state() asked: VaultRequest | undefined;
  /** @internal */ @state() manifest: VerifiedManifest | undefined;
  /** @internal */ @state() kind: AccessKind | undefined;
  /** @internal */ @state() choices: Choices = {};
  /** @internal Line for `authorized_keys`. */ @state() line: VendorKey | undefined;
  /** @internal Lines of what has no kind of its own; false: taken away. */ @state() rows: readonly boolean[] = [true];
  /** @internal Names of secret fields that are readable now. */ @state() shown: ReadonlySet<string> = new Set();
  /** @internal */ @state() problems: FieldProblems = {};
  /** @internal What is chosen goes over the line unencrypted, and they have been told. */ @state() warned = false;
  /** @internal Something lies over the fields: they are not to be seen. */ @state() veiled = false;
  /** @internal Id of the record that this one takes the place of; empty: of none. */ @state() replaces = '';
  /** @internal */ @state() record: AccessRecord | undefined;
  /** @internal */ @state() busy = false;
  /** @internal Spoken politely; never anything that was typed. */ @state() spoken = '';

  /** @internal */ readonly expiry = new Expiry(this);
  /** @internal */ readonly sending = new Sending(this);
  #guards: Guards | undefined;
  /** Difference of the server's clock from the device's. */
  #ahead = 0;
  #line = 0;
  /** What had the focus before a redraw. */
  #focused: Element | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pagehide', this.#leave);
    if (this.around === null) return;
    this.#guards = new Guards(this.renderRoot as ShadowRoot, { torn: this.#torn, veil: (veiled) => (this.veiled = veiled) });
    this.#guards.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pagehide', this.#leave);
    this.#leave();
    this.#guards?.stop();
    this.#guards = undefined;
  }

  protected override firstUpdated(): void {
    void this.open();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#focused = this.shadowRoot?.activeElement ?? null;
    if (changed.has('phase')) this.tell({ type: 'state', state: stateOf(this.phase) });
  }

  protected override updated(changed: PropertyValues<this>): void {
    for (const field of this.renderRoot.querySelectorAll('[data-field]')) keepOut(field);
    this.#guards?.watch(this.renderRoot.querySelector('[data-veil]'));
    if (this.shadowRoot) keepFocus(this.shadowRoot, this.#focused, 'h1, [role=alert], [data-sent]');
    if (changed.has('kind') || changed.has('choices')) void this.drawLine();
  }

  /** The server's clock; milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** @internal Reads the request and checks the keys. No field is drawn before both are well. */
  async open(): Promise<void> {
    this.phase = 'checking';
    this.code = undefined;
    const { file } = this.locale;
    try {
      this.text = await loaded(lendTexts(file));
      if (!this.pass) throw new SupportError('not-signed-in', 'There is no pass.');
      if (!(await isBrowserReady())) throw new SupportError<VaultErrorCode>('browser-too-old', 'X25519 or Ed25519 is missing.');
      const [asked, published] = await Promise.all([this.server!.request(this.pass), this.server!.manifest(), loaded(sealing())]);
      if (this.around !== null && this.around !== asked.origin)
        throw new SupportError('origin-not-allowed', 'The pass is of another page.');
      const { desk, roots, pin } = this;
      this.manifest = await trusted(published, { desk, roots, pin });
      await loaded((await sealing()).prepareSealing(this.manifest));
      this.#ahead = Date.parse(asked.now) - Date.now();
      this.asked = asked;
      const [only, ...others] = asked.request.kinds;
      if (!/^(asked|answered)$/.test(asked.request.state)) throw new SupportError('request-closed', 'It takes no answer.');
      this.phase = 'choosing';
      if (only && !others.length) this.choose(only);
    } catch (cause) {
      await this.fail(cause);
    }
  }

  /** @internal Draws the fields of a kind. */
  choose(kind: AccessKind): void {
    this.empty();
    this.kind = kind;
    this.choices = {};
    this.rows = [true];
    this.phase = 'typing';
  }

  /** @internal Something of a list was chosen. */
  pick(name: string, value: string): void {
    this.choices = { ...this.choices, [name]: value };
    this.problems = {};
    this.warned = false;
  }

  /** @internal The line for `authorized_keys` says when it ends. */
  async drawLine(): Promise<void> {
    const { kind, manifest, asked, choices } = this;
    const turn = ++this.#line;
    const wanted = (kind === 'ssh' || kind === 'sftp') && choiceOf(fieldsOf(kind, choices), choices, 'auth') === 'vendor-key';
    const until = this.expiry.instant();
    const line = wanted && manifest?.ssh && asked && until ? await vendorKey(kind, manifest.ssh, until, asked.ticket.number) : undefined;
    if (turn === this.#line) this.line = line;
  }

  /** @internal A password that nobody has used before, readable, so that it can be set for the account. */
  async generate(name: string): Promise<void> {
    this.shown = new Set([...this.shown, name]);
    await this.updateComplete;
    const field = this.renderRoot.querySelector<HTMLInputElement>(`[data-field="${name}"]`);
    if (field) field.value = temporaryPassword();
    this.say(this.text?.madePassword ?? '');
  }

  /** @internal */
  reveal(name: string): void {
    const shown = new Set(this.shown);
    if (!shown.delete(name)) shown.add(name);
    this.shown = shown;
  }

  /** @internal Nothing that was typed is left in the page. */
  empty(): void {
    emptyFields(this.renderRoot);
    this.shown = new Set();
    this.problems = {};
    this.warned = false;
  }

  /** @internal Begins again, for another record. */
  another(): void {
    this.empty();
    this.kind = this.record = this.code = undefined;
    this.replaces = '';
    this.expiry.reset();
    void this.open();
  }

  /** @internal Says no. */
  decline(): Promise<void> {
    return this.run(async () => {
      await this.server?.decline(this.pass);
      this.empty();
      this.phase = 'declined';
    });
  }

  /** @internal Ends what was sent. */
  revoke(): Promise<void> {
    return this.run(async () => {
      if (this.record) this.record = await this.server?.revoke(this.pass, this.record.id);
      this.say(this.text?.removed ?? '');
    });
  }

  /** @internal Does one thing at a time. */
  async run(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.code = undefined;
    await work().catch((cause: unknown) => this.fail(cause));
    this.busy = false;
  }

  /** @internal Loads the sentences for what goes wrong. */
  learn = async (): Promise<unknown> => (this.errors = await lendErrorTexts(this.locale.file).catch(() => this.errors));

  /** @internal What went wrong, told by its sentence; with a manifest it closes for good. */
  async fail(cause: unknown): Promise<void> {
    const code = isSupportError(cause) ? (cause.code as SupportErrorCode | VaultErrorCode) : 'internal';
    await this.learn();
    this.code = code;
    this.tell({ type: 'error', code });
    if (code === 'not-signed-in' || code === 'gone') this.tell({ type: 'need-pass' });
    if (code === 'browser-too-old') this.needPage('browser');
    if (this.asked && this.manifest && this.phase !== 'checking') {
      if (this.phase === 'sealing') this.phase = this.sending.pending ? 'offline' : 'typing';
    } else {
      this.empty();
      this.phase = isSupportError(cause) && !cause.retryable ? 'stopped' : 'failed';
    }
  }

  /** @internal Asks the page around for a window of its own. */
  needPage = (why: VaultNeedsPage): void => this.tell({ type: 'need-page', why });

  /** @internal The same sentence again is another text, or nobody would hear it. */
  say(sentence: string): void {
    this.spoken = sentence + (sentence === this.spoken ? '\u00a0' : '');
  }

  /** A pass in place of one that has run out. */
  renew(pass: string): void {
    this.pass = pass;
    if (this.phase === 'offline') void this.sending.again();
    else if (this.phase === 'stopped' || this.phase === 'failed') void this.open();
  }

  #leave = (): void => {
    this.empty();
    this.sending.drop();
  };

  #torn = (field: HTMLInputElement | HTMLTextAreaElement): void => {
    // what was sent has gone where it should
    if (this.phase !== 'typing' && this.phase !== 'interrupted') return;
    field.value = '';
    this.phase = 'interrupted';
    this.needPage('focus');
  };

  protected override render(): unknown {
    if (this.text) return renderLend(this, this.text);
    return this.phase === 'failed' ? NOT_LOADED : nothing;
  }
}

async function loaded<T>(code: Promise<T>): Promise<T> {
  return code.catch(() => {
    throw new SupportError('load-failed', 'What seals could not be loaded.');
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'vault-lend': VaultLend;
  }
}
