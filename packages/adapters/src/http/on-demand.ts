import { SupportError } from '@storefront-support/contract';
import { unlessAborted } from '../abort.js';

/** Loads once, at first use; a failure is forgotten, so that the next use tries again. */
export function onDemand<T>(load: () => Promise<T>): (signal: AbortSignal | undefined) => Promise<T> {
  let loading: Promise<T> | undefined;
  return (signal) => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw new SupportError('load-failed', 'The code for this could not be loaded.', { cause });
    });
    return unlessAborted(loading, signal);
  };
}
