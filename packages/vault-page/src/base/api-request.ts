import { SupportError, type Problem } from '@storefront-support/contract';

const LIMIT_MS = 60_000;

/** One request to the own origin. */
export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  /** An object travels as JSON. */
  body?: object | Uint8Array<ArrayBuffer> | undefined;
}

/** Asks this origin's server. Cookies go along only where `credentials` says so. Rejects with a `SupportError`. */
export async function ask(
  url: string,
  { method = 'GET', headers = {}, body }: ApiRequest = {},
  credentials: RequestCredentials = 'omit',
): Promise<Response> {
  const bytes = body instanceof Uint8Array;
  let answer: Response;
  try {
    answer = await fetch(url, {
      method,
      headers: { ...headers, ...(body && { 'Content-Type': bytes ? 'application/octet-stream' : 'application/json' }) },
      body: body ? (bytes ? body : JSON.stringify(body)) : null,
      credentials,
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
  } catch {
    throw new SupportError(navigator.onLine ? 'network' : 'offline', 'The server was not reached.');
  }
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => null)) as Partial<Problem> | null;
  // it is looked up among known sentences, and shown as such a word at most
  const code = /^[a-z]+(-[a-z0-9]+)*$/.test(problem?.code ?? '') ? problem!.code! : 'internal';
  throw new SupportError(code, `The server answered with status ${answer.status}.`, { fields: problem?.fields });
}

/** The answer's JSON. A page in its place, as a proxy sends one, is no answer. */
export async function jsonOf<T>(answer: Response): Promise<T> {
  try {
    return (await answer.json()) as T;
  } catch {
    throw new SupportError('not-a-receipt', 'The answer is no JSON.');
  }
}
