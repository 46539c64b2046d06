import type { SupportErrorCode } from './errors.js';

/** HTTP status of every code; 0: it never travels, the browser finds it. */
export const STATUSES = {
  'invalid-request': 400,
  'not-signed-in': 401,
  'origin-not-allowed': 403,
  'proof-rejected': 403,
  'looks-automated': 403,
  'not-assigned': 403,
  'second-factor-needed': 403,
  'not-found': 404,
  'desk-not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  busy: 409,
  'request-closed': 409,
  'epoch-old': 409,
  'confirmation-needed': 409,
  'ticket-closed': 409,
  gone: 410,
  'too-large': 413,
  'type-not-allowed': 415,
  'wrong-host': 421,
  'invalid-fields': 422,
  'expiry-required': 422,
  'expiry-too-short': 422,
  'expiry-too-long': 422,
  'not-age': 422,
  'idempotency-mismatch': 422,
  'rate-limited': 429,
  'checksum-mismatch': 460,
  internal: 500,
  unavailable: 503,
  offline: 0,
  network: 0,
  timeout: 0,
  aborted: 0,
  'not-a-receipt': 0,
  misconfigured: 0,
  'load-failed': 0,
} as const satisfies Record<SupportErrorCode, number>;

/** True for one of the codes above. */
export function isSupportErrorCode(value: unknown): value is SupportErrorCode {
  return typeof value === 'string' && Object.hasOwn(STATUSES, value);
}
