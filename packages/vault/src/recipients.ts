import { vaultError } from './vault-error.js';

/** Which of the two kinds of keys a team has. */
export type Algorithm = 'x25519' | 'mlkem768x25519';

const CLASSICAL = /^age1[02-9ac-hj-np-z]{58}$/;
const POST_QUANTUM = /^age1pq1[02-9ac-hj-np-z]{1952}$/;

/**
 * The one kind that all recipients are of.
 *
 * @throws {VaultError} `no-recipients`, `mixed-recipients`; `invalid-recipient` for any other kind, tokens and passphrases included
 */
export function algorithmOf(recipients: readonly string[]): Algorithm {
  // the library would write a file that nobody can open, and mix kinds, without a word
  if (!recipients.length) throw vaultError('no-recipients', 'There is no recipient: nobody could open what is sealed.');
  const kinds = new Set(recipients.map(algorithmOfOne));
  if (kinds.size > 1) throw vaultError('mixed-recipients', 'Recipients are all post-quantum or all classical, for the weaker decides.');
  const [algorithm] = kinds;
  return algorithm as Algorithm;
}

function algorithmOfOne(recipient: string): Algorithm {
  if (CLASSICAL.test(recipient)) return 'x25519';
  if (POST_QUANTUM.test(recipient)) return 'mlkem768x25519';
  throw vaultError('invalid-recipient', 'A recipient is age1… or age1pq1…, in lower case.');
}
