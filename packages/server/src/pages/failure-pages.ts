import { STATUSES, type SupportError } from '@storefront-support/contract';
import { html } from 'hono/html';
import { againOf, plainForm, summaryOf, type FormState } from './form-page.js';
import type { Page, PageFrame } from './page.js';
import type { PageTexts } from './texts.js';
import { waitIn } from './written.js';

/** The form once more, with what is wrong with its fields. */
export function formAgainPage(form: FormState): Page {
  const body = html`<div class="stack again">${summaryOf(form)} ${plainForm(form)}</div>`;
  return { ...form, title: form.texts.notSent, body, status: STATUSES['invalid-fields'] };
}

/** Why a message was not taken, with the form below to send it again: whatever was read of it stands in it. */
export function failurePage(form: FormState, error: SupportError, linkWaits = false): Page {
  const { texts, language } = form;
  const here = error.code === 'confirmation-needed';
  const body = html`<div class="stack again">
    <div class="${here ? 'problem calm' : 'problem'}" role="alert" aria-labelledby="problem" tabindex="-1" autofocus>
      <h1 id="problem">${texts.notSent}</h1>
      <p>${linkWaits ? texts.errors.linkWaits : sentenceOf(texts, error, language)}</p>
      ${form.values.size > 0 ? html`<p>${texts.kept}</p>` : ''} ${againOf(form)}
    </div>
    ${plainForm(form)}
  </div>`;
  // the page is the answer to a request that was understood, and not done
  const status = here ? STATUSES['origin-not-allowed'] : STATUSES[error.code];
  return { ...form, title: texts.notSent, body, status };
}

/** Why a message was not even read: what was written is on the page before. */
export function refusedPage(frame: PageFrame, error: SupportError): Page {
  const { texts, language } = frame;
  const body = html`<div class="problem" role="alert" aria-labelledby="problem">
    <h1 id="problem">${texts.notSent}</h1>
    <p>${sentenceOf(texts, error, language)}</p>
    <p>${texts.notKept}</p>
  </div>`;
  return { ...frame, title: texts.notSent, body, status: STATUSES[error.code] };
}

function sentenceOf({ errors }: PageTexts, { code, retryAfter }: SupportError, language: string): string {
  switch (code) {
    case 'confirmation-needed':
      return errors.sendFromHere;
    case 'origin-not-allowed':
      return errors.notAllowed;
    case 'looks-automated':
      return errors.looksAutomated;
    case 'desk-not-found':
      return errors.noDesk;
    case 'too-large':
      return errors.tooLarge;
    case 'invalid-request':
    case 'type-not-allowed':
      return errors.broken;
    case 'rate-limited':
      return errors.tooMany(waitIn(language, retryAfter ?? 3_600_000));
    case 'unavailable':
      return errors.busy;
    default:
      return errors.internal;
  }
}
