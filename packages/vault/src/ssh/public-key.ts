import { sha256 } from '../digest.js';
import { SshReader, fromBase64, joined, sshString, toBase64 } from './wire.js';

/** The one type of key that signs manifests. */
export const ED25519 = 'ssh-ed25519';
const LINE = /^([a-z0-9@.-]+) ([A-Za-z0-9+/]+={0,2})(?: (.*))?$/;
const FINGERPRINT = /^SHA256:[A-Za-z0-9+/]{43}$/;

/** The wire form of an Ed25519 key (RFC 8709, 4): what `ssh-keygen -lf` hashes. */
export function publicKeyBlob(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  return joined(sshString(ED25519), sshString(raw));
}

/** The 32 bytes of an Ed25519 key; `undefined` when the blob is of another type or malformed. */
export function rawPublicKey(blob: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  try {
    const reader = new SshReader(blob);
    if (reader.text() !== ED25519) return undefined;
    const raw = reader.string();
    return raw.length === 32 && reader.atEnd ? raw : undefined;
  } catch {
    return undefined;
  }
}

/** A line as in `id_ed25519.pub`. */
export function publicKeyLine(raw: Uint8Array, comment = ''): string {
  return `${ED25519} ${toBase64(publicKeyBlob(raw))} ${comment}`.trim();
}

/**
 * Type, blob and comment of a public key line of any type; `undefined` when it is none. Options in front of it, as in
 * `authorized_keys`, make it none.
 */
export function readPublicKeyLine(line: string): { type: string; blob: Uint8Array<ArrayBuffer>; comment: string } | undefined {
  const [, type = '', base64 = '', comment = ''] = LINE.exec(line.trim()) ?? [];
  const blob = fromBase64(base64);
  if (!blob?.length) return undefined;
  try {
    return new SshReader(blob).text() === type ? { type, blob, comment } : undefined;
  } catch {
    return undefined;
  }
}

/** `SHA256:…`, as `ssh-keygen -lf` prints it. */
export async function fingerprintOf(blob: Uint8Array): Promise<string> {
  return `SHA256:${toBase64(await sha256(blob)).replace(/=+$/, '')}`;
}

/** Whether this is a fingerprint as above, every character of it. */
export function isFingerprint(text: string): boolean {
  return FINGERPRINT.test(text) && fromBase64(text.slice('SHA256:'.length)) !== undefined;
}
