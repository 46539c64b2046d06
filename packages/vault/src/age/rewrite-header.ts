import { Decrypter, Encrypter } from 'age-encryption';
import { encrypted, encrypterFor, unwrapFileKey, type Identity } from './age-file.js';
import { splitAgeFile } from './age-header.js';
import { readAll } from './byte-streams.js';
import { vaultError } from '../vault-error.js';

/**
 * Writes a header anew for other recipients, around the same file key.
 *
 * @throws {VaultError} what `splitAgeFile`, `unwrapFileKey` and `encrypterFor` throw
 */
export async function rewriteHeader(
  header: Uint8Array,
  identities: readonly Identity[],
  recipients: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const { stanzas, payload } = splitAgeFile(header);
  if (payload.length) throw vaultError('tampered', 'There is more than a header.');
  const fileKey = await unwrapFileKey(identities, header, stanzas);
  try {
    const encrypter = new Encrypter();
    // the library makes a key for every file and hands it to each recipient in turn: the first one puts the old key in its place
    encrypter.addRecipient({
      wrapFileKey(fresh) {
        fresh.set(fileKey);
        return [];
      },
    });
    await encrypterFor(recipients, encrypter);
    const { header: anew } = splitAgeFile(await readAll(await encrypted(encrypter, new Uint8Array())));
    await assertOpens(anew, fileKey);
    return anew;
  } finally {
    fileKey.fill(0);
  }
}

/** A header that another version of the library had made under a key of its own would lose the record for good. */
async function assertOpens(header: Uint8Array<ArrayBuffer>, fileKey: Uint8Array): Promise<void> {
  const decrypter = new Decrypter();
  decrypter.addIdentity({ unwrapFileKey: () => new Uint8Array(fileKey) });
  await decrypter.decryptHeader(header);
}
