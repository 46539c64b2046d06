import { textIn, type Desk, type FieldSpec } from '@storefront-support/contract';
import type { FormText } from '../locales/en.js';
import type { SupportForm } from './support-form.js';

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

/** What of a form decides on its fields: what is written in it, and its orders. */
type Given = Pick<SupportForm, 'values' | 'orders'>;

/** True where contacts are offered as cards. */
export function asCards({ late, contacts: { length } }: Desk): boolean {
  return !late && length > 1 && length <= MOST_CARDS;
}

/**
 * The fields of the form in reading order, named as in the draft; `kind` is a checkbox. Few contacts are cards instead. What is left
 * out is false, so that every other field keeps its place, and whoever is in it their focus.
 */
export function fieldsFor(desk: Desk, text: FormText, { values, orders: given }: Given, locale: string): (FieldSpec | false)[] {
  const { contacts, limits, late, without, fields: own = [] } = desk;
  const orders = given ? given.split(' ') : desk.orders;
  // those of a late desk come while the person is here: a select grows without moving what is below
  const many = late ? contacts.length !== 1 : contacts.length > MOST_CARDS;
  const choose = { value: '', label: text.choose };
  const names = contacts.map(({ id, name }) => ({ value: id, label: textIn(name, locale) }));
  const fields: (FieldSpec | false)[] = [
    many && {
      name: 'contactId',
      control: 'select',
      label: text.contact,
      required: true,
      options: [choose, ...names],
    },
    { name: 'kind', control: 'checkbox', label: text.preSale, hint: text.preSaleHint, required: false },
    { name: 'requester.name', control: 'text', label: text.name, required: true, autocomplete: 'name' },
    { name: 'requester.email', control: 'email', label: text.email, required: true, autocomplete: 'email', inputMode: 'email' },
    !values['kind'] && {
      name: 'orderReference',
      control: orders ? 'select' : 'text',
      label: text.order,
      required: false,
      options: orders && [choose, ...orders.map((order) => ({ value: order, label: order }))],
    },
    { name: 'subject', control: 'text', label: text.subject, required: true, maxLength: limits.subjectLength },
    { name: 'message', control: 'textarea', label: text.message, required: true, maxLength: limits.messageLength },
  ];
  return [...fields, ...own].map((spec) => spec && !(without as string[] | undefined)?.includes(spec.name) && spec);
}
