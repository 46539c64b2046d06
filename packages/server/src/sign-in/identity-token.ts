import type { FieldProblem, Requester, SupportError } from '@storefront-support/contract';
import { requesterSchema } from '@storefront-support/contract/schemas';
import type { JWTPayload } from 'jose';
import * as z from 'zod/mini';
import type { DeskConfig, IdentityKey } from '../desk-config.js';
import { invalidFields } from '../invalid-fields.js';
import { sha256 } from '../sha256.js';

/** A token lives no longer. */
const LIFE_S = 600;
/** Clocks of shop and server may differ by so much. */
const LEEWAY_S = 60;

const claim = z.string().check(z.minLength(1), z.maxLength(255));
const claimSchemas = { sub: claim, jti: claim, email: requesterSchema.shape.email, name: requesterSchema.shape.name };

/** What a shop says of its customer. */
export interface Identity {
  requester: Requester;
  /** SHA-256 of `jti`, hex. */
  jtiHash: string;
  /** From then on the token is refused anyway. Milliseconds since 1970. */
  expiresAt: number;
}

/**
 * Checks a JWT of a shop: signed with the key of the desk that `kid` names and with no other algorithm than that key's, for this
 * desk (`aud`), now (`nbf`, `iat`, `exp`), for ten minutes at most.
 *
 * @param now milliseconds since 1970.
 * @throws {SupportError} `invalid-fields` on `identityToken`; its detail says what is wrong without repeating the token.
 */
export async function readIdentityToken({ desk, identity }: DeskConfig, token: string, now: number): Promise<Identity> {
  if (identity.length === 0)
    throw tokenRefused('This desk has no keys: its desk file names those of the shop below identity.', 'not-allowed');
  const { decodeProtectedHeader, errors, jwtVerify } = await import('jose');
  let header;
  try {
    header = decodeProtectedHeader(token);
  } catch {
    throw tokenRefused('This is no JWT in compact form: header, claims and signature as base64url, with a dot between them.');
  }
  const key = keyOf(identity, header.kid);
  if (header.alg !== key.alg) throw tokenRefused(`This key is for ${key.alg}: the header must say so in alg.`);
  let claims: JWTPayload;
  try {
    ({ payload: claims } = await jwtVerify(token, key.key, {
      algorithms: [key.alg],
      audience: desk.id,
      clockTolerance: LEEWAY_S,
      currentDate: new Date(now),
      requiredClaims: ['iat', 'exp'],
    }));
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) throw tokenRefused('The signature is not one of this key.');
    if (error instanceof errors.JWTExpired) throw tokenRefused('exp has passed: sign a new token for each sign-in.');
    if (error instanceof errors.JWTClaimValidationFailed) throw tokenRefused(detailOf(error.claim, desk.id));
    throw tokenRefused('The token is malformed.');
  }
  const { exp = 0, iat = 0 } = claims;
  if (iat > now / 1000 + LEEWAY_S) throw tokenRefused('iat lies in the future: set the clock of the shop.');
  if (exp - iat > LIFE_S) throw tokenRefused(`exp may be at most ${LIFE_S} seconds after iat.`);
  if (exp <= iat) throw tokenRefused('exp must be later than iat.');
  const { jti, email, name } = readClaims(claims);
  const jtiHash = sha256(jti);
  return { requester: { email, name }, jtiHash, expiresAt: (exp + LEEWAY_S) * 1000 };
}

function keyOf(keys: readonly IdentityKey[], kid: string | undefined): IdentityKey {
  if (typeof kid !== 'string') throw tokenRefused('The header has no kid: it names the key of the desk file.');
  const key = keys.find((candidate) => candidate.kid === kid);
  if (!key) throw tokenRefused('The desk file has no key of this kid below identity.');
  return key;
}

function detailOf(name: string, deskId: string): string {
  if (name === 'aud') return `aud must be the id of the desk, ${deskId}.`;
  if (name === 'nbf') return 'nbf lies in the future, or is no number of seconds since 1970.';
  return `${name} is missing, or is no number of seconds since 1970.`;
}

function readClaims(claims: JWTPayload): { [name in keyof typeof claimSchemas]: string } {
  const read = (name: keyof typeof claimSchemas) => {
    const found = claimSchemas[name].safeParse(claims[name]);
    if (found.success) return found.data;
    throw tokenRefused(`${name} is missing, or is not what it has to be: ${MEANINGS[name]}.`);
  };
  // an account may carry an address that is somebody else's until it has been confirmed
  if ('email_verified' in claims && claims['email_verified'] !== true) throw tokenRefused('email_verified must be true where it is given.');
  return { sub: read('sub'), jti: read('jti'), email: read('email'), name: read('name') };
}

const MEANINGS = {
  sub: 'the customer in the shop, as 1 to 255 characters',
  jti: 'a random text, new for each token, as 1 to 255 characters',
  email: 'the mail address of the customer',
  name: 'the name of the customer',
};

/** @returns the error about an identity token. @param detail what is wrong, for whoever signs them; nothing of the token. */
export function tokenRefused(detail: string, code: FieldProblem['code'] = 'invalid'): SupportError {
  return invalidFields({ identityToken: { code, detail } });
}
