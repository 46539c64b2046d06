import { STATUSES, SupportError, isSupportError, type SupportErrorCode } from '@storefront-support/contract';
import { problemSchema } from '@storefront-support/contract/schemas';
import ky, { isHTTPError, type Options } from 'ky';
import { aborted } from './abort.js';
import { fetchOptions } from './fetch-options.js';

/** What an adapter is handed instead of reading globals. */
export interface Connection {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** False: the device knows that it has no network. */
  online: () => boolean;
}

export interface OutgoingRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE';
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

/** What only reads may be sent again without asking. */
const READ_RETRIES = {
  limit: 2,
  methods: ['get', 'head'],
  statusCodes: [502, 503, 504],
  afterStatusCodes: [503],
  maxRetryAfter: 2_000,
  backoffLimit: 2_000,
  delay: (attempt: number) => 250 * 2 ** attempt,
  jitter: true,
  retryOnTimeout: false,
  shouldRetry: undefined,
};

/**
 * Members that ky, and the request it makes for itself, would read from `Object.prototype`. Inherited headers and hooks cannot be
 * kept out of that request: it is never sent.
 */
const KY_OPTIONS = {
  retry: READ_RETRIES,
  timeout: false,
  throwHttpErrors: true,
  hooks: { beforeRequest: undefined, beforeRetry: undefined, beforeError: undefined, afterResponse: undefined },
  searchParams: '',
  prefixUrl: '',
  context: {},
  json: undefined,
  parseJson: undefined,
  stringifyJson: undefined,
  onDownloadProgress: undefined,
  onUploadProgress: undefined,
  body: null,
  mode: 'cors',
  credentials: 'omit',
  cache: 'default',
  redirect: 'follow',
  referrer: '',
  referrerPolicy: '',
  integrity: '',
  keepalive: false,
  duplex: 'half',
  priority: 'auto',
  window: null,
};

/** Sends a request and resolves with a 2xx answer, read to its end. Everything else rejects with a `SupportError`. */
export async function send(connection: Connection, request: OutgoingRequest): Promise<Answer> {
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
    const response = await exchange(connection, request, stop.signal);
    const text = await response.text();
    if (response.ok) return { status: response.status, headers: response.headers, text };
    throw refusal(response.status, response.headers, text);
  } catch (error) {
    if (isSupportError(error)) throw error;
    if (signal?.aborted) throw aborted(error);
    if (late) throw new SupportError('timeout', `No full answer from ${request.url} within ${request.timeout} ms.`, { cause: error });
    if (!connection.online()) throw new SupportError('offline', 'The device has no network.', { cause: error });
    throw new SupportError('network', `The connection to ${request.url} failed.`, { cause: error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

async function exchange(connection: Connection, { method, url, headers, body }: OutgoingRequest, signal: AbortSignal): Promise<Response> {
  const options = fetchOptions(method, headers, body, signal);
  try {
    // ky decides when to ask, never what
    const asks = { ...KY_OPTIONS, method, signal, fetch: () => connection.fetch(url, options) };
    return await ky(new Request(url, asks as unknown as RequestInit), asks as unknown as Options);
  } catch (error) {
    if (isHTTPError(error)) return error.response;
    throw error;
  }
}

const STATUS_OF_STRANGERS = new Map<number, SupportErrorCode>([
  [408, 'timeout'],
  [413, 'too-large'],
  [429, 'rate-limited'],
  [500, 'internal'],
  [504, 'timeout'],
]);

/** The one translation of an answer that is no success. Answers of proxies and strangers keep what their status says. */
export function refusal(status: number, headers: Headers, text: string): SupportError {
  const options = { retryAfter: retryAfterOf(headers) };
  const problem = problemSchema.safeParse(jsonOf(text));
  // a code that belongs to another status was not written by our server
  if (problem.success && STATUSES[problem.data.code] === status) {
    const { code, detail, fields } = problem.data;
    return new SupportError(code, detail, { ...options, fields });
  }
  const code = STATUS_OF_STRANGERS.get(status) ?? (status > 500 ? 'unavailable' : 'not-a-receipt');
  return new SupportError(code, `Status ${status}, and not from a support server.`, options);
}

/** Checks a 2xx answer against the schema of what was asked for. A page of a proxy or an empty answer is never a receipt. */
export function read<T>(
  answer: Answer,
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false; error: unknown } },
): T {
  const parsed = schema.safeParse(jsonOf(answer.text));
  if (!parsed.success) throw notOurs(parsed.error);
  return parsed.data;
}

/** A 2xx answer that this backend does not give. */
export function notOurs(cause?: unknown): SupportError {
  return new SupportError('not-a-receipt', 'The answer is none of a support server.', { cause });
}

/** Milliseconds; undefined where the header says nothing that can be read. */
function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get('Retry-After')?.trim();
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
