/** Neither vowels nor what is mistaken for something else. */
const CHARACTERS = '23456789BCDFGHJKMNPQRSTVWXYZ';
const LENGTH = 6;
/** Of what `markOf` makes. */
export const MARK_LENGTH = LENGTH + 4;

/**
 * What is put behind a text, because the shop takes one that equals the last one of its thread for a repetition and drops it: the
 * same for every try of one draft, another one for every other draft.
 */
export function markOf(idempotencyKey: string): string {
  let hash = 2_166_136_261;
  let mark = '';
  while (mark.length < LENGTH) {
    for (const character of idempotencyKey) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619);
    mark += CHARACTERS[(hash >>> 8) % CHARACTERS.length] as string;
  }
  return `\n\n[${mark}]`;
}
