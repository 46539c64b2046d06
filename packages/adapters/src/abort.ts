import { SupportError } from '@storefront-support/contract';

/** What a verb rejects with once its caller no longer wants the answer. */
export function aborted(cause?: unknown): SupportError {
  return new SupportError('aborted', 'The caller no longer wants the answer.', { cause });
}

/** `promise`, or a rejection with `aborted` as soon as the signal says so. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(aborted());
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort);
    void promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', onAbort));
  });
}
