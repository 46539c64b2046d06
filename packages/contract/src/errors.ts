import type { FieldProblems } from './field.js';

/** The same request, unchanged, cannot succeed later. */
const FINAL = [
  'invalid-request',
  'origin-not-allowed',
  'not-signed-in',
  'confirmation-needed',
  'not-found',
  'desk-not-found',
  'ticket-closed',
  'method-not-allowed',
  'gone',
  'too-large',
  'type-not-allowed',
  'wrong-host',
  'invalid-fields',
  'idempotency-mismatch',
  'misconfigured',
] as const;

/** The same request, unchanged, may succeed later. */
type PassingCode =
  | 'proof-rejected'
  | 'looks-automated'
  | 'conflict'
  | 'rate-limited'
  | 'checksum-mismatch'
  | 'internal'
  | 'unavailable'
  | 'offline'
  | 'network'
  | 'timeout'
  | 'aborted'
  | 'not-a-receipt'
  | 'load-failed';

/** The closed set. `STATUSES` says under which status each travels. */
export type SupportErrorCode = (typeof FINAL)[number] | PassingCode;

/** Whether the same request may be sent again later. */
export function isRetryable(code: SupportErrorCode): boolean {
  return !(FINAL as readonly string[]).includes(code);
}

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
    this.retryable = isRetryable(code);
    this.fields = options.fields;
    this.retryAfter = options.retryAfter;
  }
}

/** True for a `SupportError` of any copy of this package: it checks a brand, not `instanceof`. */
export function isSupportError(value: unknown): value is SupportError {
  return typeof value === 'object' && value !== null && BRAND in value;
}
