import { html } from 'lit';
import { on } from '../base/on.js';
import { likelyAddress } from './address-typo.js';
import type { Submission } from './submit.js';

/** The address that was probably meant; empty where what is written may well be right, or was said to be. */
export function typoOf({ form, certain }: Submission): string {
  const written = form.values['requester.email'] ?? '';
  return written === certain ? '' : (likelyAddress(written) ?? '');
}

function answer(submission: Submission, right: string): void {
  submission.form.values['requester.email'] = submission.certain = right;
  void submission.send();
}

/** Asks about an address that looks mistyped, in the place of the error and with its focus. */
export function renderTypo(submission: Submission): unknown {
  const { form, messages, typo } = submission;
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
