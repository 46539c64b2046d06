import { SupportError, isSupportError, type SupportErrorCode } from '@storefront-support/contract';
import { aborted, unlessAborted } from './abort.js';
import { fetchOptions } from './fetch-options.js';

/** What an adapter is handed instead of reading globals. */
export interface Connection {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** False: the device knows that it has no network. */
  online: () => boolean;
}

export interface OutgoingRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body: BodyInit | null;
  signal: AbortSignal | undefined;
  /** Milliseconds until the last byte of the answer, retries included. */
  timeout: number;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

/** What an answer that is no success means. */
export type Refusal = (status: number, headers: Headers, text: string) => SupportError;

/** What only reads may be sent again without asking, this often, after no answer or one of these. */
const READS: readonly string[] = ['GET', 'HEAD'];
const RETRIES = 2;
const PASSING: readonly number[] = [502, 503, 504];
const FIRST_REST_MS = 500;
/** A server that wants a longer rest is reported instead. */
const LONGEST_REST_MS = 2_000;

const STATUS_OF_STRANGERS = new Map<number, SupportErrorCode>([
  [408, 'timeout'],
  [413, 'too-large'],
  [429, 'rate-limited'],
  [500, 'internal'],
  [504, 'timeout'],
]);

/** What an answer means that says no more than its status; the status is the `cause`. */
export function strangersRefusal(status: number, headers: Headers): SupportError {
  const code = STATUS_OF_STRANGERS.get(status) ?? (status > 500 ? 'unavailable' : 'not-a-receipt');
  return new SupportError(code, `Status ${status}, and no word on why.`, { retryAfter: retryAfterOf(headers), cause: status });
}

export async function textOf(response: Response): Promise<Answer> {
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/**
 * Sends a request and resolves with what `take` makes of a 2xx answer, read to its end. Everything else rejects with a
 * `SupportError`: `refuse` says which, where something has answered.
 */
export async function exchange<T>(
  connection: Connection,
  request: OutgoingRequest,
  refuse: Refusal,
  take: (response: Response) => Promise<T>,
): Promise<T> {
  const { signal } = request;
  if (signal?.aborted) throw aborted(signal.reason);
  const stop = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop.abort();
  }, request.timeout);
  const onAbort = () => stop.abort();
  signal?.addEventListener('abort', onAbort);
  try {
    const response = await tried(connection, request, stop.signal);
    if (response.ok) return await take(response);
    throw refuse(response.status, response.headers, await response.text());
  } catch (error) {
    if (isSupportError(error)) throw error;
    if (signal?.aborted) throw aborted(error);
    if (late) throw new SupportError('timeout', `No full answer from ${request.url} within ${request.timeout} ms.`, { cause: error });
    throw lost(connection, request.url, error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Nothing has answered, or not to the end. */
export function lost({ online }: Connection, url: string, cause?: unknown): SupportError {
  if (!online()) return new SupportError('offline', 'The device has no network.', { cause });
  return new SupportError('network', `The connection to ${url} failed.`, { cause });
}

async function tried(connection: Connection, { method, url, headers, body }: OutgoingRequest, signal: AbortSignal): Promise<Response> {
  const retries = READS.includes(method) ? RETRIES : 0;
  for (let count = 0; ; count++) {
    let rest = FIRST_REST_MS * 2 ** count * (0.5 + Math.random() / 2);
    try {
      const response = await connection.fetch(url, fetchOptions(method, headers, body, signal));
      rest = retryAfterOf(response.headers) ?? rest;
      if (count === retries || !PASSING.includes(response.status) || rest > LONGEST_REST_MS) return response;
      response.body?.cancel().catch(() => undefined);
    } catch (error) {
      if (count === retries || signal.aborted || !connection.online()) throw error;
    }
    // once aborted, the next try fails as such
    await unlessAborted(new Promise((resolve) => setTimeout(resolve, rest)), signal).catch(() => undefined);
  }
}

/** Milliseconds; undefined where the header says nothing that can be read. */
export function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get('Retry-After')?.trim();
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** A 2xx answer that this backend does not give. */
export function notOurs(cause?: unknown): SupportError {
  return new SupportError('not-a-receipt', 'The answer is none of a support server.', { cause });
}

/** Undefined where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
