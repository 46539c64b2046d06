import { fingerprintOf, readPublicKeyLine } from './ssh/public-key.js';
import { vaultError } from './vault-error.js';

const DAY_MS = 86_400_000;

/** What a customer puts into `authorized_keys` instead of telling a password. */
export interface VendorKey {
  line: string;
  /** Of the key, as `ssh-keygen -lf` prints it: what the record says. */
  fingerprint: string;
}

/**
 * The vendor's public key with an end: sshd refuses it from the day after `expiresAt` on (OpenSSH 7.7 and later; the server's own
 * calendar), and it can forward nothing. For SFTP it opens no shell.
 *
 * @param publicKey A line as in `id_ed25519.pub`, out of the verified manifest.
 * @param expiresAt Instant, ISO 8601 in UTC.
 * @param ticket Goes into the comment, so that the line can be found again.
 * @throws {VaultError} `invalid-recipient` for a line that is no public key
 */
export async function vendorKey(kind: 'ssh' | 'sftp', publicKey: string, expiresAt: string, ticket: string): Promise<VendorKey> {
  const key = readPublicKeyLine(publicKey);
  if (!key) throw vaultError('invalid-recipient', 'The key of the vendor is no public key line.');
  const [type, base64] = publicKey.trim().split(' ');
  const day = new Date(Date.parse(expiresAt) + DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
  const options = [`expiry-time="${day}"`, 'restrict', kind === 'ssh' ? 'pty' : 'command="internal-sftp"'].join(',');
  const comment = `${key.comment} ticket-${ticket}`.replace(/[^\w@. +-]/g, '').trim();
  return { line: `${options} ${type} ${base64} ${comment}`, fingerprint: await fingerprintOf(key.blob) };
}
