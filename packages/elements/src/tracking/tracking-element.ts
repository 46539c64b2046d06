import { SupportError, type SupportAdapter } from '@storefront-support/contract';
import { html, nothing, type CSSResult, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { askForAdapter } from '../base/adapter-context.js';
import { on } from '../base/on.js';
import { SupportElement } from '../base/support-element.js';
import { SupportErrorEvent } from '../events.js';
import { errorSentence } from '../locales/error-sentence.js';
import type { MessageText } from '../locales/en.js';
import type { TrackerText } from '../locales/en-tracker.js';
import { messageTexts, trackerTexts } from '../locales/index.js';
import { asSupportError } from '../base/as-support-error.js';
import { Access } from './access.js';
import type { Listener } from './live.js';

const MINUTE_MS = 60_000;
/** Changes come in bursts. */
const BURST_MS = 200;

/** What tells of changes, once it is loaded. */
let live: typeof import('./live.js') | undefined;

/** `absent` where tickets cannot be followed, `failed` when they could not be read. */
export type TrackingState = 'loading' | 'ready' | 'failed' | 'absent';

/** What `<support-tracker>` and `<support-thread>` share: a backend, sentences, news, and what opens tickets. */
export abstract class TrackingElement extends SupportElement<TrackerText> {
  /** The backend; else the one of the nearest `<support-provider>`. */
  @property({ attribute: false }) adapter: SupportAdapter | undefined;

  /** Id of the `<support-form>` or `<support-launcher>` that another question is written in; else the first of the page. */
  @property() form = '';

  /** Fingerprints, apart by spaces, of the keys that access may be lent under: what the shop knows of them by another way. */
  @property({ attribute: 'vault-pin' }) vaultPin = '';

  /** `page`: access is entered in a window of its own alone; else in a frame where that can be. */
  @property({ attribute: 'vault-mode' }) vaultMode = '';

  /** @internal Of errors that have no sentence of their own here. */ @state() messages: MessageText | undefined;
  /** @internal */ @state() phase: TrackingState = 'loading';
  /** @internal What could not be read or written. */ @state() error: SupportError | undefined;
  /** @internal True while something is on its way. */ @state() busy = false;
  /** @internal Spoken politely. */ @state() spoken = '';
  /** @internal Of the clock that says how long ago something was. */ @state() now = Date.now();

  /** @internal */ access: Access | undefined;
  /** @internal */ override texts = trackerTexts;
  #provided: SupportAdapter | undefined;
  #forgetProvider: (() => void) | undefined;
  /** Aborted once what is shown is left. */
  protected stop = new AbortController();
  #burst: ReturnType<typeof setTimeout> | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #unlisten: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    askForAdapter(this, this.#takeProvided);
    if (this.access) this.enter();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forgetProvider?.();
    this.leave();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('adapter') || !this.adapter) return;
    this.access = Access.of(this.adapter);
    this.phase = this.access ? 'loading' : 'absent';
    this.enter();
  }

  protected override textFailed(cause: unknown): void {
    this.fail(loadFailed(cause));
  }

  /** @internal Reads, again if it failed before. */
  abstract read(): Promise<void>;

  /** Told of a change, in bursts. */
  protected abstract changed: Listener;

  /** Reads anew, then listens for changes. */
  protected enter(): void {
    this.leave();
    const { access } = this;
    const { signal } = this.stop;
    if (!access) return;
    // first of all: it may sign somebody in, whose tickets are listened for, too
    const read = this.read();
    if (live) this.#unlisten = live.listen(access, this.#told);
    const follow = () => this.#follow(access, signal);
    void read.then(follow);
    this.#clock = setInterval(() => {
      this.now = Date.now();
      void follow();
    }, MINUTE_MS);
  }

  /** Leaves nothing behind. */
  protected leave(): void {
    this.#unlisten?.();
    this.#unlisten = undefined;
    clearInterval(this.#clock);
    clearTimeout(this.#burst);
    this.stop.abort();
    this.stop = new AbortController();
  }

  /** Loads what listens, after what is to be seen, and looks for what was changed in between. */
  async #follow(access: Access, signal: AbortSignal): Promise<void> {
    if (this.#unlisten) return;
    try {
      live ??= await import('./live.js');
    } catch (cause) {
      // what is shown stays as it is until the next minute's try
      return void this.fail(loadFailed(cause));
    }
    if (signal.aborted || this.#unlisten) return;
    this.#unlisten = live.listen(access, this.#told);
    this.#told(null);
  }

  readonly #told: Listener = (hint) => {
    // nothing where the sentences are here
    this.speak();
    this.changed(hint);
  };

  /** @internal Hands over what somebody has reached for once it is loaded; says where it could not be, so that they try again. */
  async reach<T>(stage: Promise<T>, take: (loaded: T) => unknown): Promise<void> {
    try {
      take(await stage);
    } catch (cause) {
      this.error = this.fail(loadFailed(cause));
    }
  }

  /** @internal Takes on the styles of what was loaded later. */
  wear({ styleSheet }: CSSResult): void {
    const { adoptedStyleSheets } = this.renderRoot as ShadowRoot;
    if (styleSheet && !adoptedStyleSheets.includes(styleSheet)) adoptedStyleSheets.push(styleSheet);
  }

  /** @internal Does one thing at a time, and shows why it could not be done. */
  async run(work: () => Promise<unknown>): Promise<void> {
    const { signal } = this.stop;
    if (this.busy) return;
    this.busy = true;
    this.error = undefined;
    try {
      await work();
    } catch (cause) {
      if (!signal.aborted) this.error = this.fail(cause);
    }
    this.busy = false;
  }

  /** Runs the last of many that come together. */
  protected soon(work: () => unknown): void {
    clearTimeout(this.#burst);
    this.#burst = setTimeout(work, BURST_MS);
  }

  /** @internal False once somebody has gone on to other things on the page. */
  get here(): boolean {
    return this.matches(':focus-within') || document.activeElement === document.body;
  }

  /** @internal Has a sentence spoken, politely; the same one again is another text, or nobody would hear it. */
  say(sentence: string): void {
    this.spoken = sentence + (sentence === this.spoken ? '\u00a0' : '');
  }

  /** @internal The error, told to the page and to be told to the person. */
  fail(cause: unknown): SupportError {
    const error = asSupportError(cause);
    void messageTexts(this.language.file).then(
      (messages) => (this.messages = messages),
      () => undefined,
    );
    (this as EventTarget).dispatchEvent(new SupportErrorEvent(error));
    return error;
  }

  /** @internal The person's sentence for what went wrong. */
  whyFailed({ code }: Pick<SupportError, 'code'>): string {
    const { text, messages } = this;
    const own: { [code: string]: string } = text?.errors ?? {};
    return (Object.hasOwn(own, code) && own[code]) || (messages ? errorSentence(messages, code) : '');
  }

  /** @internal What went wrong, beside what is shown or in its place. */
  renderError(title: string, more?: unknown): unknown {
    const { error, phase, text } = this;
    if (!error) return nothing;
    return html`<div part="error" class="notice wrong" role="alert" tabindex="-1" data-code=${error.code}>
      ${phase === 'failed' ? html`<strong>${title}</strong>` : nothing}
      <p>${this.whyFailed(error)}</p>
      ${more}
      ${
        phase === 'failed' || error.code === 'load-failed'
          ? html`<button part="retry" type="button" @click=${on(() => void this.#again())}>${text?.tryAgain}</button>`
          : nothing
      }
    </div>`;
  }

  /** @internal The root, whatever is in it. */
  protected renderBase(content: unknown): unknown {
    const { language, phase, text } = this;
    const shown = text ? phase : 'loading';
    return html`<div part="base" lang=${language.tag} dir=${language.dir} data-state=${shown} aria-busy=${shown === 'loading'}>
      ${phase === 'absent' ? text?.absent : content}<span class="quiet" role="status">${this.spoken}</span>
    </div>`;
  }

  /** The button that was pressed is gone while it reads. */
  async #again(): Promise<void> {
    await this.read();
    if (this.here) this.focus();
  }

  #takeProvided = (adapter: SupportAdapter | undefined, forget?: () => void): void => {
    this.#forgetProvider = forget;
    if (this.adapter === this.#provided) this.adapter = this.#provided = adapter;
  };
}

function loadFailed(cause: unknown): SupportError {
  return new SupportError('load-failed', 'Code did not load.', { cause });
}
