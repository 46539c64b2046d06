import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { InboxSignedInEvent } from '../base/events.js';
import { look } from '../base/look.styles.js';
import { askForPasskey, passkeysWork } from '../base/passkey-answer.js';
import { proofFields } from '../base/proof-fields.js';
import type { Room } from '../base/room.js';
import { typedIn } from '../base/typed-in.js';
import { sentenceOf } from '../locales/en.js';

/**
 * @summary Has the agent who is signed in show a second factor once more: it is a new session that is as old as that.
 * @fires inbox-signed-in - It was shown, by whomever.
 */
export class InboxProof extends LitElement {
  static override styles = look;

  /** Where to ask and how to speak. */
  @property({ attribute: false }) room: Room | undefined;

  @state() private problem = '';

  @state() private busy = false;

  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('button[type=button], #password')?.focus());
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    const { password = '', code = '' } = typedIn(event.target as HTMLFormElement);
    void this.#try(async ({ api, me }) => api.signIn(me.agent.email, password, code.replaceAll(/\s/g, '')));
  };

  #passkey = (): void => {
    void this.#try(async ({ api, text }) => {
      const answer = await askForPasskey(await api.passkeyQuestion());
      return answer === null ? text.passkeyFailed : api.signInWithPasskey(answer);
    });
  };

  async #try(work: (room: Room) => Promise<string | InboxSignedInEvent['agent']>): Promise<void> {
    const { room } = this;
    if (!room || this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      const outcome = await work(room);
      if (typeof outcome === 'string') this.problem = outcome;
      else this.dispatchEvent(new InboxSignedInEvent(outcome));
    } catch (error) {
      this.problem = sentenceOf(room.text, error);
      const code = this.renderRoot.querySelector<HTMLInputElement>('#code');
      if (code) code.value = '';
    }
    this.busy = false;
  }

  protected override render(): unknown {
    if (!this.room) return nothing;
    const { text, me } = this.room;
    return html`<form class="fields" aria-labelledby="lead" @submit=${this.#submit}>
      <p id="lead">${text.proofLead}</p>
      ${
        passkeysWork() && me.passkeys.length
          ? html`<button type="button" @click=${this.#passkey}>${text.proveByPasskey}</button>
              <p class="muted">${text.or}</p>`
          : nothing
      }
      <input class="quiet" name="username" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${me.agent.email} />
      ${proofFields(text, { problem: this.problem, busy: this.busy, button: text.prove })}
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-proof': InboxProof;
  }
}
