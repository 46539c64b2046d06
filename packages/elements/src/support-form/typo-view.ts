import { html } from 'lit';
import { on } from '../base/on.js';
import type { Submission } from './submit.js';

/** A question that stands before sending. */
export interface TypoQuestion {
  /** The address that was probably meant; empty while nothing is asked. */
  typo: string;
  /** Takes the answer, and sends. `yes`: with the address that was suggested. */
  acceptTypo(yes: boolean): unknown;
}

/** Asks about an address that looks mistyped, in the place of the error and with its focus. */
export function renderTypo(submission: Pick<Submission, 'form' | 'messages'> & TypoQuestion): unknown {
  const { form, messages, typo } = submission;
  return html`<div part="error" class="calm" role="alert" aria-labelledby="problem" tabindex="-1" data-code="typo">
    <h3 id="problem">${messages.didYouMean(typo)}</h3>
    <div class="choices">
      <button part="use-address" type="button" @click=${on(() => submission.acceptTypo(true))}>${messages.useAddress(typo)}</button>
      <button part="keep-address" type="button" @click=${on(() => submission.acceptTypo(false))}>
        ${messages.keepAddress((form.values['requester.email'] ?? '').trim())}
      </button>
    </div>
  </div>`;
}
