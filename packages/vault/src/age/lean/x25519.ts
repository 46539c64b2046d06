/*
 * Stands in for `@noble/curves/ed25519.js` where age-encryption imports it and a bundler is told so. Every browser the vault page is
 * made for has X25519 itself; on others `isBrowserReady` says so before a field is drawn.
 */

const BASE_POINT = new Uint8Array(32);
BASE_POINT[0] = 9;

function absent(): never {
  throw new DOMException('This browser has no X25519.', 'NotSupportedError');
}

/** The base point of RFC 7748, and no arithmetic. */
export const x25519 = { GuBytes: BASE_POINT, scalarMult: absent, scalarMultBase: absent };
