import type { TicketDraft } from '@storefront-support/contract';
import type { Entry } from '../outbox/entry.js';
import { PREFILLED } from './fields.js';
import type { SupportForm } from './support-form.js';

/** Brings what is written back to what the form's attributes say. With `keepPerson` name and e-mail stay. */
export function beginDraft(form: SupportForm, keepPerson: boolean): void {
  const { values } = form;
  values['kind'] = form.kind === 'pre-sale' ? 'true' : '';
  values['message'] = '';
  for (const { name } of form.desk?.fields ?? []) values[name] = '';
  for (const [field, property] of PREFILLED) if (!keepPerson || !field.startsWith('requester.')) values[field] = form[property];
  form.files = [];
}

/** True while a form says only what its attributes say. */
export function isFresh(form: SupportForm): boolean {
  const { values, files, attachments, submission } = form;
  const written = (field: string, given: string) => (values[field] ?? given) !== given;
  return !(
    files.length ||
    attachments?.queue.items.length ||
    submission?.kept.length ||
    written('message', '') ||
    written('kind', form.kind === 'pre-sale' ? 'true' : '') ||
    PREFILLED.some(([field, property]) => written(field, form[property]))
  );
}

/** False for what another person has written at the same device, as far as the page says who is there. */
export function isTheirs({ values }: Entry, { email }: SupportForm): boolean {
  return !email || !values['requester.email'] || values['requester.email'] === email;
}

/** True where two drafts differ in their files at most. */
export function saysTheSame(one: TicketDraft, other: TicketDraft): boolean {
  const text = (of: TicketDraft) => JSON.stringify({ ...of, attachmentIds: [] });
  return text(one) === text(other);
}

/** What is written in a form, trimmed, as a draft. An order number written before the pre-sale switch was set stays out. */
export function draftOf({ values, chosen, attachments, language, desk }: SupportForm): TicketDraft {
  const text = (name: string) => (values[name] ?? '').trim();
  const fields = desk?.fields;
  const extra: { [name: string]: string } = {};
  for (const { name } of fields ?? []) if (text(name)) extra[name] = text(name);
  const order = values['kind'] ? '' : text('orderReference');
  return {
    contactId: chosen?.id ?? '',
    kind: values['kind'] ? 'pre-sale' : 'support',
    requester: { name: text('requester.name'), email: text('requester.email') },
    subject: text('subject'),
    message: text('message'),
    ...(order && { orderReference: order }),
    ...(fields && { extra }),
    attachmentIds: attachments?.attachmentIds ?? [],
    locale: language.tag,
  };
}
