import { SupportError } from '@storefront-support/contract';
import { unlessAborted } from './abort.js';

/** Code that is needed only now, from `import()`; rejects with `load-failed` where it cannot be had. */
export function loadPart<T>(part: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const loading = part.catch((cause: unknown) => {
    throw new SupportError('load-failed', 'A part of the adapter could not be loaded.', { cause });
  });
  return unlessAborted(loading, signal);
}
