import { askAboutSecrets } from '../secret-detector/ask-about-secrets.js';
import type { Submission } from './submit.js';

/** Looks for what is secret in a draft; true where the person is asked about it first, or has begun another draft meanwhile. */
export async function isHeldBack(submission: Submission): Promise<boolean> {
  const { form, delivery } = submission;
  const { subject = '', message = '' } = form.values;
  const question = await askAboutSecrets({
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
  if (delivery !== submission.delivery || form.phase !== 'sending') return true;
  submission.question = question;
  return !!question;
}
