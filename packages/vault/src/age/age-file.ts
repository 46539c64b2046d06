import { isSupportError } from '@storefront-support/contract';
import { Decrypter, Encrypter, type Identity as AgeIdentity } from 'age-encryption';
import { splitAgeFile } from './age-header.js';
import { readAll, slices } from './byte-streams.js';
import { loadPostQuantum } from './lean/post-quantum.js';
import { algorithmOf } from '../recipients.js';
import { Secret } from '../secret.js';
import { vaultError } from '../vault-error.js';

/**
 * What opens an age file: `AGE-SECRET-KEY-1…` or `AGE-SECRET-KEY-PQ-1…`, a private X25519 `CryptoKey` that may derive bits (it need
 * not be extractable), or a passkey's own way of unwrapping.
 */
export type Identity = Secret | string | CryptoKey | AgeIdentity;

const IDENTITY = /^AGE-SECRET-KEY-(PQ-)?1[02-9AC-HJ-NP-Z]{58}$/;

/**
 * An age file for these recipients. Gives way to other work between slices, so that 5 MB do not keep a page from typing.
 *
 * @throws {VaultError} what `algorithmOf` throws; `browser-too-old`
 */
export async function encryptTo(recipients: readonly string[], plaintext: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return readAll(await encrypted(await encrypterFor(recipients), plaintext));
}

/** The file as a stream, once its key has been wrapped for everybody. */
export async function encrypted(encrypter: Encrypter, plaintext: Uint8Array): Promise<ReadableStream<Uint8Array>> {
  try {
    return await encrypter.encrypt(slices(plaintext));
  } catch (error) {
    if (lacksX25519(error)) throw tooOld();
    throw vaultError('invalid-recipient', 'A recipient is one that nothing can be sealed for.');
  }
}

/** An encrypter that knows these recipients and whose guards have been passed. */
export async function encrypterFor(recipients: readonly string[], encrypter = new Encrypter()): Promise<Encrypter> {
  if (algorithmOf(recipients) === 'mlkem768x25519') await loadPostQuantum();
  for (const recipient of new Set(recipients)) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw vaultError('invalid-recipient', 'The checksum of a recipient is wrong.');
    }
  }
  return encrypter;
}

/**
 * What is inside an age file, whole and unchanged.
 *
 * @param also Stanza types that are welcome beside those of a record.
 * @throws {VaultError} what `splitAgeFile` and `unwrapFileKey` throw; `tampered`
 */
export async function decryptWith(
  identities: readonly Identity[],
  file: Uint8Array,
  also?: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const { header, stanzas } = splitAgeFile(file, also);
  const fileKey = await unwrapFileKey(identities, header, stanzas);
  const decrypter = new Decrypter();
  decrypter.addIdentity({ unwrapFileKey: () => fileKey });
  try {
    // read by hand: through a Response a wrong tag comes out as a failed fetch
    return await readAll(await decrypter.decrypt(slices(file)));
  } catch {
    throw vaultError('tampered', 'The content was changed, cut or lengthened after it was sealed.');
  } finally {
    fileKey.fill(0);
  }
}

/**
 * The key of one file, out of its header, whose MAC is checked.
 *
 * @throws {VaultError} `wrong-key` when no identity opens it, `tampered` when one does and the header was changed; `invalid-identity`,
 *   `browser-too-old`
 */
export async function unwrapFileKey(
  identities: readonly Identity[],
  header: Uint8Array,
  stanzas: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  if (stanzas.includes('mlkem768x25519')) await loadPostQuantum();
  const decrypter = new Decrypter();
  for (const identity of identities) addIdentity(decrypter, identity);
  let allTried = false;
  decrypter.addIdentity({
    unwrapFileKey() {
      allTried = true;
      return null;
    },
  });
  try {
    return new Uint8Array(await decrypter.decryptHeader(new Uint8Array(header)));
  } catch (error) {
    if (allTried) throw vaultError('wrong-key', 'No key that was tried opens this, or its header was changed.');
    // a passkey says itself what went wrong with it
    if (isSupportError(error)) throw error;
    if (lacksX25519(error)) throw tooOld();
    throw vaultError('tampered', 'The header was changed after it was sealed.');
  }
}

function addIdentity(decrypter: Decrypter, given: Identity): void {
  const identity = given instanceof Secret ? given.reveal() : given;
  if (typeof identity === 'string' && !IDENTITY.test(identity)) {
    throw vaultError('invalid-identity', 'An identity is AGE-SECRET-KEY-1… or AGE-SECRET-KEY-PQ-1…');
  }
  if (identity instanceof CryptoKey && !(identity.algorithm.name === 'X25519' && identity.usages.includes('deriveBits'))) {
    throw vaultError('invalid-identity', 'A CryptoKey is a private X25519 key that may derive bits.');
  }
  try {
    decrypter.addIdentity(identity);
  } catch {
    throw vaultError('invalid-identity', 'The checksum of an identity is wrong.');
  }
}

function lacksX25519(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotSupportedError';
}

function tooOld() {
  return vaultError('browser-too-old', 'This browser has no X25519.');
}
