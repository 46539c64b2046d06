import { html, nothing } from 'lit';
import { fileLimitsFor, textIn, type FieldSpec } from '@storefront-support/contract';
import { bytesIn, momentIn, numberIn } from '../base/format.js';
import { on } from '../base/on.js';
import { renderWay } from './form-view.js';
import type { Submission } from './submit.js';

/** The counter of characters appears when this many or fewer are left. */
const COUNT_FROM = 200;
/** It is spoken in these steps, so that typing is not drowned. */
const SPOKEN_STEP = 50;

/** How many characters are left in a field, near its limit. */
export function renderCounter({ form, messages }: Submission, { name, maxLength }: FieldSpec): unknown {
  if (!maxLength) return nothing;
  const left = maxLength - (form.values[name] ?? '').trim().length;
  if (left > Math.min(COUNT_FROM, maxLength / 4)) return nothing;
  const sentence = (count: number) =>
    (count < 0 ? messages.charactersOver : messages.charactersLeft)(Math.abs(count), numberIn(form.language.tag, Math.abs(count)));
  return html`<p part="counter" class="soft count ${left < 0 ? 'over' : ''}" aria-hidden="true">${sentence(left)}</p>
    <span class="quiet" role="status">${sentence(Math.ceil(left / SPOKEN_STEP) * SPOKEN_STEP)}</span>`;
}

/** What files are accepted. */
export function renderFileHint({ form, messages }: Submission): unknown {
  const limits = form.desk && fileLimitsFor(form.desk, form.chosen);
  if (!limits) return nothing;
  const { tag } = form.language;
  const sentence = messages.fileLimits(
    limits.count,
    numberIn(tag, limits.count),
    bytesIn(tag, limits.bytesPerFile),
    bytesIn(tag, limits.bytesPerTicket),
  );
  return html`<p class="soft" id="files-hint">${sentence}</p>
    ${
      // a telephone: its camera is one touch nearer
      matchMedia('(pointer: coarse)').matches
        ? html`<label class="choices">
            <input class="quiet" type="file" accept="image/*" capture="environment" /><span class="pick">${messages.takePhoto}</span>
          </label>`
        : nothing
    }`;
}

/** Where files go that cannot be sent here; what a contact that keeps no messages does with them, and the cap that follows for files. */
export function renderNote({ form, messages }: Submission): unknown {
  const { chosen, desk } = form;
  const mail = !(form.adapter?.attachments && desk?.limits.files) && desk?.otherWays.find(({ kind }) => kind === 'email');
  if (mail) return html`<p part="note" class="note">${messages.noFiles} ${messages.filesTo} ${renderWay(mail, form.language.tag)}</p>`;
  // elsewhere nothing is kept here that could be deleted
  if (!chosen || !desk || chosen.keepsMessages || !form.adapter?.tracking) return nothing;
  const { tag } = form.language;
  const limits = form.adapter?.attachments && fileLimitsFor(desk, chosen);
  return html`<p part="note" class="note">
    ${messages.notKept(textIn(chosen.name, tag), limits ? bytesIn(tag, limits.bytesPerTicket) : '')}
  </p>`;
}

/** What is spoken beside the send button: that sending has begun or a draft is back, where nothing else is to be said. */
export function renderStatus(submission: Submission): unknown {
  const { form, status, keeper, messages, delivery } = submission;
  if (status) return status;
  if (form.phase === 'sending') return html`<span class="quiet">${form.text?.sending}</span>`;
  if (!delivery.kept) return html`<span part="not-kept">${messages.notKeptHere}</span>`;
  if (!keeper.restored || form.phase !== 'ready') return nothing;
  return html`<span part="restored">${messages.restored(momentIn(form.language.tag, keeper.restored))}</span>
    <span class="choices">${submission.renderDelete()}</span>`;
}

/** A button that removes everything written from this device, at its second press. */
export function renderDelete(submission: Submission): unknown {
  const { delivery, messages, deleting } = submission;
  if (!delivery.entry.savedAt) return nothing;
  return html`<button part="delete" type="button" @click=${on((event: UIEvent) => void (event.detail > 1 || pressDelete(submission)))}>
    ${deleting ? messages.reallyDelete : messages.deleteHere}
  </button>`;
}

/** The person's sentence for what is wrong with a field; empty where nothing is. */
export function sentenceFor({ form, messages, problems }: Submission, name: string): string {
  const problem = Object.hasOwn(problems, name) && problems[name];
  if (!problem) return '';
  if (name === 'contactId') return messages.problemContact;
  if (name === 'requester.email' && problem.code === 'invalid') return messages.problemEmail;
  const { tag } = form.language;
  const label = (form.fields.find((spec) => spec && spec.name === name) || { label: form.text?.files }).label ?? name;
  const limit = problem.limit ?? 0;
  return messages.problems[problem.code](
    label,
    problem.quote ?? (problem.code === 'too-large' ? bytesIn(tag, limit) : numberIn(tag, limit)),
  );
}

/** The second press counts: then nothing of what is written stays on this device. */
async function pressDelete(submission: Submission): Promise<void> {
  const { form, deleting } = submission;
  if (deleting) submission.reset(false);
  submission.deleting = !deleting;
  form.requestUpdate();
  await form.updateComplete;
  // the button that was pressed is gone
  if (deleting) form.focus();
}

/** Hands the file list, once it is loaded, what it works with. */
export function supplyFiles(submission: Submission): void {
  const { adapter, desk, chosen, attachments, phase, language } = submission.form;
  if (!attachments || !desk) return;
  attachments.port = adapter?.attachments;
  attachments.limits = fileLimitsFor(desk, chosen);
  attachments.secret = submission.delivery.entry.secret;
  attachments.entry = submission.delivery.entry.id;
  attachments.shelf = submission.keeper.shelf;
  attachments.contactId = chosen?.id ?? '';
  attachments.locale = language.tag;
  attachments.dir = language.dir;
  attachments.error = submission.sentenceFor('attachmentIds');
  attachments.readonly = phase === 'sending' && !submission.waiting;
  if (submission.kept.length) attachments.restore(submission.kept.splice(0));
}
