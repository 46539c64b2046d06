import { html, nothing } from 'lit';
import { bare } from '../base/bare.js';
import { on } from '../base/on.js';
import { numberIn } from '../base/format.js';
import { errorSentence } from '../locales/error-sentence.js';
import type { Submission } from './submit.js';

/** What stands between the person and a ticket: fields to correct, or a failed try and the ways on. */
export function renderProblem(submission: Submission): unknown {
  const { form, error, filesMissing, problems } = submission;
  if (form.phase !== 'failed') return nothing;
  if (submission.question) return submission.question();
  const open = submission.summary.filter((name) => problems[name]);
  if (open.length) return renderSummary(submission, open);
  if (error?.code === 'invalid-fields' && submission.summary.length) return nothing;
  return filesMissing || error ? renderFailure(submission) : nothing;
}

function renderSummary(submission: Submission, fields: string[]): unknown {
  const { messages, form } = submission;
  return html`<div part="error" role="alert" aria-live="off" aria-labelledby="problem" tabindex="-1" data-code="invalid-fields">
    <h3 id="problem">${messages.summary(fields.length, numberIn(form.language.tag, fields.length))}</h3>
    <ul>
      ${fields.map(
        (name) =>
          html`<li>
            <a href="#${name}" @click=${on((event: Event) => goTo(event, submission, name))}>${submission.sentenceFor(name)}</a>
          </li>`,
      )}
    </ul>
  </div>`;
}

function goTo(event: Event, { form }: Submission, name: string): void {
  event.preventDefault();
  const field = (form.renderRoot as ShadowRoot).getElementById(name);
  (field?.matches('fieldset') ? field.querySelector('input') : field)?.focus();
}

function renderFailure(submission: Submission): unknown {
  const { messages, error, filesMissing, form, online } = submission;
  const { tag } = form.language;
  const { queued } = submission;
  const waiting = submission.countdown.until > 0;
  const again = filesMissing
    ? messages.retryFiles
    : queued
      ? messages.sendNow
      : submission.doubtful
        ? messages.sendAgain
        : messages.tryAgain;
  return html`<div
    part="error"
    class=${queued ? 'calm' : ''}
    role="group"
    aria-labelledby="problem"
    tabindex="-1"
    data-code=${error?.code ?? 'files'}
  >
    <div role="alert">
      <h3 id="problem">${queued ? messages.saved : submission.ambiguous ? messages.unconfirmed : messages.failed}</h3>
      ${filesMissing ? html`<p><strong>${messages.filesMissing(filesMissing, numberIn(tag, filesMissing))}.</strong></p>` : nothing}
      <p>${online ? messages.online : error ? errorSentence(messages, error.code) : messages.filesMissingHint}</p>
      ${error?.said ? html`<p><q>${error.said}</q></p>` : nothing} ${submission.doubtful ? html`<p>${messages.doubt}</p>` : nothing}
      <p>${queued ? messages.later : messages.kept}</p>
    </div>
    ${waiting ? html`<p part="countdown" role="timer">${messages.wait(waitIn(tag, submission.countdown.until - performance.now()))}</p>` : nothing}
    <div class="choices">
      ${
        error && (error.retryable || filesMissing)
          ? html`<button
              part="retry"
              type="button"
              aria-disabled=${waiting}
              @click=${on(() => {
                if (submission.countdown.until <= performance.now()) void submission.send();
              })}
            >
              ${again}
            </button>`
          : nothing
      }
      ${
        filesMissing
          ? html`<button part="send-without" type="button" @click=${on(() => void submission.send(true))}>${messages.sendWithout}</button>`
          : nothing
      }
      ${submission.renderDelete()}
    </div>
  </div>`;
}

function waitIn(tag: string, milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1_000));
  const [value, unit] = seconds < 100 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return new Intl.NumberFormat(tag, bare({ style: 'unit', unit, unitDisplay: 'long' })).format(value);
}
