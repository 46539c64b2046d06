import { isSupportError, type AccessKind, type AccessRecord, type AgentSelf, type SupportErrorCode } from '@storefront-support/contract';
import { fieldStyles, formStyles, host, tokens, type RevealText } from '@storefront-support/elements/look';
import { revealTexts, vaultErrorTexts } from '@storefront-support/elements/locales';
import { enrol } from '@storefront-support/vault/team';
import { LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { newId } from '../base/new-id.js';
import { trusted } from '../base/trust.js';
import type { AgentApi, RosterDevice } from './agent-api.js';
import { Device } from './device.js';
import { fromBase64, openRecord, toBase64, type Opened } from './opening.js';
import { askForPasskey } from './passkey-answer.js';
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
  @property({ attribute: false }) locale: { file: 'en' | 'fr'; tag: string } = { file: 'en', tag: 'en' };
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
  /** @internal */ @state() held: { ticket: string; record: AccessRecord }[] = [];
  /** @internal Record whose reason is asked for. */ @state() chosen = '';
  /** @internal */ @state() opened: (Opened & { record: string; ticket: string }) | undefined;
  /** @internal */ @state() problem: SupportErrorCode | 'failed-sign-in' | undefined;
  /** @internal A second factor is asked for before this is done. */ @state() waiting: (() => Promise<void>) | undefined;
  /** @internal */ @state() busy = false;
  /** @internal Spoken politely, and never a secret. */ @state() spoken = '';
  /** The same opening, however often it is tried. */
  #key = { record: '', key: '' };

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
    void this.run(async () => {
      const { file } = this.locale;
      [this.text, this.errors] = await Promise.all([revealTexts[file](), vaultErrorTexts[file]()]);
      this.device = await Device.ofThisBrowser();
      await this.#read().catch((cause: unknown) => {
        if (!isSupportError(cause) || cause.code !== 'not-signed-in') throw cause;
        this.self = null;
      });
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('problem') && this.problem) this.renderRoot.querySelector<HTMLElement>('[data-problem]')?.focus();
    if (changed.has('opened') && this.opened) this.renderRoot.querySelector<HTMLElement>('[data-opened]')?.focus();
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
  signOut(): Promise<void> {
    return this.run(async () => {
      this.#leave();
      await this.api.signOut();
      this.self = null;
    });
  }

  /** @internal */
  choose(desk: string): Promise<void> {
    this.#leave();
    this.desk = desk;
    return this.run(() => this.#readDesk());
  }

  /** @internal A key for this browser, made known to the desk. */
  makeDevice(name: string, by: 'browser' | 'passkey'): Promise<void> {
    return this.run(async () => {
      this.device ??= await Device.make(name, by);
      await this.#announce();
    });
  }

  /** @internal */
  announce(): Promise<void> {
    return this.run(() => this.#announce());
  }

  /** @internal Opens a record on this device. */
  open(ticket: string, record: AccessRecord, reason: string): Promise<void> {
    return this.run(async () => {
      const { device, desk } = this;
      if (!device) return;
      // a failed attempt is a new one; a lost answer is not
      if (this.#key.record !== record.id) this.#key = { record: record.id, key: newId() };
      try {
        this.opened = { ...(await openRecord(this.api, { desk, record, reason, key: this.#key.key }, device)), record: record.id, ticket };
        this.chosen = '';
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

  /** @internal */
  askFor(ticket: string, kinds: AccessKind[], reason: string, days: number): Promise<void> {
    return this.run(async () => {
      const neededUntil = new Date(Date.now() + days * 86_400_000 - 60_000).toISOString();
      await this.api.askFor(this.desk, ticket, { kinds, reason, neededUntil });
      this.spoken = this.text?.asked ?? '';
    });
  }

  /**
   * @internal Lets a device in, under the key that the signed manifest names.
   *
   * @param recovery The key from the safe, where no device of this person has the team's key.
   */
  enrol(newcomer: RosterDevice, code: string, recovery = ''): Promise<void> {
    return this.run(async () => {
      const { desk, device } = this;
      const roots = (Object.hasOwn(this.roots, desk) && this.roots[desk]) || [];
      const manifest = await trusted(await this.api.manifest(desk), { desk, roots, pin: null });
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
      this.spoken = this.text?.enrolled ?? '';
      await this.#readDesk();
    });
  }

  /** @internal Does one thing at a time; where a second factor is missing, asks for it and does it then. */
  async run(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = undefined;
    try {
      await work();
    } catch (cause) {
      const code = isSupportError(cause) ? cause.code : 'internal';
      if (code === 'not-signed-in') this.self = null;
      this.waiting = code === 'second-factor-needed' ? () => this.run(work) : undefined;
      this.problem = code;
    }
    this.busy = false;
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
  }

  async #readDesk(): Promise<void> {
    if (!this.desk) return;
    const [held, { devices }] = await Promise.all([this.api.records(this.desk), this.api.roster(this.desk)]);
    this.held = held;
    this.roster = devices;
    this.code = this.device ? await this.device.code() : '';
  }

  async #announce(): Promise<void> {
    const { device, desk } = this;
    if (!device) return;
    await this.api.addDevice(desk, device.id, { name: device.name, recipient: device.recipient });
    await this.#readDesk();
  }

  #leave = (): void => {
    this.close();
    this.chosen = '';
  };

  protected override render(): unknown {
    return this.text ? renderReveal(this, this.text) : nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vault-reveal': VaultReveal;
  }
}
