import { textIn, type Desk, type FieldSpec } from '@storefront-support/contract';
import type { FormText } from '../locales/en.js';

/** Above this many contacts they become a select. */
const MOST_CARDS = 4;

/** Fields by name, with the property of the form that fills them in at first. */
export const PREFILLED = [
  ['contactId', 'contact'],
  ['orderReference', 'orderReference'],
  ['requester.name', 'name'],
  ['requester.email', 'email'],
  ['subject', 'subject'],
] as const;

/** True where contacts are offered as cards. */
export function asCards({ contacts: { length } }: Desk): boolean {
  return length > 1 && length <= MOST_CARDS;
}

/** The fields of the form in reading order, named as in the draft; `kind` is a checkbox. Few contacts are cards instead. */
export function fieldsFor({ contacts, limits }: Desk, text: FormText, preSale: boolean, locale: string): FieldSpec[] {
  const many = contacts.length > MOST_CARDS;
  const names = contacts.map(({ id, name }) => ({ value: id, label: textIn(name, locale) }));
  const fields: (FieldSpec | false)[] = [
    many && {
      name: 'contactId',
      control: 'select',
      label: text.contact,
      required: true,
      options: [{ value: '', label: text.choose }, ...names],
    },
    { name: 'kind', control: 'checkbox', label: text.preSale, hint: text.preSaleHint, required: false },
    { name: 'requester.name', control: 'text', label: text.name, required: true, autocomplete: 'name' },
    { name: 'requester.email', control: 'email', label: text.email, required: true, autocomplete: 'email', inputMode: 'email' },
    !preSale && { name: 'orderReference', control: 'text', label: text.order, required: false },
    { name: 'subject', control: 'text', label: text.subject, required: true, maxLength: limits.subjectLength },
    { name: 'message', control: 'textarea', label: text.message, required: true, maxLength: limits.messageLength },
  ];
  return fields.filter((spec) => spec !== false);
}
