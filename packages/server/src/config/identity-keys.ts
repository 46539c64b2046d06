import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IdentityKey } from '../desk-config.js';
import type { DeskEntry } from './desk-file-schema.js';

type Entry = DeskEntry['identity'][number];

/** RFC 7518, 3.2: as long as the hash. */
const SECRET_BYTES = 32;

/** A key of the desk file cannot be used. Its message says what would be right and repeats nothing of the key. */
export class IdentityKeyError extends Error {
  readonly member: keyof Entry;

  constructor(member: keyof Entry, reason: string) {
    super(reason);
    this.member = member;
  }
}

/**
 * A key of the desk file, ready for use.
 *
 * @param folder that `secretFile` is looked for in.
 * @throws {IdentityKeyError}
 */
export function readIdentityKey(entry: Entry, folder: string): IdentityKey {
  const { kid, alg } = entry;
  return { kid, alg, key: alg === 'HS256' ? sharedSecret(entry, folder) : publicKey(entry) };
}

function sharedSecret({ secret, secretFile, publicKey: other }: Entry, folder: string): KeyObject {
  if (other !== undefined) throw new IdentityKeyError('publicKey', 'HS256 has a secret, not a public key: remove it, or write alg: EdDSA');
  if ((secret === undefined) === (secretFile === undefined))
    throw new IdentityKeyError(secret === undefined ? 'kid' : 'secretFile', 'HS256 needs a secret or a secretFile, one of them');
  const member = secretFile === undefined ? 'secret' : 'secretFile';
  const text = (secretFile === undefined ? secret : readSecret(path.resolve(folder, secretFile)))?.trim() ?? '';
  const bytes = /^[\w-]*={0,2}$/.test(text) ? Buffer.from(text, 'base64url') : Buffer.alloc(0);
  if (bytes.length < SECRET_BYTES)
    throw new IdentityKeyError(
      member,
      `must hold at least ${SECRET_BYTES} random bytes as base64url, for example from: openssl rand -base64 32 | tr '+/' '-_'`,
    );
  return createSecretKey(bytes);
}

function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new IdentityKeyError('secretFile', `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

function publicKey({ publicKey: written, secret, secretFile }: Entry): KeyObject {
  if (secret !== undefined || secretFile !== undefined)
    throw new IdentityKeyError(
      secret === undefined ? 'secretFile' : 'secret',
      'EdDSA has a public key, not a secret: remove it, or write alg: HS256',
    );
  if (written === undefined) throw new IdentityKeyError('kid', 'EdDSA needs a publicKey, as JWK or PEM');
  if (typeof written === 'string' ? /PRIVATE KEY/.test(written) : 'd' in written)
    throw new IdentityKeyError('publicKey', 'is a private key: it stays in the shop, and only its public half is written here');
  let key: KeyObject;
  try {
    key = createPublicKey(typeof written === 'string' ? written : { key: written, format: 'jwk' });
  } catch {
    throw new IdentityKeyError('publicKey', 'must be an Ed25519 public key, as JWK or PEM');
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new IdentityKeyError('publicKey', 'must be an Ed25519 key: no other works with EdDSA here');
  return key;
}
