import { recipientOf } from './age/identities.js';
import { sha256, spokenCode, typedCode } from './digest.js';
import { vaultError } from './vault-error.js';

export { makeKeyPair, recipientOf, type KeyPair } from './age/identities.js';

/** Bits of the hash that are read out: 125. */
const CODE_GROUPS = 5;
const CODE_OF = 'storefront-support vault device\n';

/** The key of a browser: it stays in IndexedDB, and no script, ours included, can read it out. */
export interface BrowserKey {
  /** Private; opens what is wrapped to `recipient`. Can be cloned into IndexedDB, cannot be exported. */
  identity: CryptoKey;
  recipient: string;
}

/**
 * A new key for this browser.
 *
 * @throws {VaultError} `browser-too-old`
 */
export async function makeBrowserKey(): Promise<BrowserKey> {
  let pair: CryptoKeyPair;
  try {
    pair = await crypto.subtle.generateKey({ name: 'X25519' }, false, ['deriveBits']);
  } catch {
    throw vaultError('browser-too-old', 'This browser has no X25519.');
  }
  return { identity: pair.privateKey, recipient: await recipientOf(pair.privateKey) };
}

/**
 * What an agent reads out, and an admin types, over a channel that is not this server: 5 groups of 5 characters of the recipient's
 * hash. Without it a hostile server could put a device of its own on the list.
 */
export async function enrolmentCode(recipient: string): Promise<string> {
  return spokenCode(await sha256(new TextEncoder().encode(CODE_OF + recipient)), CODE_GROUPS);
}

/**
 * Whether a typed code is that of the device which the server shows.
 *
 * @throws {VaultError} `code-mismatch`: it is not the device in the agent's hands; do not enrol it
 */
export async function checkEnrolmentCode(recipient: string, typed: string): Promise<void> {
  if (typedCode(typed) !== (await enrolmentCode(recipient))) {
    throw vaultError('code-mismatch', 'This is not the code of the device that was sent. Do not enrol it.');
  }
}
