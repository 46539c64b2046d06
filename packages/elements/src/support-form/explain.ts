import { isSupportError, SupportError } from '@storefront-support/contract';

/**
 * Why a form cannot work at all, for whoever built the page: the cause and the line that mends it.
 *
 * @param cause what the backend rejected with, or one of the form's own two codes.
 * @param blocked address that the page's Content-Security-Policy refused; empty if none.
 */
export function explain(cause: unknown, blocked: string): SupportError {
  if (blocked) {
    const { origin } = new URL(blocked, location.href);
    const mend = `The page's Content-Security-Policy keeps the form from ${blocked}. Add its origin: connect-src ${origin}`;
    return new SupportError('misconfigured', mend, { cause });
  }
  if (isSupportError(cause)) return cause;
  if (cause === 'load-failed') return new SupportError(cause, 'The sentences of the form could not be loaded.');
  if (cause === 'misconfigured') {
    const line = '<support-form endpoint="https://support.example" desk="…">';
    return new SupportError(
      cause,
      `This tag has no backend. Write ${line}, put it inside <support-provider>, or set its adapter property.`,
    );
  }
  return new SupportError('internal', 'The desk could not be read.', { cause });
}
