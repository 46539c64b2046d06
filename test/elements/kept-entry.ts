import type { TicketDraft } from '@storefront-support/contract';
import { newEntry } from '../../packages/elements/dist/outbox/delivery.js';
import type { Entry } from '../../packages/elements/dist/outbox/entry.js';
import { entriesOf, removeEntry, saveEntry, watch } from '../../packages/elements/dist/outbox/store.js';
import { until } from '../support/browser-setup.ts';
import type { FormPage } from './form-page.ts';

/** The backend of a mounted form, as its entries name it. */
export const scopeOf = ({ form }: FormPage): string => (form as unknown as { adapter: { scope: string } }).adapter.scope;

export const keptOf = (page: FormPage): Promise<Entry[]> => entriesOf(scopeOf(page));

/** A message as another tab of the shop has left it. */
export function entryFor(page: FormPage, subject: string, facts: Partial<Entry> = {}): Entry {
  return { ...newEntry(scopeOf(page), ''), values: { subject, message: 'Where is it?' }, ...facts };
}

/** One that waits for a connection. */
export function queuedEntry(page: FormPage, subject: string, facts: Partial<Entry> = {}): Entry {
  const draft: TicketDraft = {
    contactId: 'customer-service',
    kind: 'support',
    requester: { name: 'Ann Lee', email: 'ann@example.com' },
    subject,
    message: 'Where is it?',
    attachmentIds: [],
    locale: 'en',
  };
  return entryFor(page, subject, { draft, ...facts });
}

/** Keeps entries beside a form as another tab would, and resolves when the form's list shows them. */
export async function keepBeside(page: FormPage, ...entries: Entry[]): Promise<void> {
  // what sends is loaded with the first touch
  page.control('subject').focus();
  await until('what keeps messages', () => (page.form as unknown as { submission: unknown }).submission);
  const unwatch = watch(() => undefined);
  for (const entry of entries) await saveEntry(entry);
  for (const { id } of entries) await until(`the entry ${id}`, () => itemOf(page, id));
  unwatch();
}

/** How the list shows an entry. */
export const itemOf = (page: FormPage, id: string): HTMLElement | null => page.root.querySelector<HTMLElement>(`[data-id="${id}"]`);

/** Nothing stays for the next test. */
export async function removeKept(page: FormPage): Promise<void> {
  for (const { id } of await keptOf(page)) await removeEntry(id);
}
