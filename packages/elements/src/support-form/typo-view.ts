import { html } from 'lit';
import { on } from '../base/on.js';
import type { Submission } from './submit.js';

function answer(submission: Submission, right: string): void {
  submission.form.values['requester.email'] = submission.certain = right;
  void submission.send();
}

/** Asks about an address that looks mistyped, in the place of the error and with its focus. */
export function renderTypo(submission: Submission, typo: string): unknown {
  const { form, messages } = submission;
  const written = form.values['requester.email'] ?? '';
  return html`<div part="error" class="calm" role="alert" aria-labelledby="problem" tabindex="-1" data-code="typo">
    <h3 id="problem">${messages.didYouMean(typo)}</h3>
    <div class="choices">
      <button part="use-address" type="button" @click=${on(() => answer(submission, typo))}>${messages.useAddress(typo)}</button>
      <button part="keep-address" type="button" @click=${on(() => answer(submission, written))}>
        ${messages.keepAddress(written.trim())}
      </button>
    </div>
  </div>`;
}
