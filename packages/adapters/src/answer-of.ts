import { SupportError } from '@storefront-support/contract';
import { unlessAborted } from './abort.js';

/** What the page's own check against robots answers; `none` where the page has none. */
export async function answerOf<T>(captcha: (() => Promise<T>) | undefined, none: T, signal: AbortSignal | undefined): Promise<T> {
  if (!captcha) return none;
  const asked = captcha().catch((cause: unknown) => {
    throw new SupportError('load-failed', 'The check against robots has not answered.', { cause });
  });
  return unlessAborted(asked, signal);
}
