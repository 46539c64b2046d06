import type { FieldProblems } from './field.js';

/** The same request, unchanged, may succeed later. */
const PASSING = [
  'proof-rejected',
  'looks-automated',
  'conflict',
  'busy',
  'rate-limited',
  'checksum-mismatch',
  'internal',
  'unavailable',
  'offline',
  'network',
  'timeout',
  'aborted',
  'not-a-receipt',
  'load-failed',
] as const;

/** The same request, unchanged, cannot succeed later. */
type FinalCode =
  | 'invalid-request'
  | 'origin-not-allowed'
  | 'not-signed-in'
  | 'confirmation-needed'
  | 'not-found'
  | 'desk-not-found'
  | 'ticket-closed'
  | 'method-not-allowed'
  | 'gone'
  | 'too-large'
  | 'type-not-allowed'
  | 'wrong-host'
  | 'invalid-fields'
  | 'idempotency-mismatch'
  | 'misconfigured';

/** Of lent access, as a server answers it: told by sentences that are loaded with it. */
export type AccessErrorCode =
  /** Somebody has the record open. */
  | 'busy'
  /** Neither the ticket nor the request is this agent's. */
  | 'not-assigned'
  /** A passkey, or a password with a code, was shown too long ago or never. */
  | 'second-factor-needed'
  | 'request-closed'
  | 'expiry-required'
  | 'expiry-too-short'
  | 'expiry-too-long'
  /** Not an age file that a team could open. */
  | 'not-age'
  /** Sealed to a key that the manifest does not name: fetch the manifest, seal again. */
  | 'epoch-old';

/** The closed set of what adapters, elements and the server say. `STATUSES` says under which status each travels. */
export type SupportErrorCode = (typeof PASSING)[number] | FinalCode | AccessErrorCode;

/** What sealing, opening and the keys of a team can fail with, on the device of a person. None can be cured by trying again. */
export type VaultErrorCode =
  /** No recipient at all: nobody could ever open what is sealed. */
  | 'no-recipients'
  /** Post-quantum and classical recipients together: the weaker one would decide. */
  | 'mixed-recipients'
  | 'invalid-recipient'
  | 'invalid-identity'
  /** No key that was tried opens it. */
  | 'wrong-key'
  /** It was changed, cut or lengthened after it was sealed. */
  | 'tampered'
  | 'not-age'
  | 'header-too-large'
  | 'unknown-stanza'
  | 'too-large'
  /** It opens, but what is inside is no access record. */
  | 'not-a-record'
  /** It was sealed for another desk, ticket, request or record. */
  | 'bind-mismatch'
  /** The file is not the one its record describes. */
  | 'file-mismatch'
  | 'invalid-fields'
  | 'signature-malformed'
  | 'signature-invalid'
  | 'signature-wrong-namespace'
  /** No signer is trusted at all: the operator has not set this vault up. */
  | 'no-roots'
  | 'signer-unknown'
  | 'pin-malformed'
  | 'pin-mismatch'
  | 'manifest-malformed'
  | 'manifest-other-desk'
  | 'manifest-not-yet-valid'
  | 'manifest-expired'
  /** It would be valid for longer than 45 days. */
  | 'manifest-too-long'
  /** Its sequence is lower than one this device has seen. */
  | 'manifest-rolled-back'
  /** The code read out is not that of the device which was sent. */
  | 'code-mismatch'
  /** The browser or the passkey cannot encrypt. */
  | 'passkey-unsupported'
  /** Nobody touched it. */
  | 'passkey-refused'
  /** This browser lacks X25519 or Ed25519. */
  | 'browser-too-old';

/** Whether the same request may be sent again later. */
export function isRetryable(code: SupportErrorCode | VaultErrorCode): boolean {
  return (PASSING as readonly string[]).includes(code);
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
  /** What a backend said to the person, in the language of the page, where nothing else tells as much. */
  said?: string | undefined;
  cause?: unknown;
}

const BRAND = '@storefront-support/error';

/** The one error of every package. Its message is for developers; people read the locale's text for the code. */
export class SupportError<Code extends SupportErrorCode | VaultErrorCode = SupportErrorCode> extends Error {
  readonly code: Code;
  /** True: the same request, unchanged, may succeed later. */
  readonly retryable: boolean;
  readonly fields: FieldProblems | undefined;
  /** Milliseconds, from `Retry-After`. */
  readonly retryAfter: number | undefined;
  /** The backend's own words to the person. */
  readonly said: string | undefined;
  readonly [BRAND] = true;

  constructor(code: Code, message: string, options: SupportErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'SupportError';
    this.code = code;
    this.retryable = isRetryable(code);
    this.fields = options.fields;
    this.retryAfter = options.retryAfter;
    this.said = options.said;
  }
}

/** True for a `SupportError` of any copy of this package: it checks a brand, not `instanceof`. */
export function isSupportError(value: unknown): value is SupportError {
  return typeof value === 'object' && value !== null && BRAND in value;
}
