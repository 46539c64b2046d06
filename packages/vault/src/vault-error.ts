import { SupportError, type SupportErrorOptions, type VaultErrorCode } from '@storefront-support/contract';

/** What every function of this package throws. Its message never holds anything that was sealed or typed, and it has no cause. */
export type VaultError = SupportError<VaultErrorCode>;

/** Makes the error of a code; `cause` is left out on purpose, for the causes of ciphers and parsers quote what they were given. */
export function vaultError(code: VaultErrorCode, message: string, { fields }: Pick<SupportErrorOptions, 'fields'> = {}): VaultError {
  return new SupportError<VaultErrorCode>(code, message, { fields });
}
