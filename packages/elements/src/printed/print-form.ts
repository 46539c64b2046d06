import { fileLimitsFor, textIn, type Desk, type FieldSpec, type TicketKind } from '@storefront-support/contract';
import { withDeskTexts } from '@storefront-support/contract/desk-texts';
import { bytesIn, numberIn } from '../base/format.js';
import { RIGHT_TO_LEFT } from '../base/localize.js';
import type { FormText, MessageText } from '../locales/en.js';
import { formTexts, messageTexts } from '../locales/index.js';
import { isLanguage } from '../locales/text-table.js';
import { asCards, fieldsFor } from '../support-form/fields.js';
import { REACHABLE } from '../support-form/reachable.js';
import { attributes, markup, type Markup } from './markup.js';

/** What a form is printed from. The rest says what the attributes of the tag around it say. */
export interface PrintOptions {
  /** The desk as its server describes it, or no more than its id: for a desk of one contact, which takes files and has no other ways. */
  desk: Desk | string;
  /** Address of the server that takes the message, as in the tag. */
  endpoint: string;
  /** Address of the folder that the style sheet's name begins at; the endpoint otherwise. */
  files?: string;
  /** Name of the style sheet, below that folder. */
  styleSheet: string;
  /** BCP 47 tag; a language there is no file of gives English. */
  locale: string;
  /** Heading in place of the locale's. */
  heading?: string;
  kind?: TicketKind;
  /** Id of the contact chosen at first. */
  contact?: string;
  name?: string;
  email?: string;
  orderReference?: string;
  subject?: string;
}

/** What is printed, and in which words. */
interface Printing {
  desk: Desk;
  /** False: no more than its id is known. */
  certain: boolean;
  text: FormText;
  messages: MessageText;
  tag: string;
  /** What is filled in at first, by field. */
  values: { [field: string]: string };
}

/**
 * The form as a declarative shadow root, to stand first inside its `<support-form>`: a page shows it before any script has come, and a
 * browser without scripts sends it to the server by itself. The element takes its place once it is ready.
 */
export async function printForm(options: PrintOptions): Promise<string> {
  const { desk, locale, endpoint, files = endpoint, styleSheet, heading } = options;
  const wish = new Intl.Locale(locale.replaceAll('_', '-'));
  const found = [String(wish), wish.language].find(isLanguage);
  const language = found ?? 'en';
  const tag = found ? String(wish) : 'en';
  const [builtIn, messages] = await Promise.all([formTexts(language), messageTexts(language)]);
  const certain = typeof desk !== 'string';
  const text = withDeskTexts(builtIn, certain ? desk.texts : undefined, tag);
  const printing = { desk: certain ? desk : usualDesk(desk), certain, text, messages, tag, values: valuesOf(options) };
  const action = `${withoutSlash(endpoint)}/v1/desks/${certain ? encodeURIComponent(desk.id) : desk}/tickets/form`;
  const fields = fieldsFor(printing.desk, text, { values: {}, orders: '' }, tag).filter((spec) => spec !== false);
  return markup`<template shadowrootmode="open"><link rel="stylesheet" href="${`${withoutSlash(files)}/${styleSheet}`}">
<div class="printed"><div part="base" dir="${RIGHT_TO_LEFT.test(tag) ? 'rtl' : 'ltr'}" lang="${tag}" data-state="ready">
<form method="post" enctype="multipart/form-data" accept-charset="utf-8" action="${action}" aria-labelledby="heading">
<h2 part="heading" id="heading">${heading ?? text.heading}</h2>
${printCards(printing)}${fields.map((spec) => printField(spec, printing))}${printFiles(printing)}\
<input class="quiet" name="website" tabindex="-1" autocomplete="off" aria-hidden="true">
<div class="actions"><button part="submit" type="submit">${text.send}</button> <span class="soft"></span></div>
<input type="hidden" name="locale" value="${tag}">
</form>
${printOtherWays(printing)}</div></div></template>
`.html;
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

function valuesOf({ kind, contact, name, email, orderReference, subject }: PrintOptions): Printing['values'] {
  const given = { contactId: contact, 'requester.name': name, 'requester.email': email, orderReference, subject };
  const written = Object.entries(given).filter((entry): entry is [string, string] => !!entry[1]);
  return { ...Object.fromEntries(written), ...(kind === 'pre-sale' && { kind: 'true' }) };
}

/** A desk of which only the usual is certain. */
function usualDesk(id: string): Desk {
  const limits = { subjectLength: 0, messageLength: 0, files: { count: 2, bytesPerFile: 0, bytesPerTicket: 0, types: [] } };
  const hours = { timeZone: 'UTC', week: {}, holidays: [] } as unknown as Desk['hours'];
  return { id, name: id, contacts: [], limits, hours, promise: null, locales: [], otherWays: [] };
}

/** Few contacts to choose from, as cards. */
function printCards({ desk, text, tag, values }: Printing): Markup | '' {
  if (!asCards(desk)) return '';
  const cards = desk.contacts.map(({ id, name, description }) => {
    const more = description ? markup`<span class="soft">${textIn(description, tag)}</span>` : '';
    const radio = attributes({ type: 'radio', name: 'contactId', value: id, required: true, checked: values['contactId'] === id });
    return markup`<label part="contact"><input${radio}><span dir="auto">${textIn(name, tag)}${more}</span></label>`;
  });
  return markup`<fieldset><legend>${text.contact}</legend><div class="cards">${cards}</div></fieldset>
`;
}

function printField(spec: FieldSpec, { text, values }: Printing): Markup {
  const { name, control, label, hint, required, autocomplete } = spec;
  // an order number is hidden by the style sheet while the question is one before buying
  const classes = `field${autocomplete ? ' half' : ''}${name === 'orderReference' ? ' order' : ''}`;
  const optional = required ? '' : markup`<span class="soft"> (${text.optional})</span>`;
  const printed = printControl(spec, values[name] ?? '');
  const labelled =
    control === 'checkbox'
      ? markup`<label class="check">${printed}${label}</label>`
      : markup`<label for="${name}">${label}${optional}</label>${printed}`;
  return markup`<div part="field" class="${classes}">${labelled}${hint ? markup`<p class="soft" id="${name}-hint">${hint}</p>` : ''}</div>
`;
}

/** Lengths are for the server to check: `maxlength` would cut off what is pasted, and say nothing. */
function printControl({ name, control, hint, required, autocomplete, inputMode, options = [] }: FieldSpec, value: string): Markup {
  const own = { id: name, name, required, 'aria-describedby': hint && `${name}-hint` };
  if (control === 'textarea') return markup`<textarea${attributes({ ...own, rows: '5' })}>${value}</textarea>`;
  if (control === 'select') {
    const all = options.map((option) => {
      const chosen = attributes({ selected: option.value !== '' && option.value === value });
      return markup`<option value="${option.value}"${chosen}>${option.label}</option>`;
    });
    return markup`<select${attributes(own)}>${all}</select>`;
  }
  if (control === 'checkbox') {
    const meant = name === 'kind' ? 'pre-sale' : 'true';
    return markup`<input${attributes({ ...own, type: 'checkbox', value: meant, checked: value === 'true' })}>`;
  }
  return markup`<input${attributes({ ...own, type: control, value, autocomplete: autocomplete ?? 'off', inputmode: inputMode })}>`;
}

function printFiles({ desk, certain, text, messages, tag, values }: Printing): Markup | '' {
  const { contacts } = desk;
  const limits = fileLimitsFor(desk, contacts.length > 1 ? contacts.find(({ id }) => id === values['contactId']) : contacts[0]);
  if (!limits) return '';
  const { count, bytesPerFile, bytesPerTicket, types } = limits;
  const sentence = certain && messages.fileLimits(count, numberIn(tag, count), bytesIn(tag, bytesPerFile), bytesIn(tag, bytesPerTicket));
  const accept = { accept: types.join(), 'aria-describedby': sentence && 'files-hint' };
  const picker = attributes({
    type: 'file',
    name: 'files',
    multiple: count !== 1,
    'aria-labelledby': 'files pick',
    ...(certain && accept),
  });
  return markup`<div part="files"><span class="legend" id="files">${text.files} <span class="soft">(${text.optional})</span></span>
<label part="zone" class="zone chosen"><span class="pick" id="pick">${text.chooseFiles}</span> <span class="soft"><input${picker}>${text.dropFiles}</span></label>
${sentence ? markup`<p class="soft" id="files-hint">${sentence}</p>` : ''}</div>
`;
}

function printOtherWays({ desk, text, tag }: Printing): Markup | '' {
  const ways = desk.otherWays.map(({ label, href }) => {
    const shown = markup`<bdi>${textIn(label, tag)}</bdi>`;
    return href && REACHABLE.test(href) ? markup`<li><a href="${href}">${shown}</a></li>` : markup`<li>${shown}</li>`;
  });
  return ways.length ? markup`<details part="other-ways"><summary>${text.otherWays}</summary><ul>${ways}</ul></details>` : '';
}
