import { createHmac, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { Requester } from '@storefront-support/contract';

/** What a shop has in its desk file: a shared secret. */
export interface SharedKey {
  kid: string;
  alg: 'HS256';
  secret: string;
}

export function newSharedKey(kid = 'shop'): SharedKey {
  return { kid, alg: 'HS256', secret: randomBytes(32).toString('base64url') };
}

/** Claims of a token that is right in everything. @param now milliseconds since 1970. */
export function identityClaims(desk: string, { name, email }: Requester, now = Date.now()): Record<string, unknown> {
  const iat = Math.floor(now / 1000);
  return { aud: desk, iat, exp: iat + 300, jti: randomUUID(), sub: 'customer-1', email, name };
}

/** A JWT. @param key text in base64url for HMAC with SHA-256, or a private Ed25519 key; null: no signature. */
export function signToken(header: Record<string, unknown>, claims: unknown, key: string | KeyObject | null): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part(header)}.${part(claims)}`;
  if (key === null) return `${signed}.`;
  const signature =
    typeof key === 'string'
      ? createHmac('sha256', Buffer.from(key, 'base64url')).update(signed).digest()
      : sign(null, Buffer.from(signed), key);
  return `${signed}.${signature.toString('base64url')}`;
}
