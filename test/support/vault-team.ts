import type { AccessBind, VaultErrorCode } from '@storefront-support/contract';
import { isSupportError } from '@storefront-support/contract';
import {
  signManifest,
  verifyManifest,
  type Manifest,
  type ManifestChecks,
  type VerifiedManifest,
} from '@storefront-support/vault/manifest';
import { makeSigner } from '@storefront-support/vault/signer';
import { fingerprintOf, publicKeyBlob } from '@storefront-support/vault/ssh-keys';
import { makeTeamKey, nextManifest, type TeamKey } from '@storefront-support/vault/team';

export const DESK = 'demo';
export const NOW = Date.parse('2026-11-22T12:00:00Z');

/** A team with a root key, its first key and a verified manifest. */
export async function makeTeam(algorithm?: 'x25519' | 'mlkem768x25519') {
  const { signer, file: rootFile } = await makeSigner('root');
  const root = await fingerprintOf(publicKeyBlob(signer.publicKey));
  const checks: ManifestChecks = { desk: DESK, roots: [root], now: NOW };
  const publish = async (keys: readonly TeamKey[], lastSeq = 0, changes: Partial<Manifest> = {}): Promise<VerifiedManifest> => {
    const manifest = { ...nextManifest({ team: 'Acme Support', desks: [DESK], lastSeq, keys, now: NOW }), ...changes };
    const { file, signature } = await signManifest(manifest, signer);
    return verifyManifest(file, signature, checks);
  };
  const key = await makeTeamKey(1, algorithm);
  return { signer, rootFile, root, checks, publish, key, manifest: await publish([key]) };
}

/** What a record says of itself in tests. */
export const bind = {
  desk: DESK,
  ticket: '2026-0001',
  request: 'request-1',
  record: 'AAAAAAAAAAAAAAAAAAAAAA',
  createdAt: '2026-11-22T12:00:00Z',
  expiresAt: '2026-11-29T12:00:00Z',
  maxReveals: 1,
  origin: 'https://shop.example',
} as const satisfies Omit<AccessBind, 'epoch'>;

/** The code that something is refused with; `undefined`: it is not. Anything but a `SupportError` is thrown on. */
export async function codeOf(attempt: Promise<unknown> | (() => unknown)): Promise<VaultErrorCode | undefined> {
  try {
    await (typeof attempt === 'function' ? attempt() : attempt);
    return undefined;
  } catch (error) {
    if (!isSupportError(error)) throw error;
    return error.code as VaultErrorCode;
  }
}
