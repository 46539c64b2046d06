import { SupportError } from '@storefront-support/contract';
import { bare } from '../base/bare.js';
import { numberIn } from '../base/format.js';
import type { FileShelf } from '../outbox/entry.js';
import { shelf } from '../outbox/shelf.js';
import type { DraftKeeper } from './draft-keeper.js';
import type { Submission } from './submit.js';

let loading: Promise<unknown> | undefined;

/** Loads the file list, once, and hands it what was given before it was there. */
export async function takeFiles(submission: Submission): Promise<void> {
  const { form, messages } = submission;
  if (form.files.length && !(form.adapter?.attachments && form.desk?.limits.files)) {
    form.files.length = 0;
    return submission.say(messages.noFiles);
  }
  loading ??= import('../support-attachments/index.js');
  try {
    await loading;
  } catch (cause) {
    loading = undefined;
    submission.say(messages.errors['load-failed']);
    throw new SupportError('load-failed', 'The code that sends files could not be loaded.', { cause });
  }
  if (submission.status === messages.errors['load-failed']) submission.say('');
  submission.updated();
  // chosen before sending began: the list takes them even if it is read-only by now
  if (form.files.length) form.attachments?.queue.add(form.files.splice(0));
}

/** A file was added, removed, or changed its state. */
export function filesChanged(submission: Submission): void {
  const { form } = submission;
  const { attachments } = form;
  if (submission.filesMissing && !attachments?.troubled) {
    submission.filesMissing = 0;
    if (form.phase === 'failed' && !submission.summary.length) {
      form.phase = 'ready';
      // on their way again: the ticket goes with them, as it was meant to
      if (attachments?.pending && submission.delivery.entry.draft) void submission.send();
    }
  }
  form.requestUpdate();
}

/** Sees to it that every file is in the list, or leaves out those that have not arrived. */
export async function listFiles(submission: Submission, without: boolean): Promise<void> {
  const { form } = submission;
  if (without) {
    form.files.length = submission.kept.length = 0;
    form.attachments?.drop();
  }
  submission.filesMissing = form.files.length + submission.kept.length;
  if (submission.filesMissing) await takeFiles(submission);
}

/** True once every file has arrived; else the person has been asked. */
export async function filesReady(submission: Submission): Promise<boolean> {
  const { form, messages } = submission;
  const { attachments } = form;
  if (!attachments) return true;
  attachments.retry();
  while (attachments.pending) {
    submission.waiting = true;
    submission.say(messages.waitingForFiles(attachments.pending, numberIn(form.language.tag, attachments.pending)));
    await new Promise((resolve) => attachments.addEventListener('support-files-changed', resolve, bare({ once: true })));
  }
  submission.waiting = false;
  submission.say('');
  submission.filesMissing = attachments.troubled;
  if (!submission.filesMissing) return true;
  // these go nowhere without the person
  if (!attachments.failure?.retryable || attachments.queue.count('refused', 'missing', 'asking')) {
    submission.delivery.entry.draft = null;
    submission.keeper.touch();
  }
  await submission.fail(attachments.failure);
  return false;
}

/** Keeps the files of a form, whose entry is always on the device before them. */
export function shelfFor(submission: Submission, keeper: DraftKeeper): FileShelf {
  const known = new Set<string>();
  /** Other files make another message of it, but for those that come and go while it is being sent. */
  const changes = (other: boolean) => {
    const { form, delivery } = submission;
    if ((other && form.phase !== 'sending') || !delivery.entry.savedAt) keeper.touch();
  };
  return {
    async keep(file) {
      changes(!known.has(file.id));
      known.add(file.id);
      await keeper.flush();
      await shelf.keep(file);
    },
    async forget(id) {
      changes(true);
      await shelf.forget(id);
    },
  };
}
