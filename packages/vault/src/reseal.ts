import { decryptWith, encryptTo, type Identity } from './age/age-file.js';
import { rewriteHeader } from './age/rewrite-header.js';
import { recipientsOf, type VerifiedManifest } from './manifest.js';
import { joinBody, splitBody, type SealedAccess } from './sealed-body.js';

/**
 * Writes the header of an age file anew for the team's present key; the payload stays as it is and does not have to be fetched. Whoever
 * kept the old header and the old key can still open the payload, if the server hands it out: where that matters, seal in full.
 *
 * @param header From `splitAgeFile`, or as the server keeps it.
 * @throws {VaultError} what `rewriteHeader` and `recipientsOf` throw
 */
export async function resealHeader(
  header: Uint8Array,
  identities: readonly Identity[],
  manifest: VerifiedManifest,
): Promise<Uint8Array<ArrayBuffer>> {
  return rewriteHeader(header, identities, recipientsOf(manifest).recipients);
}

/**
 * Seals an age file anew for the team's present key, header and payload, under a new file key.
 *
 * @throws {VaultError} what `decryptWith` and `recipientsOf` throw
 */
export async function resealFile(
  file: Uint8Array,
  identities: readonly Identity[],
  manifest: VerifiedManifest,
): Promise<Uint8Array<ArrayBuffer>> {
  const { recipients } = recipientsOf(manifest);
  const plaintext = await decryptWith(identities, file);
  try {
    return await encryptTo(recipients, plaintext);
  } finally {
    plaintext.fill(0);
  }
}

/**
 * The same for the body of a record, the lent file with it: what an agent's page fetches and sends back for a new key.
 *
 * @throws {VaultError} what `resealFile` throws
 */
export async function resealBody(
  body: Uint8Array,
  fileBytes: number,
  identities: readonly Identity[],
  manifest: VerifiedManifest,
): Promise<SealedAccess> {
  const { record, file } = splitBody(body, fileBytes);
  const anew = await resealFile(record, identities, manifest);
  return joinBody(anew, file && (await resealFile(file, identities, manifest)), recipientsOf(manifest).epoch);
}
