import { createHash } from 'node:crypto';
import { secretSchema } from '@storefront-support/contract/schemas';

/** SHA-256 of the secret's 43 characters, hex: the only form in which a secret is stored. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret, 'ascii').digest('hex');
}

/** The ticket secret or session token of an `Authorization: Bearer …` header, hashed; null where there is none or it cannot be one. */
export function secretHashIn(authorization: string | undefined): string | null {
  const secret = secretSchema.safeParse(/^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]);
  return secret.success ? hashSecret(secret.data) : null;
}
