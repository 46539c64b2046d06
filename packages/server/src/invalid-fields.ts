import { SupportError, type FieldProblems } from '@storefront-support/contract';

/** @returns the error that names these fields. */
export function invalidFields(fields: FieldProblems): SupportError {
  return new SupportError('invalid-fields', 'Some fields are not valid; `fields` says which and why.', { fields });
}
