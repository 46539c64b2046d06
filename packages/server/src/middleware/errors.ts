import { STATUSES, SupportError, isSupportError, type Problem, type SupportErrorCode } from '@storefront-support/contract';
import type { Context, ErrorHandler, NotFoundHandler } from 'hono';
import { firstFrame } from '../log.js';
import type { AppEnv, Log } from '../ports.js';
import { DatabaseAwayError } from '../store/postgres-connection.js';

/** Short names of the problems, the same for every occurrence. */
export const TITLES: { [code in SupportErrorCode]: string } = {
  'invalid-request': 'The request is malformed',
  'origin-not-allowed': 'This desk does not take requests from this origin',
  'proof-rejected': 'The proof of work is missing or not accepted',
  'looks-automated': 'The request looks automated',
  'not-signed-in': 'Not signed in, or not any more',
  'confirmation-needed': 'To be confirmed first',
  'not-found': 'Nothing here',
  'desk-not-found': 'No such desk',
  'method-not-allowed': 'Method not allowed',
  conflict: 'The state has changed',
  'ticket-closed': 'The ticket is closed for good',
  gone: 'No longer available',
  'too-large': 'Too large',
  'type-not-allowed': 'Type not allowed',
  'wrong-host': 'This host is not served here',
  'invalid-fields': 'Some fields are not valid',
  'idempotency-mismatch': 'The key was used for another request',
  'rate-limited': 'Too many requests',
  'checksum-mismatch': 'The checksum does not match',
  internal: 'Internal error',
  unavailable: 'Temporarily unavailable',
  offline: 'Offline',
  network: 'The network failed',
  timeout: 'No answer in time',
  aborted: 'Aborted',
  'not-a-receipt': 'The answer is not a receipt',
  misconfigured: 'Not set up correctly',
  'load-failed': 'A part could not be loaded',
  busy: 'Open elsewhere',
  'not-assigned': "Not this agent's",
  'second-factor-needed': 'A second factor is needed',
  'request-closed': 'The request takes no answer any more',
  'expiry-required': 'An expiry is needed',
  'expiry-too-short': 'The expiry is too near',
  'expiry-too-long': 'The expiry is too far',
  'not-age': 'Not a sealed record',
  'epoch-old': 'Sealed to a key that is no longer in use',
};

const UNAVAILABLE_RETRY_S = 5;
// SQLITE_BUSY, SQLITE_LOCKED, SQLITE_NOMEM, SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN
const ENGINE_UNAVAILABLE = new Set([5, 6, 7, 8, 10, 13, 14]);
const SYSTEM_UNAVAILABLE = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE', 'ENFILE', 'ENOMEM']);

/** Turns whatever a route throws into `application/problem+json`; what is not a `SupportError` leaks nothing. */
export function answerError(log: Log): ErrorHandler<AppEnv> {
  return (error, c) => {
    const known = toSupportError(error);
    if (STATUSES[known.code] >= 500) logFailure(log, c, error);
    return problem(c, known);
  };
}

/** One line about a failure of our own. */
export function logFailure(log: Log, c: Context<AppEnv>, error: unknown): void {
  const { code } = toSupportError(error);
  const { name, at } = error instanceof Error ? { name: error.name, at: firstFrame(error) } : { name: 'unknown', at: undefined };
  log.error('request-failed', { id: c.var.requestId, code, error: name, at, engine: engineCode(error) });
}

/** Answers for addresses that no route has. */
export const answerUnknownRoute: NotFoundHandler<AppEnv> = (c) =>
  problem(c, new SupportError('not-found', 'No route of this server has this path; GET /docs lists them.'));

/** What an answer to `error` says. */
export function problemBody(error: SupportError): Problem {
  return {
    type: `/docs#${error.code}`,
    title: TITLES[error.code],
    status: STATUSES[error.code],
    code: error.code,
    detail: error.message,
    fields: error.fields,
  };
}

/** `error` as an answer. */
export function problem(c: Context<AppEnv>, error: SupportError): Response {
  const body = problemBody(error);
  const { status } = body;
  sayWhenAgain(c, error);
  // RFC 9110, 15.5.2
  if (status === 401) c.header('WWW-Authenticate', 'Bearer');
  c.header('Content-Type', 'application/problem+json');
  c.header('Cache-Control', 'no-store');
  // 460 is the status the tus protocol defines; it is outside the list that the type knows
  return c.body(JSON.stringify(body), status as 500);
}

/** Says when to come again, where that is known; of what is unavailable for now it always is. */
export function sayWhenAgain(c: Context<AppEnv>, { code, retryAfter }: SupportError): void {
  const wait = retryAfter ?? (STATUSES[code] === 503 ? UNAVAILABLE_RETRY_S * 1000 : undefined);
  if (wait !== undefined) c.header('Retry-After', String(Math.max(1, Math.ceil(wait / 1000))));
}

/** What a failure is to whoever asked; what is no `SupportError` becomes one that leaks nothing. */
export function toSupportError(error: unknown): SupportError {
  if (isSupportError(error))
    return STATUSES[error.code] > 0 ? error : new SupportError('internal', 'The server failed; nothing was saved.');
  if (error instanceof DatabaseAwayError)
    return new SupportError('unavailable', 'The database does not answer right now. The same request may be sent again.');
  const engine = engineCode(error);
  const system = (error as { code?: unknown }).code;
  if ((typeof engine === 'number' && ENGINE_UNAVAILABLE.has(engine)) || (typeof system === 'string' && SYSTEM_UNAVAILABLE.has(system))) {
    return new SupportError('unavailable', 'The server cannot save anything right now; nothing was saved.');
  }
  return new SupportError('internal', 'The server failed; nothing was saved.');
}

/** Primary result code of SQLite, SQLSTATE of Postgres. */
function engineCode(error: unknown): number | string | undefined {
  const { errcode, code, severity } = error as { errcode?: unknown; code?: unknown; severity?: unknown };
  if (typeof errcode === 'number') return errcode & 0xff;
  return typeof severity === 'string' && typeof code === 'string' ? code : undefined;
}
