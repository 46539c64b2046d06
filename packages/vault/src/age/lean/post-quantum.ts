/*
 * Stands in for `@noble/post-quantum/hybrid.js` where age-encryption imports it and a bundler is told so: the same functions, whose
 * 25 kB come in a chunk of their own and only to a team that asks for them.
 */

type Hybrid = (typeof import('./hybrid.js'))['MLKEM768X25519'];

let hybrid: Hybrid | undefined;

/** To be awaited before the first post-quantum recipient or identity. */
export async function loadPostQuantum(): Promise<void> {
  hybrid ??= (await import('./hybrid.js')).MLKEM768X25519;
}

function loaded(): Hybrid {
  if (!hybrid) throw new Error('The post-quantum part has not been loaded.');
  return hybrid;
}

/** ML-KEM-768 with X25519. */
export const MLKEM768X25519 = {
  getPublicKey: (secretKey: Uint8Array) => loaded().getPublicKey(secretKey),
  encapsulate: (publicKey: Uint8Array) => loaded().encapsulate(publicKey),
  decapsulate: (cipherText: Uint8Array, secretKey: Uint8Array) => loaded().decapsulate(cipherText, secretKey),
};

/** Of the recipients of tokens, which `age.ts` refuses before they get here. */
export const MLKEM768P256 = undefined;
