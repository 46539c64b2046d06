import { ED25519, publicKeyBlob } from './public-key.js';
import { makeSignature, type Signer } from './signature.js';
import { SshReader, fromBase64, joined, sshNumber, sshString, toBase64 } from './wire.js';

export { makeSignature, type Signer };

const MAGIC = 'openssh-key-v1\0';
const ARMOUR = /^-----BEGIN OPENSSH PRIVATE KEY-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END OPENSSH PRIVATE KEY-----\s*$/;
const LINE = 70;
const BLOCK = 8;
/** What stands in front of the 32 bytes of a seed in PKCS #8 (RFC 8410). */
const PKCS8 = Uint8Array.from([0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]);

/** A new Ed25519 key: how to sign with it, and its file as `ssh-keygen -t ed25519 -N ''` writes it. */
export async function makeSigner(comment: string): Promise<{ signer: Signer; file: string }> {
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const seed = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)).slice(PKCS8.length);
  return { signer: await signerOf(seed, publicKey), file: privateKeyFile(seed, publicKey, comment) };
}

/**
 * The signer in a private key file; `undefined` when it is locked by a passphrase, on a token or of another type: then only OpenSSH
 * itself can sign.
 */
export async function readSigner(file: string): Promise<Signer | undefined> {
  const [, base64 = ''] = ARMOUR.exec(file) ?? [];
  const bytes = fromBase64(base64.replace(/[\r\n]/g, ''));
  if (!bytes?.length) return undefined;
  try {
    const reader = new SshReader(bytes);
    if (String.fromCharCode(...reader.bytes(MAGIC.length)) !== MAGIC) return undefined;
    if (reader.text() !== 'none' || reader.text() !== 'none' || reader.string().length || reader.number() !== 1) return undefined;
    reader.string();
    const secret = new SshReader(reader.string());
    if (secret.number() !== secret.number() || secret.text() !== ED25519) return undefined;
    const publicKey = secret.string();
    const both = secret.string();
    return publicKey.length === 32 && both.length === 64 ? await signerOf(both.slice(0, 32), publicKey) : undefined;
  } catch {
    return undefined;
  }
}

async function signerOf(seed: Uint8Array, publicKey: Uint8Array): Promise<Signer> {
  const key = await crypto.subtle.importKey('pkcs8', joined(PKCS8, seed), { name: 'Ed25519' }, false, ['sign']);
  return { publicKey, sign: async (bytes) => new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, key, bytes)) };
}

/** The format is that of PROTOCOL.key of OpenSSH. */
function privateKeyFile(seed: Uint8Array, publicKey: Uint8Array, comment: string): string {
  const check = crypto.getRandomValues(new Uint8Array(4));
  const key = joined(sshString(ED25519), sshString(publicKey), sshString(joined(seed, publicKey)), sshString(comment));
  const unpadded = joined(check, check, key);
  const padding = Uint8Array.from({ length: (BLOCK - (unpadded.length % BLOCK)) % BLOCK }, (_, i) => i + 1);
  const bytes = joined(
    new TextEncoder().encode(MAGIC),
    sshString('none'),
    sshString('none'),
    sshString(''),
    sshNumber(1),
    sshString(publicKeyBlob(publicKey)),
    sshString(joined(unpadded, padding)),
  );
  const lines = toBase64(bytes).match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}
