/*
 * Stands in for passphrases and the curve of tokens where age-encryption imports them and a bundler is told so: `age.ts` refuses both
 * kinds of recipient before they get here.
 */

/** Of `@noble/hashes/scrypt.js`. */
export const scrypt = undefined;
/** Of `@noble/curves/nist.js`. */
export const p256 = undefined;
