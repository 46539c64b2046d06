import { SupportError, type FieldSpec, type TicketDraft } from '@storefront-support/contract';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
/** Puts what was written into the form's own fields. */
type Write = (body: FormData, value: string) => void;

/** A form page of the shop, as a desk and a draft see it. */
export interface FormPage {
  /** Where it is sent to. */
  action: string;
  /** Elements that a draft has a member for, by its name. */
  places: Map<string, Write>;
  /** All others. */
  fields: [spec: FieldSpec, write: Write][];
  /** Elements that take a file each. */
  files: HTMLInputElement[];
  /** Fields of the form as it stands, with the token of this visit. */
  read(): FormData;
}

const EMAIL = '[name="customer_email"]';
/** Whole labels of what every shop asks for. An element with another label keeps it, as a field of the shop's own. */
const LABELS = [/^(your |full )?name$/i, /^subject$/i];

/**
 * The form on the page of this id. Throws `misconfigured` where there is none that can be answered.
 *
 * @param labels of name and subject, in one language or several.
 */
export function formPage(document: Document | null, id: string, labels = LABELS): FormPage {
  const email = document?.querySelector<HTMLInputElement>(`form ${EMAIL}`);
  const form = email?.form;
  const places: FormPage['places'] = new Map();
  const fields: FormPage['fields'] = [];
  const groups = new Map<string, Control[]>();
  for (const control of form?.querySelectorAll<Control>('[name^="form_values["]:not([type="hidden"]),[type="checkbox"]') ?? [])
    groups.set(control.name, [...(groups.get(control.name) ?? []), control]);
  for (const [name, controls] of groups) {
    const [first] = controls as [Control];
    const number = /\d+/.exec(name)?.[0];
    const title = form?.querySelector(`[for="elm_${number}"]`) ?? first.labels?.[0];
    const label = textOf(title) || name;
    const place = placeOf(first, label, number === email?.value, labels);
    if (place && !places.has(place)) places.set(place, (body, value) => body.set(name, value));
    else fields.push(...fieldsOf(name, label, !!title?.classList.contains('cm-required'), controls));
  }
  if (!form || !places.has('message')) throw new SupportError('misconfigured', `Page ${id} has no form with an e-mail address and a text.`);
  return {
    action: new URL(form.getAttribute('action') ?? '', form.baseURI).href,
    places,
    fields,
    files: [...form.querySelectorAll<HTMLInputElement>('[type="file"]')],
    read: () => new FormData(form),
  };
}

function placeOf({ type, autocomplete }: Control, label: string, isEmail: boolean, labels: RegExp[]): string | undefined {
  if (isEmail) return 'requester.email';
  if (type === 'textarea') return 'message';
  if (type !== 'text') return undefined;
  return autocomplete === 'name' ? 'requester.name' : ['requester.name', 'subject'].find((_, n) => labels[n]?.test(label));
}

/** One field, or one for each of several boxes that can be ticked together. */
function fieldsOf(group: string, label: string, required: boolean, controls: Control[]): FormPage['fields'] {
  const [{ type }] = controls as [Control];
  const name = group.replace(/\W+/g, '-');
  const choices = controls.flatMap((control): (Control | HTMLOptionElement)[] => {
    if ('checked' in control) control.checked = false;
    return 'options' in control ? [...control.options] : type === 'radio' || type === 'checkbox' ? [control] : [];
  });
  if (type === 'checkbox')
    return choices.map((box, n) => {
      const write: Write = (body, value) => value && body.append(group, box.value);
      const spec = choices.length > 1 ? { name: name + n, label: `${label}: ${labelOf(box)}`, required: false } : { name, label, required };
      return [{ ...spec, control: 'checkbox' }, write];
    });
  const write: Write = (body, value) => (value || type !== 'radio') && body.set(group, value);
  const options = choices.map((choice) => ({ value: choice.value, label: labelOf(choice) }));
  if (type === 'radio') options.unshift({ value: '', label: '' });
  // a list that the shop's script would fill is written instead
  if (options.some(({ value, label: text }) => value && text)) return [[{ name, label, required, control: 'select', options }, write]];
  return [[{ name, label, required, control: type === 'tel' || type === 'textarea' ? type : 'text' }, write]];
}

/** Fills the form in as a browser would. */
export function filledForm(
  page: FormPage,
  { requester, subject, message, extra = {} }: TicketDraft,
  files: File[],
  more: object,
): FormData {
  const body = page.read();
  body.set('dispatch', 'pages.send_form');
  const values: { [place: string]: string } = {
    'requester.email': requester.email.trim(),
    'requester.name': requester.name.trim(),
    subject,
  };
  const lines = ['requester.name', 'subject'].flatMap((place) => (page.places.has(place) ? [] : [values[place]]));
  values['message'] = [...lines, ...(lines.length ? [''] : []), message].join('\n');
  for (const [place, write] of page.places) write(body, values[place] ?? '');
  for (const [{ name }, write] of page.fields) write(body, extra[name] ?? '');
  for (const [n, { name }] of page.files.slice(0, files.length).entries()) {
    body.set(name, files[n] as File);
    body.set(name.replace('file', 'type'), 'local');
  }
  for (const [name, value] of Object.entries(more)) body.set(name, value as string);
  return body;
}

/** What the shop tells at the top of a page, without its heading. */
export function noticeIn(document: Document | null): string | undefined {
  const notice = document?.querySelector('.cm-notification-content');
  for (const part of notice?.querySelectorAll('button,strong') ?? []) part.remove();
  return textOf(notice) || undefined;
}

function labelOf(choice: HTMLOptionElement | Control): string {
  return 'text' in choice ? choice.text : textOf(choice.labels?.[0]);
}

function textOf(element: Element | null | undefined): string {
  return element?.textContent.replace(/[\s*:]+$/, '').trim() ?? '';
}
