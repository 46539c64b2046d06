import { SupportError, type FieldProblems } from '@storefront-support/contract';

/** Of what was sent, these members cannot be taken. */
export function invalidFields(fields: FieldProblems): SupportError {
  return new SupportError('invalid-fields', `These fields are not right: ${Object.keys(fields).join(', ')}.`, { fields });
}

/** It does not exist, or the token does not open it: nobody is told which. */
export function notFound(): SupportError {
  return new SupportError('not-found', 'Nothing of this name can be read with this token.');
}

/**
 * The shop has read it, says no, and has neither sent nor stored anything: nothing sends it again but a person. `said`: why, in the
 * language of the page.
 */
export function refusedByShop(said: string | undefined): SupportError {
  return new SupportError('invalid-fields', 'The shop has refused it in its own words.', { said });
}
