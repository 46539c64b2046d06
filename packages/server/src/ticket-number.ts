import { randomBytes } from 'node:crypto';

/** No 0/O, 1/I/L and no U: nothing that is misread aloud or on paper, or spells a word by chance. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const HALF = 4;
// the largest multiple of 30 that fits in a byte: above it, a remainder would favour some characters
const FAIR = 240;

/** A ticket number such as `K7QF-2M9X`: 39 random bits, neither guessed nor counted. */
export function newTicketNumber(): string {
  let number = '';
  while (number.length < 2 * HALF) {
    for (const byte of randomBytes(16)) {
      if (byte < FAIR && number.length < 2 * HALF) number += ALPHABET[byte % ALPHABET.length];
    }
  }
  return `${number.slice(0, HALF)}-${number.slice(HALF)}`;
}
