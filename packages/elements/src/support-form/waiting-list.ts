import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { momentIn, numberIn } from '../base/format.js';
import { on } from '../base/on.js';
import { errorSentence } from '../locales/error-sentence.js';
import type { WaitingText } from '../locales/en.js';
import { waitingTexts } from '../locales/index.js';
import { isDoubtful } from '../outbox/delivery.js';
import type { Entry } from '../outbox/entry.js';
import { hold, release } from '../outbox/locks.js';
import { sendNow } from '../outbox/sender.js';
import { filesOf } from '../outbox/shelf.js';
import { DATABASE } from '../outbox/kept.js';
import { readEntry, removeEntry } from '../outbox/store.js';
import type { Submission } from './submit.js';

/** More than this is counted, not shown. */
const SHOWN = 20;
const HOLD_MS = 2_000;
const HELD = `${DATABASE} `;

const waitingStyles = css`
  [part='waiting'] {
    padding: var(--_space);
    border: 1px solid var(--_border);
    border-inline-start-width: 5px;
    border-radius: var(--_radius);
    background: var(--_tint);
  }
  :not(form) > [part='waiting'] {
    margin-block: var(--_space);
  }
  [part='waiting'] h3 {
    margin: 0;
    font-size: 1.0625em;
    line-height: 1.35;
  }
  [part='waiting'] ul {
    display: grid;
    gap: var(--_space);
    margin: 0.75em 0 0;
    padding: 0;
    list-style: none;
  }
  [part='waiting'] li {
    display: block;
  }
  [part='waiting'] :is(p, strong) {
    display: block;
    margin: 0;
  }
`;

/** The messages of one backend on this device, beside the one that a form shows. */
export class WaitingList {
  #entries: Entry[] = [];
  #files = new Map<string, number>();
  /** Entries that somebody holds: a form in another tab, or what sends. */
  #held = new Set<string>();
  /** The entry whose button for deleting was pressed once. */
  #deleting = '';
  #spoken = '';
  #editing = false;
  #asking = false;

  constructor(
    readonly submission: Submission,
    readonly text: WaitingText,
  ) {
    const { styleSheet } = waitingStyles;
    if (styleSheet) (submission.form.renderRoot as ShadowRoot).adoptedStyleSheets.push(styleSheet);
  }

  /** Shows these entries. Drafts that are open in another tab belong there. */
  async show(entries: Entry[]): Promise<void> {
    const { form } = this.submission;
    const item = (form.renderRoot as ShadowRoot).activeElement?.closest('[part=waiting-entry]');
    const { held = [] } = (await (navigator.locks as LockManager | undefined)?.query().catch(() => undefined)) ?? {};
    this.#held = new Set(held.map(({ name = '' }) => name.slice(HELD.length)));
    this.#entries = entries.filter(({ id, draft, receipt }) => draft || receipt || !this.#held.has(id)).reverse();
    for (const { id } of this.#entries.slice(0, SHOWN)) this.#files.set(id, (await filesOf(id).catch(() => [])).length);
    // a lock that is released tells nobody
    if (!this.#asking && this.#entries.some(({ id, receipt }) => !receipt && this.#held.has(id))) {
      this.#asking = true;
      setTimeout(() => {
        this.#asking = false;
        void this.submission.keeper.list();
      }, HOLD_MS);
    }
    form.requestUpdate();
    await form.updateComplete;
    // the button that had focus may be gone
    if (item && document.activeElement === document.body) this.#focus(item.querySelector('button'));
  }

  readonly render = (): unknown => {
    const { text, submission } = this;
    const { tag } = submission.form.language;
    const { length } = this.#entries;
    const more = length - SHOWN;
    return html`<div role="status" class="quiet">${this.#spoken}</div>
      ${
        length
          ? html`<section part="waiting" aria-labelledby="waiting-title">
              <h3 id="waiting-title" tabindex="-1">${text.title(length, numberIn(tag, length))}</h3>
              <ul>
                ${repeat(
                  this.#entries.slice(0, SHOWN),
                  ({ id }) => id,
                  (entry) => this.#renderEntry(entry),
                )}
              </ul>
              ${more > 0 ? html`<p class="soft">${text.more(more, numberIn(tag, more))}</p>` : nothing}
            </section>`
          : nothing
      }`;
  };

  #renderEntry(entry: Entry): unknown {
    const { text, submission } = this;
    const { tag } = submission.form.language;
    const { id, draft, receipt, values, savedAt } = entry;
    const count = this.#files.get(id) ?? 0;
    const title = draft?.subject || values['subject'] || values['message']?.slice(0, 60) || text.untitled;
    return html`<li part="waiting-entry" data-id=${id}>
      <strong id=${id}><bdi>${title}</bdi></strong>
      <p role="status">${this.#stateOf(entry)}</p>
      ${
        receipt
          ? nothing
          : html`<p class="soft">${text.written(momentIn(tag, savedAt))} ${count ? text.files(count, numberIn(tag, count)) : nothing}</p>`
      }
      <div class="choices">${receipt ? this.#renderSeen(entry) : this.#renderChoices(entry)}</div>
    </li>`;
  }

  #stateOf(entry: Entry): string {
    const { text, submission } = this;
    const { messages, form } = submission;
    const { id, draft, receipt, code } = entry;
    if (receipt) return receipt.ticket ? text.sent(receipt.ticket.number) : text.taken;
    const reason = code ? `${errorSentence(messages, code)} ` : '';
    if (!draft) return reason + (code ? text.needsYou : text.unfinished);
    if (this.#held.has(id)) return text.sending;
    return reason + (isDoubtful(entry, form.adapter) ? messages.doubt : text.queued);
  }

  #renderChoices(entry: Entry): unknown {
    const { text, submission } = this;
    const { messages, form } = submission;
    const { id, draft } = entry;
    const busy = !!draft && this.#held.has(id);
    return html`${
        draft
          ? html`<button
              part="send-now"
              type="button"
              aria-describedby=${id}
              aria-disabled=${busy}
              @click=${on(() => void this.#sendNow(entry))}
            >
              ${isDoubtful(entry, form.adapter) ? messages.sendAgain : text.sendNow}
            </button>`
          : nothing
      }
      <button part="edit" type="button" aria-describedby=${id} aria-disabled=${busy} @click=${on(() => void this.#edit(entry))}>
        ${draft ? text.edit : text.resume}
      </button>
      <button
        part="delete"
        type="button"
        aria-describedby=${id}
        aria-disabled=${busy}
        @click=${on((event: UIEvent) => void (event.detail > 1 || this.#delete(entry)))}
      >
        ${this.#deleting === id ? text.reallyRemove : text.remove}
      </button>`;
  }

  #renderSeen(entry: Entry): unknown {
    return html`<button part="seen" type="button" aria-describedby=${entry.id} @click=${on(() => void this.#remove(entry, ''))}>
      ${this.text.seen}
    </button>`;
  }

  async #sendNow({ id }: Entry): Promise<void> {
    const { adapter } = this.submission.form;
    if (adapter && !this.#held.has(id)) await sendNow(adapter, id);
  }

  /** Opens a message in the form. What stands there waits in the list meanwhile. */
  async #edit({ id }: Entry): Promise<void> {
    const { keeper, form } = this.submission;
    if (this.#editing || form.phase === 'sending' || this.#held.has(id) || !(await hold(id))) return;
    this.#editing = true;
    const entry = await readEntry(id).catch(() => undefined);
    if (entry && !entry.receipt) await keeper.take(entry).catch(() => undefined);
    else release(id);
    this.#editing = false;
    await keeper.list();
    await form.updateComplete;
    form.focus();
  }

  async #delete(entry: Entry): Promise<void> {
    if (this.#held.has(entry.id)) return;
    if (this.#deleting === entry.id) return this.#remove(entry, this.text.removed);
    this.#deleting = entry.id;
    this.submission.form.requestUpdate();
  }

  async #remove({ id, secret }: Entry, spoken: string): Promise<void> {
    const { form } = this.submission;
    // whoever has just sent it lets go in a moment
    if (!(await hold(id, HOLD_MS))) return;
    const { attachments } = form.adapter ?? {};
    // of a ticket they are the shop's by now
    const uploads = spoken ? (await filesOf(id).catch(() => [])).filter(({ resume }) => resume) : [];
    for (const { resume } of uploads) void attachments?.remove(resume, { secret, signal: undefined }).catch(() => undefined);
    this.#spoken = spoken;
    await removeEntry(id).catch(() => undefined);
    release(id);
    await this.submission.keeper.list();
    // whoever has gone on meanwhile is left there
    if (!form.matches(':focus-within')) this.#focus(null);
  }

  #focus(button: HTMLElement | null): void {
    const { form } = this.submission;
    ((button?.isConnected && button) || (form.renderRoot.querySelector<HTMLElement>('#waiting-title') ?? form)).focus();
  }
}

/** The list, once its sentences are here. */
export async function createWaitingList(submission: Submission): Promise<WaitingList> {
  return new WaitingList(submission, await waitingTexts(submission.form.language.file));
}
