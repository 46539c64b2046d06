import { fileLimitsFor, textIn, type Desk, type FieldProblem, type FieldProblems } from '@storefront-support/contract';
import { html } from 'hono/html';
import type { PostedFile } from '../files/receive-form-file.js';
import { isolated } from '../locales/isolated.js';
import type { Markup, PageFrame } from './page.js';
import type { PageTexts } from './texts.js';
import { bytesIn, listIn, numberIn } from './written.js';

/** Above this many contacts they become a select, as in the form with a script. */
const MOST_CARDS = 4;

/** Fields of a posted form. `files` may come several times; `website` is a field that people do not see. */
export const FORM_FIELDS = [
  'contactId',
  'kind',
  'requester.name',
  'requester.email',
  'orderReference',
  'subject',
  'message',
  'website',
  'locale',
] as const;
/** Name of the files in it. */
export const FILES_FIELD = 'files';

/** A form as it stands on a page. */
export interface FormState extends PageFrame {
  desk: Desk;
  /** Where it posts to, from the page it stands on. */
  action: string;
  /** Language that it was asked for in; goes with it. */
  locale: string;
  values: ReadonlyMap<string, string>;
  problems: FieldProblems;
  /** What was sent along, and does not come back. */
  files: readonly PostedFile[];
}

/** The form without a script. */
export function plainForm(form: FormState): Markup {
  const { texts, action, locale, desk, language } = form;
  const { form: labels } = texts;
  const files = desk.limits.files;
  const preSale = /^(pre-sale|true|on)$/.test(form.values.get('kind') ?? '');
  return html`<form class="plain-form" method="post" action="${action}" enctype="multipart/form-data" accept-charset="utf-8">
    <h2>${labels.heading}</h2>
    <p class="soft">${labels.intro}</p>
    ${contactsOf(form)}
    <div>
      <label class="check"><input type="checkbox" name="kind" value="pre-sale" ${preSale ? 'checked' : ''} />${labels.preSale}</label>
      <p class="soft">${labels.preSaleHint}</p>
      ${faultOf(form, 'kind')}
    </div>
    <div class="halves">
      ${inputOf(form, 'requester.name', labels.name, { autocomplete: 'name', required: true })}
      ${inputOf(form, 'requester.email', labels.email, { type: 'email', autocomplete: 'email', required: true })}
    </div>
    ${inputOf(form, 'orderReference', labels.order)} ${inputOf(form, 'subject', labels.subject, { required: true })}
    <div>
      <label for="message">${labels.message}</label>
      ${textareaOf(form)} ${faultOf(form, 'message')}
    </div>
    ${files === null ? '' : filesOf(form, language)}
    <div class="quiet" aria-hidden="true">
      <label>${labels.leaveEmpty} <input name="website" tabindex="-1" autocomplete="off" /></label>
    </div>
    <input type="hidden" name="locale" value="${locale}" />
    <div><button class="first" type="submit">${labels.send}</button></div>
  </form>`;
}

/** What is to be corrected, with links to the fields. */
export function summaryOf(form: FormState): Markup {
  const names = SHOWN_ORDER.filter((name) => form.problems[name]);
  if (names.length === 0) return '';
  const { texts, language, problems } = form;
  return html`<div class="problem" role="alert" aria-labelledby="problem" tabindex="-1" autofocus>
    <h1 id="problem">${texts.summary(names.length, numberIn(language, names.length))}</h1>
    <ul>
      ${names.map((name) => html`<li><a href="#${targetOf(form, name)}">${sentenceFor(form, name, problems[name] as FieldProblem)}</a></li>`)}
    </ul>
    ${againOf(form)}
  </div>`;
}

/** Which files are to be chosen again; nothing where none were sent. */
export function againOf({ texts, language, files }: FormState): Markup {
  const names = files.filter((file) => 'id' in file || file.problem === 'unfinished').map(({ name }) => isolated(name));
  return names.length === 0 ? '' : html`<p>${texts.files.chooseAgain(listIn(language, names))}</p>`;
}

const SHOWN_ORDER = ['contactId', 'kind', 'requester.name', 'requester.email', 'orderReference', 'subject', 'message', 'attachmentIds'];

function contactsOf(form: FormState): Markup {
  const { desk, texts, language, values } = form;
  const { contacts } = desk;
  const chosen = values.get('contactId');
  const fault = form.problems['contactId'];
  if (contacts.length === 1) return html`<input type="hidden" name="contactId" value="${contacts[0]?.id ?? ''}" />`;
  if (contacts.length > MOST_CARDS)
    return html`<div>
      <label for="contactId">${texts.form.contact}</label>
      <select id="contactId" name="contactId" required ${described(fault && 'contactId')}>
        <option value="">${texts.form.choose}</option>
        ${contacts.map(({ id, name }) => html`<option value="${id}" ${id === chosen ? 'selected' : ''}>${textIn(name, language)}</option>`)}
      </select>
      ${faultOf(form, 'contactId')}
    </div>`;
  return html`<fieldset role="radiogroup" aria-required="true" ${described(fault && 'contactId')}>
    <legend>${texts.form.contact}</legend>
    <div class="cards">
      ${contacts.map(
        ({ id, name, description }, index) =>
          html`<label
            ><input
              type="radio"
              name="contactId"
              value="${id}"
              ${index === 0 ? html`id="contactId"` : ''}
              ${id === chosen ? 'checked' : ''}
              required
            /><span
              ><bdi>${textIn(name, language)}</bdi>${
                description === undefined ? '' : html`<span class="soft"><bdi>${textIn(description, language)}</bdi></span>`
              }</span
            ></label
          >`,
      )}
    </div>
    ${faultOf(form, 'contactId')}
  </fieldset>`;
}

interface InputOptions {
  type?: string;
  autocomplete?: string;
  required?: boolean;
}

/** Browsers bring nothing back that is not to be completed: without a script nobody else does. */
function inputOf(
  form: FormState,
  name: string,
  label: string,
  { type = 'text', autocomplete, required = false }: InputOptions = {},
): Markup {
  const id = name.replace('.', '-');
  return html`<div>
    <label for="${id}">${label}${required ? '' : html` <span class="soft">(${form.texts.form.optional})</span>`}</label>
    <input
      id="${id}"
      name="${name}"
      type="${type}"
      value="${form.values.get(name) ?? ''}"
      ${autocomplete ? html`autocomplete="${autocomplete}"` : ''}
      dir="${type === 'email' ? 'ltr' : 'auto'}"
      ${required ? 'required' : ''}
      ${described(form.problems[name] && name)}
    />
    ${faultOf(form, name)}
  </div>`;
}

/** On one line: what stands between its tags is its text, and the parser drops a first line break. */
function textareaOf({ values, problems }: FormState): Markup {
  // prettier-ignore
  return html`<textarea id="message" name="message" rows="8" dir="auto" required ${described(problems['message'] && 'message')}>
${values.get('message') ?? ''}</textarea>`;
}

function filesOf(form: FormState, language: string): Markup {
  const { desk, texts } = form;
  const contact = desk.contacts.length === 1 ? desk.contacts[0] : undefined;
  const limits = fileLimitsFor(desk, contact);
  if (!limits) return '';
  const { count, bytesPerFile, bytesPerTicket, types } = limits;
  const hint = texts.form.fileLimits(count, numberIn(language, count), bytesIn(language, bytesPerFile), bytesIn(language, bytesPerTicket));
  const fault = form.problems['attachmentIds'];
  return html`<div>
    <label for="files">${texts.form.files} <span class="soft">(${texts.form.optional})</span></label>
    <input
      id="files"
      type="file"
      name="${FILES_FIELD}"
      accept="${types.join()}"
      ${count > 1 ? 'multiple' : ''}
      ${fault ? html`aria-invalid="true" aria-describedby="fault-attachmentIds files-hint"` : html`aria-describedby="files-hint"`}
    />
    ${faultOf(form, 'attachmentIds')}
    <p class="soft hint" id="files-hint">${hint}</p>
  </div>`;
}

function described(name: string | false | undefined): Markup {
  return name ? html`aria-invalid="true" aria-describedby="fault-${name.replace('.', '-')}"` : '';
}

function faultOf(form: FormState, name: string): Markup {
  const problem = form.problems[name];
  return problem ? html`<p class="fault" id="fault-${name.replace('.', '-')}">${sentenceFor(form, name, problem)}</p>` : '';
}

function targetOf({ desk }: FormState, name: string): string {
  if (name === 'attachmentIds') return 'files';
  return name === 'contactId' && desk.contacts.length === 1 ? 'message' : name.replace('.', '-');
}

function sentenceFor({ texts, language, files }: FormState, name: string, problem: FieldProblem): string {
  if (name === 'contactId') return texts.problemContact;
  if (name === 'requester.email' && problem.code === 'invalid') return texts.problemEmail;
  const bad = name === 'attachmentIds' ? files.filter((file) => 'problem' in file && /^(wrong-type|too-large)$/.test(file.problem)) : [];
  if (bad.length > 0) return bad.map((file) => fileSentence(texts, language, file)).join(' ');
  const label = labelOf(texts, name);
  const limit = problem.limit ?? 0;
  const sentences = texts.problems;
  const code = Object.hasOwn(sentences, problem.code) ? (problem.code as keyof typeof sentences) : 'invalid';
  return sentences[code](label, problem.code === 'too-large' ? bytesIn(language, limit) : numberIn(language, limit));
}

function fileSentence(texts: PageTexts, language: string, file: PostedFile): string {
  const shown = isolated(file.name);
  return 'limit' in file && file.problem === 'too-large'
    ? texts.files.tooLarge(shown, bytesIn(language, file.limit))
    : texts.files.wrongType(shown);
}

function labelOf({ form }: PageTexts, name: string): string {
  const labels: { [name: string]: string } = {
    kind: form.preSale,
    'requester.name': form.name,
    'requester.email': form.email,
    orderReference: form.order,
    subject: form.subject,
    message: form.message,
    attachmentIds: form.files,
  };
  return labels[name] ?? name;
}
