import type { Contact, Desk, FieldSpec, LocalizedText } from '@storefront-support/contract';

/** Name of the checkbox of module psgdpr. */
export const CONSENT = 'psgdpr_consent_checkbox';

/** What the shop looks at of a file is the end of its name. */
export const NAMES = /\.(txt|rtf|docx?|pdf|zip|png|jpe?g|gif|webp)$/i;

/** The form of a contact page. */
export interface ContactForm {
  element: HTMLFormElement;
  /** Belongs to a cookie of this browser, unless the page was made for somebody else. */
  token: string;
  /** Tells the form, also without its fields, from others of the page. */
  mark: string;
  contacts: { id: string; name: string }[];
  /** Ids by reference; empty: nobody is signed in, or has ordered. */
  orders: Map<string, string>;
  /** Whether it takes a file. */
  files: boolean;
  consent: FieldSpec | undefined;
  /** The shop's words about what was posted. */
  alerts: string[];
}

/** Undefined: there is no such form on the page, or one without fields. */
export function contactFormIn(document: Document | null): ContactForm | undefined {
  const form = document?.querySelector('[name=submitMessage]')?.closest('form');
  const chosen = form?.querySelector<HTMLInputElement>('[name=id_contact]');
  if (!form || !chosen) return undefined;
  return {
    element: form,
    token: form.querySelector<HTMLInputElement>('[name=token]')?.value ?? '',
    mark: markOf(form),
    // a single contact is a hidden field in some themes
    contacts: chosen.matches('select') ? optionsIn(chosen) : [{ id: chosen.value, name: '' }],
    orders: new Map(optionsIn(form.querySelector('[name=id_order]')).map(({ id, name }) => [name, id])),
    files: !!form.querySelector('[name=fileUpload]'),
    consent: consentIn(form),
    alerts: [...form.querySelectorAll(':is([class*=alert], [class*=notification]) li')].map(textOf).filter(Boolean),
  };
}

/** Whether the form of this mark is there without its fields, as after a message that was taken, in every theme and language. */
export function isTaken(document: Document | null, mark: string): boolean {
  if (!document || document.querySelector('[name=submitMessage]')) return false;
  // of an answer that was cut short the fields may be what is missing: nothing comes after the form then
  let last: Node = document;
  while (last.lastChild) last = last.lastChild;
  return [...document.forms].some((form) => markOf(form) === mark && !form.contains(last));
}

/**
 * The desk that a contact page shows, on top of what is known without it.
 *
 * @param contactName of a contact without a name.
 */
export function deskOf(form: ContactForm, known: Desk, contactName: LocalizedText = known.name): Desk {
  const { contacts, orders, consent, files } = form;
  const { without = [], limits } = known;
  return {
    ...known,
    contacts: contacts.map(({ id, name }): Contact => ({ id, name: name || contactName, keepsMessages: true })),
    limits: { ...limits, files: files ? limits.files : null },
    ...(orders.size > 0 && { orders: [...orders.keys()], without: without.filter((name) => name !== 'orderReference') }),
    ...(consent && { fields: [consent] }),
  };
}

function markOf(form: HTMLFormElement): string {
  return `${form.parentElement?.className} ${form.getAttribute('action')}`;
}

function optionsIn(select: Element | null): { id: string; name: string }[] {
  return [...(select?.querySelectorAll('option') ?? [])]
    .map((option) => ({ id: option.value, name: textOf(option) }))
    .filter(({ id }) => Number(id) > 0);
}

function consentIn(form: HTMLFormElement): FieldSpec | undefined {
  const box = form.querySelector<HTMLInputElement>(`[name=${CONSENT}]`);
  const label = box?.labels?.[0];
  if (!box) return undefined;
  const href = label?.querySelector('a')?.href;
  return { name: CONSENT, control: 'checkbox', label: (label && textOf(label)) || CONSENT, required: true, ...(href && { hint: href }) };
}

function textOf({ textContent }: Element): string {
  // icon fonts have their pictures in the private use area
  return (textContent ?? '').replace(/[\s\ue000-\uf8ff]+/g, ' ').trim();
}
