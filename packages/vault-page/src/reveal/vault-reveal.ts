import { isSupportError, type AccessRecord, type AgentSelf, type SupportErrorCode } from '@storefront-support/contract';
import { fieldStyles, formStyles, host, tokens, type RevealText } from '@storefront-support/elements/look';
import { revealTexts, vaultErrorTexts, type Language } from '@storefront-support/elements/locales';
import type { VerifiedManifest } from '@storefront-support/vault/manifest';
import { enrol } from '@storefront-support/vault/team';
import { LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { keepOut } from '../base/attributes.js';
import { keepFocus } from '../base/keep-focus.js';
import { newId } from '../base/new-id.js';
import { NOT_LOADED } from '../base/not-loaded.js';
import { trusted } from '../base/trust.js';
import type { AgentApi, RosterDevice } from './agent-api.js';
import { Device } from './device.js';
import { fromBase64, openRecord, toBase64, type Opened } from './opening.js';
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
  /** The same opening, however often it is tried. */
  #key = { record: '', key: '' };
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
    const focus = (place: string) => this.renderRoot.querySelector<HTMLElement>(place)?.focus();
    if (changed.has('chosen') && this.chosen) focus('#reason');
    if (changed.has('problem') && this.problem) focus('[data-problem]');
    if (changed.has('opened') && this.opened) focus('[data-opened]');
    for (const field of this.renderRoot.querySelectorAll('[data-secret]')) keepOut(field);
    if (!this.shadowRoot) return;
    const record = changed.get('chosen') ?? changed.get('opened')?.record;
    keepFocus(this.shadowRoot, this.#focused, `h1, [data-record="${record}"] [data-open]`);
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

  /** @internal */
  signOut(): Promise<boolean> {
    return this.run(async () => {
      this.#leave();
      await this.api.signOut();
      this.self = null;
    });
  }

  /** @internal */
  choose(desk: string): Promise<boolean> {
    this.#leave();
    this.desk = desk;
    return this.run(() => this.#readDesk());
  }

  /** @internal A key for this browser, made known to the desk. */
  makeDevice(name: string, by: 'browser' | 'passkey'): Promise<void> {
    return this.announce(async () => (this.device ??= await Device.make(name, by)));
  }

  /** @internal Has the key of this browser shown to those who let devices in. */
  async announce(made: () => Promise<Device | undefined> = () => Promise.resolve(this.device)): Promise<void> {
    const done = await this.run(async () => {
      const device = await made();
      if (!device) return;
      await this.api.addDevice(this.desk, device.id, { name: device.name, recipient: device.recipient });
      await this.#readDesk();
    });
    await this.updateComplete;
    if (done) this.renderRoot.querySelector<HTMLElement>('[data-code-shown]')?.focus();
  }

  /** @internal Opens a record on this device. */
  open(ticket: string, record: AccessRecord, reason: string): Promise<boolean> {
    return this.run(async () => {
      const { device, desk } = this;
      if (!device) return;
      // a failed attempt is a new one; a lost answer is not
      if (this.#key.record !== record.id) this.#key = { record: record.id, key: newId() };
      try {
        this.opened = {
          ...(await openRecord(this.api, { desk, ticket, record, reason, key: this.#key.key }, device)),
          record: record.id,
          ticket,
        };
        this.chosen = this.#key.record = '';
      } catch (cause) {
        if (isSupportError(cause) && !['network', 'offline', 'second-factor-needed'].includes(cause.code)) this.#key.record = '';
        throw cause;
      } finally {
        await this.#readDesk().catch(() => undefined);
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

  /** @internal Hands the team's wrapped key over, as the operator made it. */
  handOver(epoch: number, file: Blob): Promise<boolean> {
    return this.run(async () => {
      await this.api.addIdentity(this.desk, epoch, toBase64(new Uint8Array(await file.arrayBuffer())));
      this.say(this.text?.handedOver ?? '');
      await this.#readDesk();
    });
  }

  /**
   * @internal Lets a device in, under the key that the signed manifest names.
   *
   * @param recovery The key from the safe, where no device of this person has the team's key.
   */
  enrol(newcomer: RosterDevice, code: string, recovery = ''): Promise<boolean> {
    return this.run(async () => {
      const { desk, device } = this;
      const manifest = await this.#manifest();
      for (const { epoch, recipient } of manifest.recipients) {
        const identity = await this.api.identity(desk, epoch);
        const own = recovery.trim() || (await device?.identity());
        const wrapped = await enrol({
          file: fromBase64(identity.wrapped),
          identities: own ? [own] : [],
          trusted: recipient,
          newcomer: { name: `${newcomer.agent.name}: ${newcomer.name}`, recipient: newcomer.recipient },
          code,
        });
        const devices = [...new Set([...identity.devices, newcomer.id])];
        await this.api.putIdentity(desk, { ...identity, wrapped: toBase64(wrapped), devices });
      }
      this.say(this.text?.enrolled ?? '');
      await this.#readDesk();
    });
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
    let done = false;
    try {
      await work();
      done = true;
    } catch (cause) {
      const code = isSupportError(cause) ? cause.code : 'internal';
      if (code === 'not-signed-in') this.self = null;
      this.waiting = code === 'second-factor-needed' ? () => this.run(work) : undefined;
      this.problem = code;
    }
    this.busy = false;
    return done;
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
    const { desks } = this.self;
    this.desk = desks.find(({ id }) => id === this.desk)?.id ?? desks[0]?.id ?? '';
    await this.#readDesk();
    await this.requests.read(this.ticket).catch(() => undefined);
  }

  async #readDesk(): Promise<void> {
    if (!this.desk) return;
    const [held, { devices, epochs }] = await Promise.all([this.api.records(this.desk), this.api.roster(this.desk)]);
    const published = this.self?.agent.role === 'admin' ? await this.#manifest().catch(() => undefined) : undefined;
    this.lacking = (published?.recipients ?? []).flatMap(({ epoch }) => (epochs.includes(epoch) ? [] : epoch));
    this.held = held;
    this.roster = devices;
    this.code = this.device ? await this.device.code() : '';
  }

  async #manifest(): Promise<VerifiedManifest> {
    const { desk } = this;
    const roots = (Object.hasOwn(this.roots, desk) && this.roots[desk]) || [];
    return trusted(await this.api.manifest(desk), { desk, roots, pin: null });
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

declare global {
  interface HTMLElementTagNameMap {
    'vault-reveal': VaultReveal;
  }
}
