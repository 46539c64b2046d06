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
    const password = Array.from({ length }, () => ALL[below(ALL.length)]).join('');
    // drawing anew until all kinds are there keeps every such password equally likely
    if (LETTERS.every((kind) => [...kind].some((character) => password.includes(character)))) return password;
  }
}

/** A whole number below `end` (at most 256), each as likely as the others. */
function below(end: number): number {
  const limit = 256 - (256 % end);
  const draw = new Uint8Array(1);
  for (;;) {
    const [value = limit] = crypto.getRandomValues(draw);
    if (value < limit) return value % end;
  }
}
