import { Encrypter, webauthn, type Identity as AgeIdentity } from 'age-encryption';
import { decryptWith } from './age-file.js';
import { PASSKEY_STANZA } from './age-header.js';
import { readAll, slices } from './byte-streams.js';
import { makeKeyPair, recipientOf, type KeyPair } from './identities.js';
import { Secret } from '../secret.js';
import { vaultError, type VaultError } from '../vault-error.js';

/** Which passkey, and of which site. */
export interface PasskeyOptions {
  /** `AGE-PLUGIN-FIDO2PRF-1…`, as `makePasskey` returned it. Absent: the browser lets the person choose. */
  passkey?: string | undefined;
  /** Host name of the site; the page's own if left out. */
  rpId?: string | undefined;
}

/**
 * Makes a passkey that can encrypt.
 *
 * @param name What the passkey is called in the browser's list.
 * @returns What to name it by.
 * @throws {VaultError} `passkey-unsupported`, `passkey-refused`
 */
export async function makePasskey(name: string, rpId?: string): Promise<string> {
  return guarded(() => webauthn.createCredential({ keyName: name, ...(rpId !== undefined && { rpId }) }));
}

/**
 * A key that only a passkey opens. Others wrap to its `recipient` without the passkey being there, which the passkey's own encryption
 * could not: it needs its owner's finger for every wrapping too.
 *
 * @returns `wrapped`: an age file for the server to keep, of use to nobody else.
 * @throws {VaultError} `passkey-unsupported`, `passkey-refused`
 */
export async function makePasskeyKey(options: PasskeyOptions): Promise<{ wrapped: Uint8Array<ArrayBuffer>; recipient: string }> {
  const { identity, recipient } = await makeKeyPair();
  const encrypter = new Encrypter();
  encrypter.addRecipient(new webauthn.WebAuthnRecipient(named(options)));
  const plaintext = new TextEncoder().encode(`${identity.reveal()}\n`);
  const wrapped = await guarded(async () => readAll(await encrypter.encrypt(slices(plaintext))));
  plaintext.fill(0);
  return { wrapped, recipient };
}

/**
 * Asks for the passkey and opens the key that it wraps.
 *
 * @throws {VaultError} `passkey-unsupported`, `passkey-refused`, `wrong-key` for another passkey, `tampered`
 */
export async function openPasskeyKey(wrapped: Uint8Array, options: PasskeyOptions): Promise<KeyPair> {
  const identity = new webauthn.WebAuthnIdentity(named(options));
  const passkey: AgeIdentity = { unwrapFileKey: (stanzas) => guarded(() => identity.unwrapFileKey(stanzas)) };
  const plaintext = await decryptWith([passkey], wrapped, [PASSKEY_STANZA]);
  const text = new TextDecoder().decode(plaintext).trim();
  plaintext.fill(0);
  return { identity: new Secret(text), recipient: await recipientOf(text) };
}

function named({ passkey, rpId }: PasskeyOptions) {
  return { ...(passkey !== undefined && { identity: passkey }), ...(rpId !== undefined && { rpId }) };
}

async function guarded<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw passkeyError(error);
  }
}

function passkeyError(error: unknown): VaultError {
  const refused = error instanceof DOMException && ['NotAllowedError', 'AbortError', 'SecurityError'].includes(error.name);
  return refused
    ? vaultError('passkey-refused', 'No passkey was used.')
    : vaultError('passkey-unsupported', 'This browser or this passkey cannot encrypt (WebAuthn PRF).');
}
