import { isSupportError } from '@storefront-support/contract';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { InboxAccountChangedEvent, type InboxSignedInEvent } from '../base/events.js';
import { momentIn } from '../base/format.js';
import { KeepsFocus } from '../base/keeps-focus.js';
import { look } from '../base/look.styles.js';
import { makePasskey, passkeysWork } from '../base/passkey-answer.js';
import type { Room } from '../base/room.js';
import { typedIn } from '../base/typed-in.js';
import '../inbox-proof/index.js';
import type { InboxProof } from '../inbox-proof/index.js';
import { sentenceOf } from '../locales/en.js';
import { inboxLanguages, nameOfLanguage } from '../locales/index.js';
import { account } from './inbox-account.styles.js';

/**
 * @summary The agent's own account: passkeys, language, shortcuts.
 * @fires inbox-account-changed - Passkeys or settings are not what they were.
 */
export class InboxAccount extends LitElement {
  static override styles = [look, account];

  /** Where to ask and how to speak. */
  @property({ attribute: false }) room: Room | undefined;

  /** Whether shortcuts of a single key work. */
  @property({ type: Boolean }) keys = false;

  /** Language spoken now. */
  @property() language = 'en';

  @state() private problem = '';

  @state() private told = '';

  @state() private busy = false;

  /** What waits for a second factor. */
  @state() private waiting: (() => Promise<string>) | undefined;

  @query('dialog') private dialog!: HTMLDialogElement | null;

  @query('inbox-proof') private proof!: InboxProof | null;

  constructor() {
    super();
    this.addController(new KeepsFocus(this, 'h3'));
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('waiting') && this.waiting) this.proof?.focus();
  }

  /** Opens it over the page. */
  open(): void {
    this.problem = this.told = '';
    this.waiting = undefined;
    this.dialog?.showModal();
  }

  /** Closes it with nothing done. */
  close(): void {
    this.dialog?.close();
  }

  #add = (event: Event): void => {
    event.preventDefault();
    const { room } = this;
    const form = event.target as HTMLFormElement;
    const name = typedIn(form)['name']?.trim();
    if (!room || !name) return;
    void this.#try(async () => {
      const answer = await makePasskey(await room.api.newPasskeyQuestion());
      if (answer === null) return room.text.passkeyNotAdded;
      await room.api.addPasskey(name, answer);
      form.reset();
      return room.text.passkeyAdded;
    });
  };

  #remove({ detail }: MouseEvent, id: string): void {
    // the second press of a double click finds the next one where the first one was
    if (detail > 1) return;
    void this.#try(async () => {
      await this.room?.api.removePasskey(id).catch((error: unknown) => {
        // it may have gone before the list has heard of it
        if (!isSupportError(error) || error.code !== 'not-found') throw error;
      });
      return '';
    });
  }

  async #try(work: () => Promise<string>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = this.told = '';
    this.waiting = undefined;
    try {
      this.told = await work();
      this.dispatchEvent(new InboxAccountChangedEvent());
    } catch (error) {
      if (isSupportError(error) && error.code === 'second-factor-needed') this.waiting = work;
      else if (this.room) this.problem = sentenceOf(this.room.text, error);
    }
    this.busy = false;
  }

  #proved = ({ agent }: InboxSignedInEvent): void => {
    // another person's passkey has opened their session
    if (agent.id !== this.room?.me.agent.id) return location.reload();
    if (this.waiting) void this.#try(this.waiting);
  };

  #set(change: { keys?: boolean; language?: string }): void {
    Object.assign(this, change);
    this.dispatchEvent(new InboxAccountChangedEvent());
  }

  protected override render(): unknown {
    if (!this.room) return nothing;
    const { text, me, tag } = this.room;
    return html`<dialog aria-labelledby="title">
      <div class="head">
        <h2 id="title">${text.account}</h2>
        <form method="dialog"><button>${text.close}</button></form>
      </div>
      <p><bdi>${me.agent.name}</bdi> · <bdi class="muted">${me.agent.email}</bdi></p>
      <section class="fields">
        <h3 tabindex="-1">${text.passkeys}</h3>
        ${me.passkeys.length ? nothing : html`<p class="hint">${text.noPasskeys}</p>`}
        <ul>
          ${repeat(
            me.passkeys,
            ({ id }) => id,
            ({ id, name, lastUsedAt }) =>
              html`<li class="row">
                <span>${name}</span>
                <span class="muted">${lastUsedAt ? text.lastUsed(momentIn(tag, lastUsedAt)) : text.neverUsed}</span>
                <button class="plain" aria-disabled=${this.busy} @click=${(event: MouseEvent) => this.#remove(event, id)}>
                  ${text.removePasskey(name)}
                </button>
              </li>`,
          )}
        </ul>
        ${
          passkeysWork()
            ? html`<form class="row" @submit=${this.#add}>
                <div class="grow">
                  <label for="passkey">${text.passkeyName}</label>
                  <input id="passkey" name="name" maxlength="80" required autocomplete="off" />
                </div>
                <button aria-disabled=${this.busy}>${text.addPasskey}</button>
              </form>`
            : nothing
        }
        ${this.waiting ? html`<inbox-proof .room=${this.room} @inbox-signed-in=${this.#proved}></inbox-proof>` : nothing}
        <div role="status" class="done">${this.told}</div>
        <div role="alert">${this.problem ? html`<p class="problem">${this.problem}</p>` : nothing}</div>
      </section>
      <section class="fields">
        <div>
          <label for="language">${text.language}</label>
          <select id="language" @change=${(event: Event) => this.#set({ language: (event.target as HTMLSelectElement).value })}>
            ${inboxLanguages.map(
              (file) => html`<option value=${file} lang=${file} ?selected=${file === this.language}>${nameOfLanguage(file)}</option>`,
            )}
          </select>
        </div>
        <div>
          <label class="check">
            <input
              type="checkbox"
              aria-describedby="keys-hint"
              .checked=${this.keys}
              @change=${(event: Event) => this.#set({ keys: (event.target as HTMLInputElement).checked })}
            />${text.singleKeys}</label
          >
          <p class="hint" id="keys-hint">${text.singleKeysHint}</p>
        </div>
      </section>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-account': InboxAccount;
  }
}
