import { isSupportError } from '@storefront-support/contract';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { InboxSignedInEvent } from '../base/events.js';
import type { SetUpInvite } from '../base/inbox-api.js';
import { look } from '../base/look.styles.js';
import type { Room } from '../base/room.js';
import { typedIn } from '../base/typed-in.js';
import { card } from '../inbox-sign-in/card.styles.js';
import { sentenceOf } from '../locales/en.js';

const PASSWORD_FROM = 12;

/**
 * @summary Where a set-up link leads: password and time-based codes of a new account.
 * @fires inbox-signed-in - The account is set up and open.
 */
export class InboxSetUp extends LitElement {
  static override styles = [look, card];

  /** Where to ask and how to speak. */
  @property({ attribute: false }) room: Omit<Room, 'me'> | undefined;

  /** Of the link. */
  @property({ attribute: false }) token = '';

  @state() private invite: SetUpInvite | undefined;

  @state() private problem = '';

  @state() private wrong: 'password' | 'code' | '' = '';

  @state() private busy = false;

  @state() private shown = false;

  @state() private copied = false;

  @query('form') private form!: HTMLFormElement | null;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('token') && this.token) void this.#look();
  }

  async #look(): Promise<void> {
    if (!this.room) return;
    this.problem = '';
    try {
      this.invite = await this.room.api.invite(this.token);
    } catch (error) {
      this.problem = sentenceOf(this.room.text, error);
    }
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    const { room, form } = this;
    if (!room || !form || this.busy) return;
    const { password = '', code = '' } = typedIn(form);
    this.problem = '';
    this.wrong = password.length < PASSWORD_FROM ? 'password' : '';
    if (this.wrong) return this.#focusOn('password');
    this.busy = true;
    room.api.finishSetUp(this.token, password, code.replaceAll(/\s/g, '')).then(
      (agent) => this.dispatchEvent(new InboxSignedInEvent(agent)),
      (error: unknown) => {
        this.busy = false;
        if (isSupportError(error) && error.fields?.['code']) {
          this.wrong = 'code';
          this.#focusOn('code');
        } else this.problem = sentenceOf(room.text, error);
      },
    );
  };

  #focusOn(id: string): void {
    this.renderRoot.querySelector<HTMLElement>(`#${id}`)?.focus();
  }

  #copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(this.invite?.timeCode.secret ?? '').then(
      () => (this.copied = true),
      () => undefined,
    );
  };

  protected override render(): unknown {
    if (!this.room) return nothing;
    const { text } = this.room;
    return html`<main class="card">
      <h1>${text.setUp}</h1>
      <div role="alert">${this.problem ? html`<p class="problem">${this.problem}</p>` : nothing}</div>
      ${this.invite ? this.#renderForm(this.invite) : this.problem ? nothing : html`<p>${text.loading}</p>`}
    </main>`;
  }

  #renderForm({ agent, timeCode }: SetUpInvite): unknown {
    const { text } = this.room as Room;
    return html`<p>${text.setUpLead(agent.name, agent.email)}</p>
      <form class="fields" novalidate @submit=${this.#submit}>
        <input class="quiet" name="username" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${agent.email} />
        <div>
          <label for="password">${text.newPassword}</label>
          <input
            id="password"
            name="password"
            type=${this.shown ? 'text' : 'password'}
            autocomplete="new-password"
            maxlength="200"
            aria-describedby="password-hint"
            aria-invalid=${this.wrong === 'password'}
          />
          <p class="hint" id="password-hint">
            ${this.wrong === 'password' ? html`<span class="error">${text.shortPassword}</span>` : text.newPasswordHint}
          </p>
          <label class="check"
            ><input type="checkbox" .checked=${this.shown} @change=${() => (this.shown = !this.shown)} />${text.showPassword}</label
          >
        </div>
        <div class="fields">
          <div>
            <h2>${text.appStep}</h2>
            <p class="hint">${text.appHint}</p>
          </div>
          <p class="secret"><span class="quiet">${text.labelled(text.key)} </span>${timeCode.secret.replaceAll(/(.{4})/g, '$1 ').trim()}</p>
          <div class="row">
            <a class="button" href=${timeCode.uri} rel="noreferrer">${text.openInApp}</a>
            <button type="button" @click=${this.#copy}>${text.copyKey}</button>
            <span role="status" class="done">${this.copied ? text.copied : nothing}</span>
          </div>
        </div>
        <div>
          <label for="code">${text.codeStep}</label>
          <input
            id="code"
            name="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength="20"
            aria-describedby="code-hint"
            aria-invalid=${this.wrong === 'code'}
          />
          <p class="hint" id="code-hint">${this.wrong === 'code' ? html`<span class="error">${text.wrongCode}</span>` : text.codeHint}</p>
        </div>
        <button class="main" aria-disabled=${this.busy}>${text.finish}</button>
      </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-set-up': InboxSetUp;
  }
}
