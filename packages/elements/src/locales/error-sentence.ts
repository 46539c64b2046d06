import type { AccessErrorCode, SupportErrorCode } from '@storefront-support/contract';
import type { MessageText } from './en.js';

/** Codes that ask of a person what another one asks, and are told by its sentence. */
const TOLD_AS = {
  'origin-not-allowed': 'invalid-request',
  'method-not-allowed': 'invalid-request',
  'wrong-host': 'invalid-request',
  misconfigured: 'desk-not-found',
  conflict: 'internal',
  'checksum-mismatch': 'gone',
  timeout: 'network',
  // of tickets that exist: the elements that show those have sentences of their own
  'not-signed-in': 'invalid-request',
  'confirmation-needed': 'invalid-request',
  'ticket-closed': 'invalid-request',
} as const satisfies { [code in SupportErrorCode]?: SupportErrorCode };

/** Codes with a sentence of their own in every locale; those of lent access are in the texts that come with it. */
export type ToldCode = Exclude<SupportErrorCode, keyof typeof TOLD_AS | AccessErrorCode>;

/** The person's sentence for any code. */
export function errorSentence({ errors }: MessageText, code: SupportErrorCode): string {
  const told = (TOLD_AS as { [code in SupportErrorCode]?: ToldCode })[code] ?? (code as ToldCode);
  return errors[told] ?? errors.internal;
}
