import type { FieldProblems } from '@storefront-support/contract';
import type { LoadedPage } from '../shop-page.js';
import { contactFormIn, type ContactForm } from './mapping.js';

/** Fields in the order in which the shop complains of them, with what it refuses and what it takes in any release. */
const REFUSED: [name: string, field: string, problem: 'invalid' | 'not-allowed', refused: string, taken: string][] = [
  ['from', 'requester.email', 'invalid', '', 'nobody@example.com'],
  ['message', 'message', 'invalid', 'script:', '.'],
  ['id_contact', 'contactId', 'invalid', '0', ''],
  ['fileUpload', 'attachmentIds.0', 'not-allowed', '', ''],
];

/** What an answer complains of. */
export interface Complaint {
  fields: FieldProblems;
  /** True: of something besides the fields, which the shop says to whatever cannot be stored, as a captcha of its own does. */
  otherwise: boolean;
}

/**
 * Which fields an answer complains of, in whatever language. The shop is shown what it cannot take, and what it says to that is
 * compared: none of these requests can be stored. Some releases name all errors at once, others the first one, so that one request
 * may not be enough. Neither fields nor `otherwise`: the shop says it of nothing that it has not taken.
 *
 * @param answer to the true request, of which `body` is what was sent.
 */
export async function refusedFields(
  answer: ContactForm,
  body: FormData,
  post: (body: FormData) => Promise<LoadedPage>,
): Promise<Complaint> {
  const complaint: Complaint = { fields: {}, otherwise: false };
  const fieldsThere = REFUSED.filter(([name]) => name !== 'fileUpload' || answer.files);
  let { token } = answer;

  /** What the shop says where these fields are wrong, one of them right for certain, and the others as they were sent. */
  async function saidOf(wrong: typeof REFUSED, [right, , , , taken = '']: [string?, ...string[]] = []): Promise<string[]> {
    const probe = new FormData();
    for (const [name, value] of body) if (name !== 'fileUpload') probe.set(name, value);
    for (const [name, , , refused] of wrong) {
      if (name === 'fileUpload') probe.set(name, new File([], 'x.none'));
      else probe.set(name, refused);
    }
    if (right === 'fileUpload') probe.delete(right);
    else if (right) probe.set(right, taken || (answer.contacts[0]?.id ?? ''));
    probe.set('token', token);
    // what a robot would do, where nothing else but the file is wrong
    if (wrong.every(([name]) => name === 'fileUpload')) probe.set('url', '-');
    const told = contactFormIn((await post(probe)).document);
    token = told?.token ?? token;
    return told?.alerts ?? [];
  }

  for (let known = 0; known < fieldsThere.length && Object.keys(complaint.fields).length < answer.alerts.length;) {
    const told = await saidOf(fieldsThere.slice(known));
    if (told.length === 0) break;
    for (const sentence of told) {
      const about = fieldsThere[known];
      const complained = answer.alerts.includes(sentence);
      if (
        complained &&
        (!about ||
          (
            await saidOf(
              fieldsThere.filter((one) => one !== about),
              about,
            )
          ).includes(sentence))
      ) {
        complaint.otherwise = true;
        continue;
      }
      if (about && complained) complaint.fields[about[1]] = { code: about[2], detail: 'The shop refuses it.' };
      known++;
    }
    if (complaint.otherwise) break;
  }
  return complaint;
}
