import { isSupportError, SupportError, type Session, type SignInPort } from '@storefront-support/contract';
import { html, nothing } from 'lit';
import { on } from '../base/on.js';
import type { SignInText } from '../locales/en-tracker.js';
import { makeKeys } from '../outbox/ticket-keys.js';
import { readSession, removeSession, saveSession } from '../tracking/kept-access.js';
import { fullMoment } from '../tracking/moments.js';
import type { SupportTracker } from './support-tracker.js';

const ADDRESS = /^\S+@\S+\.\S+$/;
/** A link lives for ten minutes; what it is bound to a little longer. */
const ASKED_MS = 15 * 60_000;

/** `ask`: for an address. `sent`: a link may be on its way. `confirm`: it was asked for in another browser. `in`: signed in. */
type Step = 'ask' | 'sent' | 'opening' | 'confirm' | 'in';

/** Signs a person in by a mailed link, and shows where they are signed in. */
export class SignIn {
  #step: Step = 'ask';
  #email = '';
  #problem = '';
  #notice = '';
  #busy = false;
  /** What a mailed link has brought, until it is spent. */
  #linkToken = '';
  #sessions: Session[] = [];

  constructor(
    readonly tracker: SupportTracker,
    readonly text: SignInText,
  ) {}

  /** Spends the token of a mailed link. */
  async spend(linkToken: string, confirmed = false): Promise<void> {
    const { scope = '' } = this.tracker.adapter ?? {};
    this.#linkToken = linkToken;
    this.#step = 'opening';
    this.tracker.requestUpdate();
    const asked = await readSession(scope, 'asked');
    try {
      const { token, session } = await this.#port.openSession({
        linkToken,
        browserSecret: asked?.token,
        confirmed: confirmed || undefined,
      });
      this.#linkToken = '';
      await removeSession(scope, 'asked');
      await saveSession(scope, 'link', { token, expiresAt: session.expiresAt, numbers: [] });
      this.#notice = this.text.done;
      await this.showSessions();
    } catch (cause) {
      if (isSupportError(cause) && cause.code === 'confirmation-needed') return this.#go('confirm');
      const gone = isSupportError(cause) && cause.code === 'gone';
      const error = this.tracker.fail(cause);
      this.#problem = gone ? this.text.gone : this.#why(error);
      await this.#go('ask');
    }
  }

  /** Shows where the person is signed in. */
  async showSessions(): Promise<void> {
    const token = (await this.tracker.access?.person()) ?? '';
    try {
      this.#sessions = token ? await this.#port.listSessions({ token }) : [];
      await this.#go(token ? 'in' : 'ask');
    } catch (cause) {
      if (isSupportError(cause) && cause.code === 'not-signed-in') await this.tracker.access?.signOut();
      this.#problem = this.#why(this.tracker.fail(cause));
      await this.#go('ask');
    }
  }

  /** Focuses what comes next. */
  async #focus(place: string): Promise<void> {
    const { tracker } = this;
    tracker.requestUpdate();
    await tracker.updateComplete;
    if (tracker.here) tracker.renderRoot.querySelector<HTMLElement>(place)?.focus();
  }

  render(): unknown {
    const { text } = this;
    const body = {
      ask: this.#renderAsk,
      // an address may have been mistyped
      sent: this.#renderAsk,
      opening: () => nothing,
      confirm: this.#renderConfirm,
      in: this.#renderIn,
    };
    return html`<h3 id="account" tabindex="-1">${this.#step === 'in' ? text.sessions : text.heading}</h3>
      <div role="status">${this.#renderSaid()}</div>
      ${body[this.#step]()}`;
  }

  get #port(): SignInPort {
    const { signIn } = this.tracker.adapter ?? {};
    if (!signIn) throw new SupportError('misconfigured', 'Nobody can sign in at this backend.');
    return signIn;
  }

  readonly #renderAsk = (): unknown => {
    const { text } = this;
    const send = (event: Event) => {
      event.preventDefault();
      void this.#ask((event.currentTarget as HTMLFormElement).querySelector('input')?.value.trim() ?? '');
    };
    return html`<form class="notice" novalidate @submit=${on(send)}>
      <p class="soft">${text.hint}</p>
      <label for="email">${text.email}</label>
      <div class="actions">
        <input
          id="email"
          type="email"
          autocomplete="email"
          .value=${this.#email}
          aria-invalid=${this.#problem ? 'true' : nothing}
          aria-describedby=${this.#problem ? 'email-problem' : nothing}
        />
        <button type="submit" aria-disabled=${this.#busy}>${text.send}</button>
      </div>
      <p class="error" id="email-problem" role="alert">${this.#problem}</p>
    </form>`;
  };

  /** In a place that was there before: what comes into the page with its words is not spoken everywhere. */
  #renderSaid(): unknown {
    const { text } = this;
    if (this.#step === 'sent') return html`<p class="notice">${text.sent(this.#email)}</p>`;
    return this.#step === 'opening'
      ? text.opening
      : this.#step === 'in' && this.#notice
        ? html`<p class="soft">${this.#notice}</p>`
        : nothing;
  }

  readonly #renderConfirm = (): unknown =>
    html`<div class="notice" role="alert">
      <p><strong>${this.text.confirm}</strong></p>
      <p>${this.text.confirmHint}</p>
      <div class="actions">
        <button type="button" @click=${on(() => void this.spend(this.#linkToken, true))}>${this.text.confirmNow}</button>
        <button type="button" @click=${on(() => void this.#refuse())}>${this.text.no}</button>
      </div>
    </div>`;

  readonly #renderIn = (): unknown => {
    const { text, tracker } = this;
    const { tag } = tracker.language;
    const [first] = this.#sessions;
    return html`${first?.requester ? html`<p><bdi>${first.requester.email}</bdi></p>` : nothing}
      <ul>
        ${this.#sessions.map(
          (session) =>
            html`<li part="session" class="actions">
              <span
                >${text.via[session.via]}${session.current ? html` · <strong>${text.current}</strong>` : nothing}
                <span class="soft">${text.used(fullMoment(tag, session.lastUsedAt))}</span></span
              >
              <button part="end" type="button" @click=${on(() => void this.#end(session))}>
                ${session.current ? text.signOut : text.end}<span class="quiet">: ${text.via[session.via]}</span>
              </button>
            </li>`,
        )}
      </ul>`;
  };

  async #ask(email: string): Promise<void> {
    const { adapter, language } = this.tracker;
    if (this.#busy || !adapter) return;
    this.#email = email;
    this.#problem = ADDRESS.test(email) ? '' : this.text.problem;
    this.#busy = !this.#problem;
    this.tracker.requestUpdate();
    if (this.#problem) return this.#focus('#email');
    const { secret } = makeKeys();
    const expiresAt = new Date(Date.now() + ASKED_MS).toISOString();
    await saveSession(adapter.scope, 'asked', { token: secret, expiresAt, numbers: [] });
    try {
      await this.#port.requestLink({ email, browserSecret: secret, locale: language.tag });
    } catch (cause) {
      this.#problem = this.#why(this.tracker.fail(cause));
    }
    this.#busy = false;
    return this.#problem ? this.#focus('#email') : this.#go('sent');
  }

  async #end({ id, current }: Session): Promise<void> {
    const { access } = this.tracker;
    try {
      await this.#port.endSession(id, { token: (await access?.person()) ?? '' });
      this.#notice = this.text.ended;
      if (current) {
        await access?.signOut();
        await this.#go('ask');
      } else await this.showSessions();
    } catch (cause) {
      this.#notice = this.#why(this.tracker.fail(cause));
      this.tracker.requestUpdate();
    }
  }

  #refuse(): Promise<void> {
    this.#linkToken = '';
    return this.#go('ask');
  }

  #why(error: SupportError): string {
    return this.tracker.whyFailed(error);
  }

  async #go(step: Step): Promise<void> {
    this.#step = step;
    await this.#focus('#account');
  }
}
