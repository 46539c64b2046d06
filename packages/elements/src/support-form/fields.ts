import { fileLimitsFor, textIn, type Contact, type Desk, type FieldSpec, type TicketKind } from '@storefront-support/contract';
import type { FormText } from '../locales/en.js';

/** Above this many contacts they become a select. */
const MOST_CARDS = 4;

/** The fields of the form in reading order, named as in the draft. `contactId` is a select here; few contacts are cards instead. */
export function fieldsFor(desk: Desk, text: FormText, kind: TicketKind, locale: string): FieldSpec[] {
  const { subjectLength, messageLength } = desk.limits;
  const fields: FieldSpec[] = [
    { name: 'kind', control: 'checkbox', label: text.preSale, hint: text.preSaleHint, required: false },
    { name: 'requester.name', control: 'text', label: text.name, required: true, autocomplete: 'name' },
    { name: 'requester.email', control: 'email', label: text.email, required: true, autocomplete: 'email', inputMode: 'email' },
    { name: 'orderReference', control: 'text', label: text.order, required: false },
    { name: 'subject', control: 'text', label: text.subject, required: true, maxLength: subjectLength },
    { name: 'message', control: 'textarea', label: text.message, required: true, maxLength: messageLength },
  ];
  if (kind === 'pre-sale') fields.splice(3, 1);
  if (desk.contacts.length > MOST_CARDS) {
    const options = desk.contacts.map(({ id, name }) => ({ value: id, label: textIn(name, locale) }));
    fields.unshift({
      name: 'contactId',
      control: 'select',
      label: text.contact,
      required: true,
      options: [{ value: '', label: text.choose }, ...options],
    });
  }
  return fields;
}

/** True where contacts are offered as cards. */
export function asCards(desk: Desk): boolean {
  return desk.contacts.length > 1 && desk.contacts.length <= MOST_CARDS;
}

/** Bytes that all files may have together for a contact that keeps no messages; 0 where it takes no files. */
export function capOf(desk: Desk, contact: Contact): number {
  return fileLimitsFor(desk, contact)?.bytesPerTicket ?? 0;
}
