import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

/*
 * age v1 (age-encryption.org/v1) with X25519 recipients, written from its specification over OpenSSL: shares no line with what the
 * vault uses.
 */

const CHUNK = 65_536;
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const CHARACTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** Encrypts to `age1…` recipients. `stanzas` are put in front of theirs as they are. */
export function tinyEncrypt(plaintext: Uint8Array, recipients: readonly string[], stanzas: readonly string[] = []): Buffer {
  const fileKey = randomBytes(16);
  const own = recipients.map((recipient) => stanzaFor(bech32Bytes(recipient), fileKey));
  const head = ['age-encryption.org/v1', ...stanzas, ...own, '---'].join('\n');
  const nonce = randomBytes(16);
  return Buffer.concat([
    Buffer.from(`${head} ${base64(macOf(head, fileKey))}\n`),
    nonce,
    crypt(plaintext, derive(fileKey, nonce, 'payload'), true),
  ]);
}

/** Decrypts with one `AGE-SECRET-KEY-1…`; throws when anything is wrong. */
export function tinyDecrypt(file: Uint8Array, identity: string): Buffer {
  const text = Buffer.from(file).toString('latin1');
  const end = text.indexOf('\n', text.indexOf('\n--- ') + 1) + 1;
  const head = text.slice(0, text.indexOf('\n--- ') + 4);
  const secret = createPrivateKey({ key: Buffer.concat([PKCS8, bech32Bytes(identity)]), format: 'der', type: 'pkcs8' });
  const own = rawPublic(createPublicKey(secret));
  for (const [, share = '', body = ''] of head.matchAll(/-> X25519 (\S+)\n(\S+)\n/g)) {
    const ephemeral = Buffer.from(share, 'base64');
    const shared = diffieHellman({ privateKey: secret, publicKey: publicFrom(ephemeral) });
    const key = derive(shared, Buffer.concat([ephemeral, own]), 'age-encryption.org/v1/X25519');
    let fileKey: Buffer;
    try {
      fileKey = aead(Buffer.from(body, 'base64'), key, Buffer.alloc(12), false);
    } catch {
      continue;
    }
    if (text.slice(head.length + 1, end - 1) !== base64(macOf(head, fileKey))) throw new Error('MAC');
    const payload = Buffer.from(file).subarray(end);
    return crypt(payload.subarray(16), derive(fileKey, payload.subarray(0, 16), 'payload'), false);
  }
  throw new Error('no stanza opens');
}

function stanzaFor(recipient: Buffer, fileKey: Buffer): string {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  const share = rawPublic(publicKey);
  const shared = diffieHellman({ privateKey, publicKey: publicFrom(recipient) });
  const key = derive(shared, Buffer.concat([share, recipient]), 'age-encryption.org/v1/X25519');
  return `-> X25519 ${base64(share)}\n${base64(aead(fileKey, key, Buffer.alloc(12), true))}`;
}

/** The STREAM construction: chunks of 64 KiB, counted in the nonce, the last one marked. */
function crypt(bytes: Uint8Array, key: Buffer, encrypting: boolean): Buffer {
  const size = encrypting ? CHUNK : CHUNK + 16;
  const count = Math.max(1, Math.ceil(bytes.length / size));
  const parts = Array.from({ length: count }, (_, i) => {
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(i, 7);
    nonce[11] = i === count - 1 ? 1 : 0;
    return aead(bytes.subarray(i * size, (i + 1) * size), key, nonce, encrypting);
  });
  return Buffer.concat(parts);
}

function aead(bytes: Uint8Array, key: Buffer, nonce: Buffer, encrypting: boolean): Buffer {
  if (encrypting) {
    const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
    return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
}

function macOf(head: string, fileKey: Buffer): Buffer {
  return createHmac('sha256', derive(fileKey, Buffer.alloc(0), 'header'))
    .update(head)
    .digest();
}

const derive = (secret: Buffer, salt: Uint8Array, info: string) => Buffer.from(hkdfSync('sha256', secret, salt, info, 32));
const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
const rawPublic = (key: KeyObject) => key.export({ format: 'der', type: 'spki' }).subarray(-32);
const publicFrom = (raw: Uint8Array) => createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });

/** The 32 bytes of a recipient or an identity; their checksum is not looked at. */
function bech32Bytes(text: string): Buffer {
  const words = [...text.toLowerCase().slice(text.lastIndexOf('1') + 1, -6)].map((character) => CHARACTERS.indexOf(character));
  const bytes: number[] = [];
  let value = 0;
  let bits = 0;
  for (const word of words) {
    value = ((value << 5) | word) & 0xfff;
    bits += 5;
    if (bits >= 8) bytes.push((value >> (bits -= 8)) & 0xff);
  }
  return Buffer.from(bytes);
}
