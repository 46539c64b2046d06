import { bytesOf } from './bytes-of.js';

const EDGE_BYTES = 1_048_576;

/**
 * Hex of 64 bits over a file's size, first and last MiB, to tell it from another of the same name: pages on plain http have no
 * WebCrypto. Two multiplicative hashes side by side, each mixed with the other at the end, as in cyrb53 (public domain).
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
  return [stirred(a, b), stirred(b, a)].map((half) => (half >>> 0).toString(16)).join('-');
}

function stirred(one: number, other: number): number {
  return Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(other ^ (other >>> 13), 3_266_489_909);
}
