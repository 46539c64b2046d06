import { askAboutSecrets } from '../secret-detector/ask-about-secrets.js';
import { likelyAddress } from './address-typo.js';
import type { Submission } from './submit.js';

/** True where the person is asked about a draft before it is sent, or has begun another one meanwhile. */
export async function isHeldBack(submission: Submission): Promise<boolean> {
  const { form, delivery } = submission;
  const question = (await aboutAddress(submission)) ?? (await aboutSecrets(submission));
  if (delivery !== submission.delivery || form.phase !== 'sending') return true;
  submission.question = question;
  return !!question;
}

/** Where the question cannot be loaded, sending goes on without it. */
async function aboutAddress(submission: Submission): Promise<(() => unknown) | undefined> {
  const written = submission.form.values['requester.email'] ?? '';
  const likely = written !== submission.certain && likelyAddress(written);
  if (!likely) return undefined;
  const asked = import('./typo-view.js').then(
    ({ renderTypo }) =>
      () =>
        renderTypo(submission, likely),
  );
  return asked.catch(() => undefined);
}

function aboutSecrets(submission: Submission): Promise<(() => unknown) | undefined> {
  const { form } = submission;
  const { subject = '', message = '' } = form.values;
  return askAboutSecrets({
    by: submission,
    texts: { subject, message },
    language: form.language,
    put(texts, sentence) {
      Object.assign(form.values, texts);
      form.phase = 'ready';
      submission.keeper.touch();
      submission.say(sentence);
      form.renderRoot.querySelector<HTMLElement>('#message')?.focus();
    },
    send: () => void submission.send(),
  });
}
