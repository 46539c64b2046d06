import { cardNumbers } from './card-numbers.js';
import { knownTokens } from './known-tokens.js';
import { labelledSecrets } from './labelled-secrets.js';
import { unlabelledPasswords } from './unlabelled-passwords.js';

/** `key`: opens by itself, without a person (private keys, keys of services). `token`: stands for somebody who has signed in. */
export type SecretKind = 'password' | 'key' | 'token' | 'card';

/** A part of a text, in UTF-16 units; `end` is behind it. */
export interface Secret {
  readonly start: number;
  readonly end: number;
  readonly kind: SecretKind;
}

/**
 * What in a text looks like a password, a key, a token or a card number, in order and without overlaps. It guesses: what is named
 * (in English, French, German, Spanish, Italian), what has a known shape, and what looks like a password beside a login or alone on a
 * line. Nothing leaves the device. The time it takes grows with the length of the text and no faster.
 */
export function findSecrets(text: string): Secret[] {
  const found = [...knownTokens(text), ...cardNumbers(text), ...labelledSecrets(text), ...unlabelledPasswords(text)];
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const joined: Secret[] = [];
  for (const secret of found) {
    const last = joined.at(-1);
    if (!last || secret.start >= last.end) joined.push(secret);
    else if (secret.end > last.end) joined[joined.length - 1] = { ...last, end: secret.end };
  }
  return joined;
}
