import { vaultError } from '../vault-error.js';
import { ED25519, fingerprintOf, publicKeyBlob, rawPublicKey } from './public-key.js';
import { SshReader, fromBase64, joined, sshNumber, sshString, toBase64 } from './wire.js';

/*
 * SSHSIG, the format of `ssh-keygen -Y sign` (PROTOCOL.sshsig of OpenSSH), for Ed25519 only.
 */

const MAGIC = new TextEncoder().encode('SSHSIG');
const VERSION = 1;
const HASHES = { sha256: 'SHA-256', sha512: 'SHA-512' } as const;
const ARMOUR = /^-----BEGIN SSH SIGNATURE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END SSH SIGNATURE-----\s*$/;
const LINE = 70;

/** A key that signs: its 32 public bytes, and a way to sign that may live anywhere. */
export interface Signer {
  publicKey: Uint8Array;
  sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
}

/** Who signed, as `ssh-keygen -lf` prints it. */
export interface Signed {
  fingerprint: string;
}

/**
 * Checks that somebody signed exactly these bytes for this namespace. Whether that somebody is trusted is another question.
 *
 * @param armoured The `.sig` file.
 * @throws {VaultError} `signature-malformed`, `signature-wrong-namespace`, `signature-invalid`, `browser-too-old`
 */
export async function verifySignature(message: Uint8Array, armoured: string, namespace: string): Promise<Signed> {
  const { blob, raw, hash, signature, ...parts } = parse(armoured);
  if (parts.namespace !== namespace) throw vaultError('signature-wrong-namespace', `The signature is not of the namespace ${namespace}.`);
  const key = await publicKey(raw);
  const signed = await signedBytes(message, namespace, hash);
  if (!(await crypto.subtle.verify({ name: 'Ed25519' }, key, signature, signed))) {
    throw vaultError('signature-invalid', 'The signature is not of these bytes, or not by this key.');
  }
  return { fingerprint: await fingerprintOf(blob) };
}

async function publicKey(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify']);
  } catch (error) {
    const absent = error instanceof DOMException && error.name === 'NotSupportedError';
    throw absent ? vaultError('browser-too-old', 'This browser has no Ed25519.') : malformed('Its key is none.');
  }
}

/** What `ssh-keygen -Y sign -n namespace` writes. */
export async function makeSignature(message: Uint8Array, signer: Signer, namespace: string): Promise<string> {
  const signature = await signer.sign(await signedBytes(message, namespace, 'sha512'));
  const bytes = joined(
    MAGIC,
    sshNumber(VERSION),
    sshString(publicKeyBlob(signer.publicKey)),
    sshString(namespace),
    sshString(''),
    sshString('sha512'),
    sshString(joined(sshString(ED25519), sshString(signature))),
  );
  const lines = toBase64(bytes).match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----', ''].join('\n');
}

async function signedBytes(message: Uint8Array, namespace: string, hash: keyof typeof HASHES): Promise<Uint8Array<ArrayBuffer>> {
  const digest = new Uint8Array(await crypto.subtle.digest(HASHES[hash], new Uint8Array(message)));
  return joined(MAGIC, sshString(namespace), sshString(''), sshString(hash), sshString(digest));
}

function parse(armoured: string) {
  const [, base64 = ''] = ARMOUR.exec(armoured) ?? [];
  const bytes = fromBase64(base64.replace(/[\r\n]/g, ''));
  if (!bytes?.length) throw malformed('It is not armoured as an SSH signature.');
  try {
    const reader = new SshReader(bytes);
    if (String.fromCharCode(...reader.bytes(MAGIC.length)) !== 'SSHSIG' || reader.number() !== VERSION)
      throw malformed('Its version is unknown.');
    const blob = reader.string();
    const namespace = reader.text();
    const reserved = reader.string();
    const hash = reader.text();
    const inner = new SshReader(reader.string());
    const type = inner.text();
    const signature = inner.string();
    const raw = rawPublicKey(blob);
    if (!raw || type !== ED25519 || signature.length !== 64) throw malformed('Only Ed25519 keys sign here.');
    if (reserved.length || !reader.atEnd || !inner.atEnd) throw malformed('It has parts that are unknown here.');
    if (hash !== 'sha256' && hash !== 'sha512') throw malformed('Its hash is neither SHA-256 nor SHA-512.');
    return { blob, raw, namespace, hash, signature } as const;
  } catch (error) {
    if (error instanceof RangeError) throw malformed('It is cut.');
    throw error;
  }
}

function malformed(why: string) {
  return vaultError('signature-malformed', `The signature cannot be read. ${why}`);
}
