import type { FieldProblems, TicketDraft, TicketReceipt } from '@storefront-support/contract';
import { notOurs } from '../exchange.js';
import { membersOf, numberIn, objectIn, withOrder } from '../help-desk.js';
import { own } from '../own.js';

/** What a form is sent with. */
export interface FormPass {
  fingerprint: string;
  token: string;
}

/** Our names of their fields. */
const FIELDS: Readonly<Record<string, string>> = own({
  name: 'requester.name',
  email: 'requester.email',
  title: 'subject',
  body: 'message',
});

export function formOf(draft: TicketDraft, { fingerprint, token }: FormPass, files: readonly File[]): FormData {
  const form = new FormData();
  const { name, email } = draft.requester;
  const fields = { fingerprint, token, name, email, title: draft.subject, body: withOrder(draft) };
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  for (const file of files) form.append('file[]', file, file.name);
  return form;
}

/** The token of an answer to `form_config`; undefined where the form is switched off. */
export function tokenIn(answer: unknown): string | undefined {
  const { enabled, token } = membersOf(answer);
  if (enabled === false) return undefined;
  if (typeof token !== 'string' || !token) throw notOurs();
  return token;
}

/** What an answer to `form_submit` finds wrong; undefined: nothing. */
export function problemsIn(answer: unknown): FieldProblems | undefined {
  if (!membersOf(answer)['errors']) return undefined;
  const problems: FieldProblems = {};
  for (const [field, word] of Object.entries(objectIn(answer, 'errors'))) {
    const code = word === 'required' ? word : 'invalid';
    problems[FIELDS[field] ?? field] = { code, detail: 'Zammad refuses it.' };
  }
  return problems;
}

/** The receipt for an answer to `form_submit`; the time is that of this device. */
export function receiptOf(answer: unknown, { kind }: TicketDraft): TicketReceipt {
  const { id, number } = objectIn(answer, 'ticket');
  const createdAt = new Date().toISOString();
  const ticket = { id: numberIn(id), number: numberIn(number), status: 'open', kind, createdAt, firstResponseDueAt: null } as const;
  return { ticket, confirmationMail: 'unknown' };
}
