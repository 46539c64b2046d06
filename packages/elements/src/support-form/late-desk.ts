import { isSupportError, SupportError } from '@storefront-support/contract';
import type { SupportForm } from './support-form.js';

/** Has fetched what was not to be had at first focus. Resolves with why it is not to be had now either. */
export async function completeDesk(form: SupportForm): Promise<SupportError | undefined> {
  try {
    await form.prepare();
    return undefined;
  } catch (cause) {
    return isSupportError(cause) ? cause : new SupportError('internal', 'The desk could not be completed.', { cause });
  }
}
