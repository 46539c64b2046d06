import { STATUSES, SupportError } from '@storefront-support/contract';
import { problemSchema } from '@storefront-support/contract/schemas';
import {
  exchange,
  jsonOf,
  notOurs,
  retryAfterOf,
  strangersRefusal,
  textOf,
  type Answer,
  type Connection,
  type OutgoingRequest,
} from './exchange.js';

export { jsonOf, lost, notOurs, type Answer, type Connection, type OutgoingRequest } from './exchange.js';

/** Sends a request to our server and resolves with a 2xx answer, read to its end. Everything else rejects with a `SupportError`. */
export function send(connection: Connection, request: OutgoingRequest): Promise<Answer>;
/** @param take reads the body of a 2xx answer, instead of as text. */
export function send<T>(connection: Connection, request: OutgoingRequest, take: (response: Response) => Promise<T>): Promise<T>;
export function send(
  connection: Connection,
  request: OutgoingRequest,
  take: (response: Response) => Promise<unknown> = textOf,
): Promise<unknown> {
  return exchange(connection, request, refusal, take);
}

/**
 * The one translation of an answer that is no success. Answers of proxies and strangers keep what their status says; it is their
 * `cause`.
 */
export function refusal(status: number, headers: Headers, text: string): SupportError {
  const problem = problemSchema.safeParse(jsonOf(text));
  // a code that belongs to another status was not written by our server
  if (!problem.success || STATUSES[problem.data.code] !== status) return strangersRefusal(status, headers);
  const { code, detail, fields } = problem.data;
  return new SupportError(code, detail, { retryAfter: retryAfterOf(headers), fields });
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
