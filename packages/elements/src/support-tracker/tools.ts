import { css, html, nothing } from 'lit';
import { numberIn } from '../base/format.js';
import { on } from '../base/on.js';
import type { SignInText, TrackerText } from '../locales/en-tracker.js';
import { signInTexts } from '../locales/index.js';
import { asSupportError } from '../base/as-support-error.js';
import { forgetTickets } from '../tracking/forget-tickets.js';
import { SignIn } from './sign-in.js';
import type { SupportTracker } from './support-tracker.js';

const styles = css`
  details form {
    gap: 0;
  }
  [part='find'] button:not(:hover) {
    border-color: var(--_border);
    background: none;
    color: inherit;
  }
  details .notice,
  .notice .soft,
  div.notice .actions {
    margin-block: 0.5em;
  }
  li .soft {
    display: block;
  }
  .actions input {
    flex: 1;
    inline-size: auto;
    min-inline-size: min(10em, 100%);
    max-inline-size: 26em;
  }
  li.actions {
    justify-content: space-between;
  }
  li .name {
    flex: 1;
    min-inline-size: min(12em, 60%);
  }
`;

/** Loads what is said, and finds out who is signed in. */
export async function openTools(tracker: SupportTracker): Promise<Tools> {
  tracker.wear(styles);
  const tools = new Tools(tracker, await signInTexts(tracker.language.file));
  if (tracker.adapter?.signIn && (await tracker.access?.person())) await tools.signIn.showSessions();
  return tools;
}

/** Finds a ticket by its number, signs in, and forgets what this device keeps. */
export class Tools {
  readonly signIn: SignIn;
  /** Number that was looked for last. */
  #sought = '';
  /** Number that was looked for and is not here. */
  #notHere = '';
  /** What the button for forgetting was pressed of once: a number, or none for all of them. */
  #forgetting: string | undefined;

  constructor(
    readonly tracker: SupportTracker,
    readonly text: SignInText,
  ) {
    this.signIn = new SignIn(tracker, text);
  }

  render(): unknown {
    const { tracker } = this;
    const { text, adapter, kept } = tracker;
    return html`${this.#renderFind()} ${adapter?.signIn ? html`<div part="account">${this.signIn.render()}</div>` : nothing}
    ${kept.length && text ? this.#renderKept(text) : nothing}`;
  }

  /** Where there is nothing to list. */
  renderEmpty(): unknown {
    return html`<div part="empty" class="notice">
      <strong>${this.text.empty}</strong>
      <p class="soft">${this.text.emptyHint}</p>
    </div>`;
  }

  /** Opens the ticket of a number as it was typed, or says why it cannot be. */
  async #find(typed: string): Promise<void> {
    const number = (this.#sought = numberFrom(typed));
    this.#notHere = '';
    if (!number) return;
    const opens = await this.#opens(number);
    // another one has been looked for, or opened, meanwhile
    if (this.#sought !== number || this.tracker.number) return;
    if (opens) return this.tracker.show(number);
    this.#notHere = number;
    this.tracker.requestUpdate();
  }

  /** False where nothing here opens it. What cannot be asked now is told by the thread. */
  async #opens(number: string): Promise<boolean> {
    const { access, list } = this.tracker;
    if (list?.tickets.has(number)) return true;
    const token = await access?.tokenFor(number);
    if (!access || !token) return false;
    return access.tracking.getThread(number, { token, limit: 1 }).then(
      () => true,
      (cause: unknown) => asSupportError(cause).code !== 'not-found',
    );
  }

  #renderFind(): unknown {
    const { text, tracker } = this;
    const find = (event: Event) => {
      event.preventDefault();
      void this.#find((event.currentTarget as HTMLFormElement).querySelector('input')?.value ?? '');
    };
    return html`<form part="find" role="search" novalidate @submit=${on(find)}>
        <label for="number">${text.find}</label>
        <div class="actions">
          <input id="number" autocomplete="off" autocapitalize="characters" spellcheck="false" dir="ltr" maxlength="64" />
          <button type="submit">${text.findNow}</button>
        </div>
      </form>
      <div role="status">
        ${
          this.#notHere
            ? html`<div part="not-here" class="notice">
                <strong>${text.notHere(this.#notHere)}</strong>
                <p>${tracker.adapter?.signIn ? text.signInHint : text.deviceHint}</p>
              </div>`
            : nothing
        }
      </div>`;
  }

  #renderKept({ untitled }: TrackerText): unknown {
    const { text, tracker } = this;
    const { kept, language } = tracker;
    const button = (part: 'forget' | 'forget-all', what: string, label: string, name = '') =>
      html`<button part=${part} type="button" @click=${on((event: UIEvent) => void (event.detail > 1 || this.#forget(what)))}>
        ${this.#forgetting === what ? text.really : label}${name ? html`<span class="quiet">: ${name}</span>` : nothing}
      </button>`;
    return html`<div part="kept" class="stack">
      <h3 id="kept" tabindex="-1">${text.kept(kept.length, numberIn(language.tag, kept.length))}</h3>
      <p class="soft">${text.keptHint}</p>
      <ul>
        ${kept.map(
          ({ number, subject }) =>
            html`<li class="actions">
              <span class="name"
                ><bdi>${subject || untitled}</bdi> <span class="soft"><bdi>${number}</bdi></span></span
              >
              ${button('forget', number, text.forget, number)}
            </li>`,
        )}
      </ul>
      ${button('forget-all', '', text.forgetAll)}
    </div>`;
  }

  /** The second press counts; the button that was pressed is gone then. */
  async #forget(what: string): Promise<void> {
    const { tracker } = this;
    const { list, access } = tracker;
    const sure = this.#forgetting === what;
    this.#forgetting = sure ? undefined : what;
    tracker.requestUpdate();
    if (!sure) return;
    const numbers = what ? [what] : tracker.kept.map(({ number }) => number);
    try {
      await forgetTickets(access?.scope ?? '', what);
    } catch (cause) {
      return void (tracker.error = tracker.fail(cause));
    }
    for (const number of numbers) list?.tickets.delete(number);
    tracker.kept = tracker.kept.filter(({ number }) => !numbers.includes(number));
    tracker.say(this.text.forgotten);
    await tracker.updateComplete;
    (tracker.renderRoot.querySelector<HTMLElement>('#kept') ?? tracker).focus();
  }
}

/** A ticket number as people type it, in the form that numbers have: `k7qf 2m9x` is `K7QF-2M9X`. */
function numberFrom(typed: string): string {
  const bare = typed.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
  return bare.length === 8 ? `${bare.slice(0, 4)}-${bare.slice(4)}` : typed.trim();
}
