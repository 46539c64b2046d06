const LETTERS = ['abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '-_.+!'] as const;
const ALL = LETTERS.join('');
/** 24 of 62 characters: 142 bits. */
const LENGTH = 24;

/**
 * A password for an account that support is lent: without characters that look alike or that forms and shells stumble over, and with
 * one of each kind, as many shops demand.
 *
 * @param length At least 12.
 */
export function temporaryPassword(length = LENGTH): string {
  if (length < 12) throw new RangeError('At least 12 characters.');
  for (;;) {
    const password = randomText(length);
    // drawing anew until all kinds are there keeps every such password equally likely
    if (LETTERS.every((kind) => [...kind].some((character) => password.includes(character)))) return password;
  }
}

function randomText(length: number): string {
  // a remainder of all 256 values would favour the first characters
  const limit = 256 - (256 % ALL.length);
  let text = '';
  while (text.length < length) {
    const drawn = crypto.getRandomValues(new Uint8Array(length)).filter((value) => value < limit);
    for (const value of drawn) text += ALL[value % ALL.length];
  }
  return text.slice(0, length);
}
