import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { Algorithm } from '../recipients.js';
import { loadPostQuantum } from './lean/post-quantum.js';
import { Secret } from '../secret.js';
import { vaultError } from '../vault-error.js';

/** A private key and whom to seal for so that it opens. */
export interface KeyPair {
  identity: Secret;
  recipient: string;
}

/** A new key as text, for a team, a command line or a safe. */
export async function makeKeyPair(algorithm: Algorithm = 'x25519'): Promise<KeyPair> {
  const identity = await (algorithm === 'x25519' ? generateX25519Identity() : generateHybridIdentity());
  return { identity: new Secret(identity), recipient: await recipientOf(identity) };
}

/**
 * The recipient of an identity.
 *
 * @throws {VaultError} `invalid-identity`
 */
export async function recipientOf(identity: string | CryptoKey): Promise<string> {
  try {
    if (typeof identity === 'string' && identity.startsWith('AGE-SECRET-KEY-PQ-')) await loadPostQuantum();
    return await identityToRecipient(identity);
  } catch {
    throw vaultError('invalid-identity', 'It is no age identity.');
  }
}
