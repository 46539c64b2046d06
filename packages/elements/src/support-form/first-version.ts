import { html } from 'lit';
import { on } from '../base/on.js';
import { errorSentence } from '../locales/error-sentence.js';
import { firstVersionTexts } from '../locales/index.js';
import type { Submission } from './submit.js';

/** Asks what is to become of a message of which an earlier version has arrived. */
export async function askAboutFirst(submission: Submission): Promise<() => unknown> {
  const text = await firstVersionTexts(submission.form.language.file);
  return () =>
    html`<div part="error" role="alert" aria-labelledby="problem" tabindex="-1" data-code="idempotency-mismatch">
      <h3 id="problem">${text.title} (<bdi>${submission.delivery.first?.receipt.ticket?.number}</bdi>)</h3>
      <p>${errorSentence(submission.messages, 'idempotency-mismatch')}</p>
      <div class="choices">
        <button part="keep-first" type="button" @click=${on(() => showFirst(submission))}>${text.show}</button>
        <button part="send-anew" type="button" @click=${on(() => void sendAnew(submission))}>${text.sendAnew}</button>
      </div>
    </div>`;
}

/** Shows the receipt of the earlier version. */
function showFirst(submission: Submission): void {
  const { first } = submission.delivery;
  if (first) void submission.arrive(first.receipt, first.draft);
}

/** Gives up the earlier version's keys and sends what is written now as a ticket of its own. */
function sendAnew(submission: Submission): Promise<void> {
  submission.keeper.begin();
  submission.updated();
  submission.form.attachments?.retry(true);
  return submission.send();
}
