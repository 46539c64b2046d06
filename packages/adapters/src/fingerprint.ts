import { bytesOf } from './bytes-of.js';

const EDGE_BYTES = 1_048_576;

/**
 * 64 bits over a file's size, first and last MiB, to tell it from another of the same name: pages on plain http have no WebCrypto.
 * Two multiplicative hashes side by side, as FNV-1a and with the factors of cyrb53.
 */
export async function fingerprintOf(file: Blob): Promise<string> {
  let a = ~file.size;
  let b = file.size;
  for (const edge of [file.slice(0, EDGE_BYTES), file.slice(-EDGE_BYTES)]) {
    for (const byte of new Uint8Array(await bytesOf(edge))) {
      a = Math.imul(a ^ byte, 2_654_435_761);
      b = Math.imul(b ^ byte, 1_597_334_677);
    }
  }
  return `${a}:${b}`;
}
