import { isSupportError, type AccessRecord, type AgentSelf, type SupportErrorCode } from '@storefront-support/contract';
import { fieldStyles, formStyles, host, tokens, type RevealText } from '@storefront-support/elements/look';
import { revealTexts, vaultErrorTexts, type Language } from '@storefront-support/elements/locales';
import type { VerifiedManifest } from '@storefront-support/vault/manifest';
import { LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { keepOut } from '../base/attributes.js';
import { keepFocus } from '../base/keep-focus.js';
import { newId } from '../base/new-id.js';
import { NOT_LOADED } from '../base/not-loaded.js';
import { trusted } from '../base/trust.js';
import type { AgentApi, RosterDevice } from './agent-api.js';
import { Device } from './device.js';
import { Devices } from './devices.js';
import { openRecord, type Opened } from './opening.js';
import { askForPasskey } from './passkey-answer.js';
import { Requests } from './requests.js';
import { renderReveal } from './reveal-view.js';
import { revealStyles } from './vault-reveal.styles.js';

/** @summary Where agents ask for access and open what was lent, signed in by a second factor, with a key of this browser's own. */
export class VaultReveal extends LitElement {
  static override styles = [tokens, host, formStyles, fieldStyles, revealStyles];

  /** Where to ask. */
  @property({ attribute: false }) api!: AgentApi;
  /** Fingerprints of the keys that may sign, by desk. */
  @property({ attribute: false }) roots: { readonly [desk: string]: readonly string[] } = {};
  /** Locale file and tag to speak. */
  @property({ attribute: false }) locale: { file: Language; tag: string } = { file: 'en', tag: 'en' };
  /** Number of a ticket to ask for. */
  @property({ attribute: false }) ticket = '';
  /** Id of the desk to begin with. */
  @property({ attribute: false }) desk = '';

  /** @internal */ @state() text: RevealText | undefined;
  /** @internal */ @state() errors: Readonly<Record<string, string>> = {};
  /** @internal Null: nobody is signed in; undefined: not known yet. */ @state() self: AgentSelf | null | undefined;
  /** @internal Whose session has ended: what they have typed stays behind the sign-in. */ @state() ended: AgentSelf | undefined;
  /** @internal What the desk has was read: until then it is not said to have nothing. */ @state() ready = false;
  /** @internal */ @state() device: Device | undefined;
  /** @internal What is read out so that the device is let in. */ @state() code = '';
  /** @internal */ @state() roster: RosterDevice[] = [];
  /** @internal Epochs of the published keys that this server has not been handed. */ @state() lacking: readonly number[] = [];
  /** @internal */ @state() held: { ticket: string; record: AccessRecord }[] = [];
  /** @internal Record whose reason is asked for. */ @state() chosen = '';
  /** @internal */ @state() opened: (Opened & { record: string; ticket: string }) | undefined;
  /** @internal */ @state() problem: SupportErrorCode | 'failed-sign-in' | undefined;
  /** @internal A second factor is asked for before this is done. */ @state() waiting: (() => Promise<boolean>) | undefined;
  /** @internal */ @state() busy = false;
  /** @internal Spoken politely, and never a secret. */ @state() spoken = '';
  /** @internal */ readonly requests = new Requests(this);
  /** @internal */ readonly devices = new Devices(this);
  /** The same opening, however often it is tried. */
  #key = { record: '', key: '' };
  /** What runs now. */
  #running: Promise<boolean> = Promise.resolve(false);
  /** What had the focus when it began: whoever has gone elsewhere meanwhile stays there. */
  #from: Element | null = null;
  /** What had the focus before a redraw. */
  #focused: Element | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pagehide', this.#leave);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pagehide', this.#leave);
    this.#leave();
  }

  protected override firstUpdated(): void {
    void this.begin();
  }

  /** @internal Reads everything; again where that failed. */
  begin(): Promise<boolean> {
    return this.run(async () => {
      const { file } = this.locale;
      [this.text, this.errors] = await Promise.all([revealTexts(file), vaultErrorTexts(file)]);
      this.device = await Device.ofThisBrowser();
      await this.#read().catch((cause: unknown) => {
        if (!isSupportError(cause) || cause.code !== 'not-signed-in') throw cause;
        this.self = null;
      });
    });
  }

  protected override willUpdate(): void {
    this.#focused = this.shadowRoot?.activeElement ?? null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('chosen') && this.chosen) this.renderRoot.querySelector<HTMLElement>('#reason')?.focus();
    if (changed.has('problem') && this.problem) this.goOn('[data-problem]');
    if (changed.has('opened') && this.opened) this.goOn('[data-opened]');
    for (const field of this.renderRoot.querySelectorAll('[data-secret]')) keepOut(field);
    if (!this.shadowRoot) return;
    const record = changed.get('chosen') ?? changed.get('opened')?.record;
    const isLost = !this.shadowRoot.activeElement;
    keepFocus(this.shadowRoot, this.#focused, `h1, [data-record="${record}"] [data-open]`);
    // that was not the person
    if (isLost) this.#from = this.shadowRoot.activeElement;
  }

  /** @internal */
  signIn(email: string, password: string, code: string): Promise<void> {
    return this.#enter(() => this.api.signIn(email.trim(), password, code.replaceAll(/\s/g, '')));
  }

  /** @internal */
  signInByPasskey(): Promise<void> {
    return this.#enter(async () => {
      const answer = await askForPasskey(await this.api.passkeyQuestion());
      if (answer !== null) return this.api.signInWithPasskey(answer);
      this.problem = 'failed-sign-in';
      return undefined;
    });
  }

  /** @internal At once, whatever is under way. */
  async signOut(): Promise<void> {
    this.#leave();
    this.problem = undefined;
    try {
      await this.api.signOut();
      this.self = null;
      this.ready = false;
    } catch (cause) {
      this.problem = codeOf(cause);
    }
  }

  /** @internal The desk that was chosen last is read, and nothing of another one is shown under its name. */
  async choose(desk: string): Promise<void> {
    this.#leave();
    this.desk = desk;
    this.ready = false;
    while (this.busy) await this.#running;
    if (desk === this.desk) await this.run(() => this.#readAll());
  }

  /** @internal Opens a record on this device. */
  open(ticket: string, record: AccessRecord, reason: string): Promise<boolean> {
    return this.run(async () => {
      const { device, desk, self } = this;
      if (!device) return;
      // a failed attempt is a new one; a lost answer is not
      if (this.#key.record !== record.id) this.#key = { record: record.id, key: newId() };
      try {
        const opened = await openRecord(this.api, { desk, ticket, record, reason, key: this.#key.key }, device);
        this.close();
        // whoever signs in next has not opened it
        if (this.self === self) this.opened = { ...opened, record: record.id, ticket };
        this.#key.record = '';
        if (this.chosen === record.id) this.chosen = '';
      } catch (cause) {
        if (isSupportError(cause) && !['network', 'offline', 'second-factor-needed'].includes(cause.code)) this.#key.record = '';
        throw cause;
      } finally {
        await this.readDesk().catch(() => undefined);
      }
    });
  }

  /** @internal */
  close(): void {
    this.opened?.file?.fill(0);
    this.opened = undefined;
  }

  /** @internal Nothing secret is ever copied by this. */
  async copy(line: string): Promise<void> {
    const copied = await navigator.clipboard.writeText(line).then(
      () => true,
      () => false,
    );
    this.say((copied ? this.text?.copied : this.text?.notCopied) ?? '');
  }

  /** @internal The same sentence again is another text, or nobody would hear it. */
  say(sentence: string): void {
    this.spoken = sentence + (sentence === this.spoken ? '\u00a0' : '');
  }

  /** @internal Does one thing at a time; where a second factor is missing, asks for it and does it then. @returns whether it is done */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = undefined;
    this.#from = this.shadowRoot?.activeElement ?? null;
    this.#running = this.#do(work);
    return this.#running;
  }

  async #do(work: () => Promise<void>): Promise<boolean> {
    const { self } = this;
    try {
      await work();
      return true;
    } catch (cause) {
      const code = codeOf(cause);
      // whoever has signed out meanwhile knows
      if (self && !this.self) return false;
      if (code === 'not-signed-in') {
        this.ended = self ?? undefined;
        this.self = null;
        this.close();
      }
      this.waiting = code === 'second-factor-needed' ? () => this.run(work) : undefined;
      this.problem = code;
      return false;
    } finally {
      this.busy = false;
    }
  }

  async #enter(prove: () => Promise<unknown>): Promise<void> {
    const { waiting } = this;
    await this.run(async () => {
      const done = await prove().catch((cause: unknown) => {
        if (!isSupportError(cause) || cause.code !== 'not-signed-in') throw cause;
        this.problem = 'failed-sign-in';
      });
      if (!done) return;
      this.waiting = undefined;
      await this.#read();
    });
    if (!this.waiting && this.self) await waiting?.();
  }

  async #read(): Promise<void> {
    this.self = await this.api.me();
    const { desks, agent } = this.self;
    if (this.ended && this.ended.agent.id !== agent.id) {
      this.ready = false;
      this.#leave();
    }
    this.ended = undefined;
    this.desk = desks.find(({ id }) => id === this.desk)?.id ?? desks[0]?.id ?? '';
    await this.#readAll();
  }

  async #readAll(): Promise<void> {
    const { desk } = this;
    await Promise.all([this.readDesk(), this.requests.read(this.requests.ticket || this.ticket).catch(() => undefined)]);
    this.ready = desk === this.desk;
  }

  /** @internal What the desk has lent, and whose devices its keys are for. */
  async readDesk(): Promise<void> {
    const { desk } = this;
    if (!desk) return;
    const [held, { devices, epochs }] = await Promise.all([this.api.records(desk), this.api.roster(desk)]);
    const published = this.self?.agent.role === 'admin' ? await this.manifest().catch(() => undefined) : undefined;
    // another one was chosen meanwhile
    if (desk !== this.desk) return;
    this.lacking = (published?.recipients ?? []).flatMap(({ epoch }) => (epochs.includes(epoch) ? [] : epoch));
    this.held = held;
    this.roster = devices;
    this.code = this.device ? await this.device.code() : '';
  }

  /** @internal The signed keys of the desk. */
  async manifest(): Promise<VerifiedManifest> {
    const { desk } = this;
    const roots = (Object.hasOwn(this.roots, desk) && this.roots[desk]) || [];
    return trusted(await this.api.manifest(desk), { desk, roots, pin: null });
  }

  /** @internal Moves the focus on, unless the person has moved it meanwhile. */
  goOn(place: string): void {
    const now = this.shadowRoot?.activeElement ?? null;
    if (!now || now === this.#from) this.renderRoot.querySelector<HTMLElement>(place)?.focus();
  }

  #leave = (): void => {
    this.close();
    this.chosen = '';
    this.renderRoot.querySelectorAll('form').forEach((form) => form.reset()); // kept for the way back, a page keeps its fields
  };

  protected override render(): unknown {
    if (this.text) return renderReveal(this, this.text);
    return this.problem ? NOT_LOADED : nothing;
  }
}

function codeOf(cause: unknown): SupportErrorCode {
  return isSupportError(cause) ? cause.code : 'internal';
}

declare global {
  interface HTMLElementTagNameMap {
    'vault-reveal': VaultReveal;
  }
}
