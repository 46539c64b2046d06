import type { TicketDraft, TicketReceipt, TicketStatus } from '@storefront-support/contract';
import { numberIn, objectIn, withOrder } from '../help-desk.js';
import { own } from '../own.js';
import { toJson } from '../to-json.js';

const STATUSES: Readonly<Record<string, TicketStatus>> = own({
  new: 'open',
  open: 'open',
  pending: 'pending1',
  hold: 'pending2',
  solved: 'closed',
  closed: 'closed',
});

/**
 * The body of an anonymous request.
 *
 * @param form id of a ticket form; empty: the account's default.
 */
export function requestOf(draft: TicketDraft, uploads: readonly string[], form: string): string {
  const { name, email } = draft.requester;
  const comment = { body: withOrder(draft), uploads: uploads.length > 0 ? uploads : undefined };
  const ticketForm = form ? { ticket_form_id: Number(form) } : {};
  return toJson({ request: { requester: { name, email }, subject: draft.subject, comment, ...ticketForm } });
}

/** The token of an answer to `uploads.json`. */
export function tokenIn(answer: unknown): string {
  return numberIn(objectIn(answer, 'upload')['token']);
}

/** The receipt for an answer to `requests.json`; the time is that of this device where the answer has none. */
export function receiptOf(answer: unknown, { kind }: TicketDraft): TicketReceipt {
  const { id, status, created_at: created } = objectIn(answer, 'request');
  const number = numberIn(id);
  const at = Date.parse(String(created));
  const createdAt = new Date(Number.isNaN(at) ? Date.now() : at).toISOString();
  const ticket = { id: number, number, status: STATUSES[String(status)] ?? 'open', kind, createdAt, firstResponseDueAt: null };
  return { ticket, confirmationMail: 'unknown' };
}
