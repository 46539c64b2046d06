import { verifyManifest, type VerifiedManifest } from '@storefront-support/vault/manifest';
import { keep, recall } from './kept.js';

/** A manifest as it is published. */
export interface PublishedManifest {
  file: Uint8Array;
  signature: string;
}

/** What a manifest is held against. */
export interface Trust {
  desk: string;
  roots: readonly string[];
  /** Of the page around; null: it says nothing. */
  pin: string | null;
}

/**
 * The keys to seal for, if they are to be trusted, by this device's clock and by the highest sequence it has seen.
 *
 * @throws {VaultError} what `verifyManifest` throws
 */
export async function trusted({ file, signature }: PublishedManifest, { desk, roots, pin }: Trust): Promise<VerifiedManifest> {
  const name = `manifest ${desk}`;
  const lastSeq = await recall<number>(name);
  const manifest = await verifyManifest(file, signature, { desk, roots, pin: pin ?? undefined, now: Date.now(), lastSeq });
  // a browser that keeps nothing for a frame has nothing to compare with either
  if (manifest.seq !== lastSeq) await keep(name, manifest.seq).catch(() => undefined);
  return manifest;
}
