import type { Rating, TicketSummary } from '@storefront-support/contract';
import { html, nothing } from 'lit';
import { groupOf } from '../tracking/group-of.js';
import { tellAll } from '../tracking/live.js';
import { on } from '../base/on.js';
import { SupportQuestionAskedEvent } from './question-asked-event.js';
import type { AnswerText } from '../locales/en-tracker.js';
import { nearMoment } from '../tracking/moments.js';
import type { SupportThread } from './support-thread.js';

const LONGEST = 1_000;

/** True while a person may write to a ticket: a closed one can be opened again for some time. */
export function isReopenable({ status, reopenUntil }: TicketSummary, now: number): boolean {
  return status !== 'closed' || (!!reopenUntil && Date.parse(reopenUntil) > now);
}

/** What a person can do with a ticket besides answering it. */
export class TicketChoices {
  /** Pressed and not sent yet. */
  #score: Rating['score'] | '' = '';

  constructor(
    readonly thread: SupportThread,
    readonly text: AnswerText,
  ) {}

  render(ticket: TicketSummary): unknown {
    const { thread, text } = this;
    return html`${this.#renderRating(ticket)} ${ticket.status === 'closed' ? this.#renderReopen(ticket) : this.#renderClose()}
    ${
      target(thread) || thread.form
        ? html`<button part="another" type="button" @click=${on(() => this.#ask(ticket))}>${text.another}</button>`
        : nothing
    }`;
  }

  #renderClose(): unknown {
    const { text, thread } = this;
    const close = (event: Event) => {
      event.preventDefault();
      void this.#setStatus('closed', writtenIn(event));
    };
    return html`<details part="close">
      <summary>${text.close}</summary>
      <form @submit=${on(close)}>
        <div>
          <label for="reason">${text.reason}</label>
          <textarea id="reason" rows="2" maxlength=${LONGEST}></textarea>
        </div>
        <button type="submit" aria-disabled=${thread.busy}>${text.close}</button>
      </form>
    </details>`;
  }

  #renderReopen(ticket: TicketSummary): unknown {
    const { text, thread } = this;
    const { language, now, busy } = thread;
    if (!isReopenable(ticket, now) || thread.access?.tracking.bareStatus === true) return nothing;
    return html`<div class="actions">
      <button part="reopen" type="button" aria-disabled=${busy} @click=${on(() => void this.#setStatus('open'))}>${text.reopen}</button>
      <span class="soft">${text.until(nearMoment(language.tag, ticket.reopenUntil ?? '', now))}</span>
    </div>`;
  }

  #renderRating({ rating, firstRespondedAt }: TicketSummary): unknown {
    const { text, thread } = this;
    if (!firstRespondedAt || !thread.access?.tracking.rate) return nothing;
    if (rating) return html`<p part="rating" class="soft">${text.thanks}</p>`;
    const send = (event: Event) => {
      event.preventDefault();
      const score = this.#score;
      const comment = writtenIn(event);
      if (score) void this.#change(() => thread.access!.tracking.rate!(thread.number, { score, comment }, thread.options), text.thanks);
    };
    const choose = (score: Rating['score']) => {
      this.#score = score;
      thread.requestUpdate();
    };
    return html`<form part="rating" @submit=${on(send)}>
      <fieldset>
        <legend>${text.rate}</legend>
        ${(['good', 'bad'] as const).map(
          (value) =>
            html`<label class="choice"
              ><input type="radio" name="score" value=${value} .checked=${this.#score === value} @change=${on(() => choose(value))} />
              ${text[value]}</label
            >`,
        )}
      </fieldset>
      ${
        this.#score
          ? html`<div>
                <label for="comment">${text.comment}</label>
                <textarea id="comment" rows="2" maxlength=${LONGEST}></textarea>
              </div>
              <button type="submit" aria-disabled=${thread.busy}>${text.sendRating}</button>`
          : nothing
      }
    </form>`;
  }

  #setStatus(status: 'open' | 'closed', reason?: string): Promise<void> {
    const { thread } = this;
    return this.#change(() => thread.access!.tracking.setStatus(thread.number, { status, reason: reason || undefined }, thread.options));
  }

  /** Shows what the ticket is then, and tells other tabs; the control that was pressed is gone. */
  async #change(work: () => Promise<TicketSummary>, said?: string): Promise<void> {
    const { thread } = this;
    await thread.run(async () => {
      const ticket = await work();
      // before what has it goes: reading what came of it takes its time; whoever has gone on meanwhile is left there
      if (thread.here) thread.focus();
      thread.take(ticket);
      thread.say(said ?? thread.text?.status[groupOf(ticket)] ?? '');
      this.#score = '';
      // what comes next is pressed meanwhile
      void thread.catchUp().then(() => tellAll(thread.access?.scope ?? ''));
    });
  }

  #ask(ticket: TicketSummary): void {
    const { text, thread } = this;
    const subject = text.about(ticket.number, ticket.subject ?? thread.text?.untitled ?? '');
    if (!(thread as EventTarget).dispatchEvent(new SupportQuestionAskedEvent(ticket, subject))) return;
    const form = target(thread);
    if (!form) return;
    // what somebody is writing there stays as it is
    if (!form.values?.['message']) {
      form.setAttribute('contact', ticket.contactId);
      form.setAttribute('subject', subject);
    }
    form.scrollIntoView();
    if (form.show) form.show();
    else form.focus();
  }
}

/** The form, or the launcher, that another ticket is written in. */
function target({ form }: SupportThread): (HTMLElement & { show?(): void; values?: { [field: string]: string } }) | null {
  return form ? document.getElementById(form) : document.querySelector<HTMLElement>('support-form,support-launcher');
}

function writtenIn(event: Event): string {
  return (event.currentTarget as HTMLElement).querySelector('textarea')?.value.trim() ?? '';
}
