import { isSupportError, SupportError } from '@storefront-support/contract';

/** What was thrown, where it is ours; `internal` with it as the cause otherwise. */
export function asSupportError(cause: unknown): SupportError {
  return isSupportError(cause) ? cause : new SupportError('internal', 'Something failed in the page.', { cause });
}
