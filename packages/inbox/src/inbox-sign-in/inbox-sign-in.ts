import { html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { InboxSignedInEvent } from '../base/events.js';
import type { Room } from '../base/room.js';
import { look } from '../base/look.styles.js';
import { askForPasskey, passkeysWork } from '../base/passkey-answer.js';
import { proofFields } from '../base/proof-fields.js';
import { typedIn } from '../base/typed-in.js';
import { sentenceOf } from '../locales/en.js';
import { card } from './card.styles.js';

/**
 * @summary Lets an agent in, by password and code or by passkey.
 * @fires inbox-signed-in - Somebody has signed in.
 */
export class InboxSignIn extends LitElement {
  static override styles = [look, card];

  /** Where to ask and how to speak. */
  @property({ attribute: false }) room: Omit<Room, 'me'> | undefined;

  /** True: a session has ended while somebody was at work. */
  @property({ type: Boolean }) ended = false;

  @state() private problem = '';

  @state() private busy = false;

  @query('form') private form!: HTMLFormElement | null;

  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#email')?.focus());
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    const { room, form } = this;
    if (!room || !form || this.busy) return;
    const { email = '', password = '', code = '' } = typedIn(form);
    void this.#try(async () => room.api.signIn(email.trim(), password, code.replaceAll(/\s/g, '')));
  };

  #passkey = (): void => {
    const { room } = this;
    if (!room || this.busy) return;
    void this.#try(async () => {
      const answer = await askForPasskey(await room.api.passkeyQuestion());
      return answer === null ? room.text.passkeyFailed : room.api.signInWithPasskey(answer);
    });
  };

  async #try(work: () => Promise<string | InboxSignedInEvent['agent']>): Promise<void> {
    this.busy = true;
    this.problem = '';
    try {
      const outcome = await work();
      if (typeof outcome === 'string') this.problem = outcome;
      else {
        this.form?.reset();
        this.dispatchEvent(new InboxSignedInEvent(outcome));
      }
    } catch (error) {
      if (this.room) this.problem = sentenceOf(this.room.text, error);
      const code = this.renderRoot.querySelector<HTMLInputElement>('#code');
      if (code) code.value = '';
    }
    this.busy = false;
  }

  protected override render(): unknown {
    if (!this.room) return nothing;
    const { text } = this.room;
    return html`<main class="card">
      <h1>${text.signIn}</h1>
      <p class="muted">${this.ended ? text.signedOutLead : text.signInLead}</p>
      <form class="fields" @submit=${this.#submit}>
        <div>
          <label for="email">${text.email}</label>
          <input id="email" name="email" type="email" autocomplete="username" required maxlength="254" />
        </div>
        ${proofFields(text, { problem: this.problem, busy: this.busy, button: text.signIn })}
      </form>
      ${
        passkeysWork()
          ? html`<p class="or"><span>${text.or}</span></p>
              <button class="wide" type="button" @click=${this.#passkey}>${text.passkey}</button>`
          : nothing
      }
    </main>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-sign-in': InboxSignIn;
  }
}
