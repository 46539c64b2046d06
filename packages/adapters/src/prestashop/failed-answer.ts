import { SupportError } from '@storefront-support/contract';
import { refusedByShop } from '../refusals.js';
import type { LoadedPage } from '../shop-page.js';
import { shopRefusal } from '../shop-refusal.js';
import { contactFormIn, type ContactForm } from './mapping.js';
import { refusedFields } from './refused-fields.js';

/** What a contact page means that shows no form, or one by which nobody can be written to. */
export function noForm(status: number, form: ContactForm | undefined): SupportError {
  if (!form) return shopRefusal(status);
  return new SupportError('misconfigured', 'The contact form of the shop has no contact: add one under Shop Parameters > Contact.');
}

/**
 * Why a message was not taken, for certain or perhaps: `internal` where the shop may have stored it before it failed.
 *
 * @param body what was sent.
 * @param post sends another one.
 */
export async function failureOf(answer: LoadedPage, body: FormData, post: (body: FormData) => Promise<LoadedPage>): Promise<SupportError> {
  const form = contactFormIn(answer.document);
  if (!form) return shopRefusal(answer.status);
  const said = form.alerts.join(' ');
  // neither of two tokens was good, as without cookies
  if (form.token !== body.get('token')) return refusedByShop(said);
  if (!said && body.has('fileUpload')) return new SupportError('too-large', 'PHP has read nothing of a request of this size.');
  if (!said) return shopRefusal(answer.status);
  // without an answer to that question the doubt stays
  const { fields, otherwise } = await refusedFields(form, body, post).catch(() => ({ fields: {}, otherwise: false }));
  if (Object.keys(fields).length > 0) return new SupportError('invalid-fields', 'The shop refuses fields.', { fields, said });
  if (otherwise) return refusedByShop(said);
  return new SupportError('internal', 'The shop failed, and may have stored the message before.', { said });
}
