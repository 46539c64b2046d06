import type { AccessBind } from '@storefront-support/contract';
import { ACCESS_MAX } from './access-rules.js';
import { encryptTo } from './age/age-file.js';
import { hex, sha256 } from './digest.js';
import type { CheckedAccess } from './draft.js';
import { recipientsOf, type VerifiedManifest } from './manifest.js';
import { paddedJson } from './padding.js';
import { joinBody, type SealedAccess } from './sealed-body.js';
import { toBase64 } from './ssh/wire.js';
import { vaultError } from './vault-error.js';

export { RECORD_LIMIT } from './padding.js';
export type { SealedAccess };

/** What the page knows of a record before it is sealed; the epoch is the manifest's. */
export type BindDraft = Omit<AccessBind, 'epoch'>;

/**
 * Seals one record, and with it the file that a record of the kind `file` describes. Its size tells a bucket of 1, 2, 4 … 64 KiB;
 * that of a lent file is not hidden.
 *
 * @param file The bytes that `describeFile` was given.
 * @throws {VaultError} `too-large`; `file-mismatch` when data and file do not belong together; `invalid-recipient` for a manifest
 *   that `verifyManifest` has not let through; what `algorithmOf` throws
 */
export async function sealAccess(
  bind: BindDraft,
  data: CheckedAccess,
  manifest: VerifiedManifest,
  file?: Uint8Array,
): Promise<SealedAccess> {
  const { recipients, epoch } = recipientsOf(manifest);
  await checkFile(data, file);
  const plaintext = paddedJson({ v: 1, bind: { ...bind, epoch }, data });
  const record = await encryptTo(recipients, plaintext);
  plaintext.fill(0);
  return joinBody(record, file && (await encryptTo(recipients, file)), epoch);
}

/**
 * Brings what sealing for this manifest needs, the post-quantum part for one that asks for it, and goes through it once: the first record
 * is sealed as quickly as the others, and without the net.
 *
 * @throws {VaultError} what `sealAccess` throws of recipients
 */
export async function prepareSealing(manifest: VerifiedManifest): Promise<void> {
  await encryptTo(recipientsOf(manifest).recipients, new Uint8Array(1));
}

/** A new id for a record: 128 random bits as base64url. */
export function makeRecordId(): string {
  return toBase64(crypto.getRandomValues(new Uint8Array(16)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/**
 * The members that describe a file in a draft of the kind `file`. Its name loses what a path is made of, its type what is no media type,
 * for neither was written by the person who would be told of it.
 */
export async function describeFile(bytes: Uint8Array, name: string, type: string) {
  const plain = name
    .replace(/[/\\\0\r\n]/g, '_')
    .trim()
    .slice(-ACCESS_MAX.text)
    .trim();
  const [media = ''] = /^[\w.+-]+\/[\w.+-]+/.exec(type) ?? [];
  return {
    kind: 'file' as const,
    name: /^\.{0,2}$/.test(plain) ? 'file' : plain,
    type: media.length <= ACCESS_MAX.type ? media : '',
    size: bytes.length,
    sha256: hex(await sha256(bytes)),
  };
}

async function checkFile(data: CheckedAccess, file: Uint8Array | undefined): Promise<void> {
  const described = data.kind === 'file' ? data : undefined;
  if (!described && !file) return;
  if (!described || file?.length !== described.size || hex(await sha256(file)) !== described.sha256) {
    throw vaultError('file-mismatch', 'The file is not the one that the record describes.');
  }
}
