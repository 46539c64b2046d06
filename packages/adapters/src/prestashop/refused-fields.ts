import type { FieldProblems } from '@storefront-support/contract';
import type { LoadedPage } from '../shop-page.js';
import { contactFormIn, type ContactForm } from './mapping.js';

/** Fields in the order in which the shop complains of them, with what it refuses in any release. */
const REFUSED: [name: string, field: string, problem: 'invalid' | 'not-allowed', value: string][] = [
  ['from', 'requester.email', 'invalid', ''],
  ['message', 'message', 'invalid', 'script:'],
  ['id_contact', 'contactId', 'invalid', '0'],
  ['fileUpload', 'attachmentIds.0', 'not-allowed', ''],
];

/**
 * Which fields an answer complains of, in whatever language. The shop is shown what it cannot take, and what it says to that is
 * compared: none of these requests can be stored. Some releases name all errors at once, others the first one, so that one request
 * may not be enough. Empty: the answer complains of something else.
 *
 * @param answer to the true request, of which `body` is what was sent.
 */
export async function refusedFields(
  answer: ContactForm,
  body: FormData,
  post: (body: FormData) => Promise<LoadedPage>,
): Promise<FieldProblems> {
  const fields: FieldProblems = {};
  const fieldsThere = REFUSED.filter(([name]) => name !== 'fileUpload' || answer.files);
  let { token } = answer;
  for (let known = 0; known < fieldsThere.length && Object.keys(fields).length < answer.alerts.length;) {
    const probe = new FormData();
    for (const [name, value] of body) if (name !== 'fileUpload') probe.set(name, value);
    for (const [name, , , value] of fieldsThere.slice(known)) {
      if (name === 'fileUpload') probe.set(name, new File([], 'x.none'));
      else probe.set(name, value);
    }
    probe.set('token', token);
    // what a robot would do, where nothing else but the file is wrong
    if (known === 3) probe.set('url', '-');
    const told = contactFormIn((await post(probe)).document);
    if (!told?.alerts.length) break;
    for (const sentence of told.alerts) {
      const [, field, code] = fieldsThere[known++] ?? [];
      if (field && code && answer.alerts.includes(sentence)) fields[field] = { code, detail: 'The shop refuses it.' };
    }
    ({ token } = told);
  }
  return fields;
}
