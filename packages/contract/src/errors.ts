import type { FieldProblems } from './field.js';

/**
 * Every code there is, with the HTTP status it travels under (0: it never travels, the browser finds it) and whether the
 * same request may be sent again later.
 */
export const ERRORS = {
  'invalid-request': { status: 400, retryable: false },
  'origin-not-allowed': { status: 403, retryable: false },
  'proof-rejected': { status: 403, retryable: true },
  'looks-automated': { status: 403, retryable: true },
  'not-found': { status: 404, retryable: false },
  'desk-not-found': { status: 404, retryable: false },
  'method-not-allowed': { status: 405, retryable: false },
  conflict: { status: 409, retryable: true },
  gone: { status: 410, retryable: false },
  'too-large': { status: 413, retryable: false },
  'type-not-allowed': { status: 415, retryable: false },
  'wrong-host': { status: 421, retryable: false },
  'invalid-fields': { status: 422, retryable: false },
  'idempotency-mismatch': { status: 422, retryable: false },
  'rate-limited': { status: 429, retryable: true },
  'checksum-mismatch': { status: 460, retryable: true },
  internal: { status: 500, retryable: true },
  unavailable: { status: 503, retryable: true },
  offline: { status: 0, retryable: true },
  network: { status: 0, retryable: true },
  timeout: { status: 0, retryable: true },
  aborted: { status: 0, retryable: true },
  'not-a-receipt': { status: 0, retryable: true },
  misconfigured: { status: 0, retryable: false },
  'load-failed': { status: 0, retryable: true },
} as const satisfies Record<string, { status: number; retryable: boolean }>;

/** The closed set. */
export type SupportErrorCode = keyof typeof ERRORS;

/** The body of every error answer: RFC 9457, media type `application/problem+json`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: SupportErrorCode;
  /** For developers, in English: what is wrong and what would be right. Never repeats what a person wrote. */
  detail: string;
  fields?: FieldProblems | undefined;
}

/** What a `SupportError` carries beside its code and message. */
export interface SupportErrorOptions {
  fields?: FieldProblems | undefined;
  /** Milliseconds after which a retry is welcome. */
  retryAfter?: number | undefined;
  cause?: unknown;
}

const BRAND = '@storefront-support/error';

/** The one error of every package. Its message is for developers; people read the locale's text for the code. */
export class SupportError extends Error {
  readonly code: SupportErrorCode;
  /** True: the same request, unchanged, may succeed later. */
  readonly retryable: boolean;
  readonly fields: FieldProblems | undefined;
  /** Milliseconds, from `Retry-After`. */
  readonly retryAfter: number | undefined;
  readonly [BRAND] = true;

  constructor(code: SupportErrorCode, message: string, options: SupportErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'SupportError';
    this.code = code;
    this.retryable = ERRORS[code].retryable;
    this.fields = options.fields;
    this.retryAfter = options.retryAfter;
  }
}

/** True for a `SupportError` of any copy of this package: it checks a brand, not `instanceof`. */
export function isSupportError(value: unknown): value is SupportError {
  return typeof value === 'object' && value !== null && BRAND in value;
}

/** True for one of the codes above. */
export function isSupportErrorCode(value: unknown): value is SupportErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}
