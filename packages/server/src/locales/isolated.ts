const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const ISOLATES = /[\u2066-\u2069]/;
/** A number that is dialled, in the groups it is written in. */
const DIALLED = /\+?\(?\d[\d\s()./-]{4,}\d/g;

/** Whether letters of a text run from right to left. */
export function runsFromRight(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** A text that stays in its place and in its own direction, whatever is written around it. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

/** The same where a line would be jumbled otherwise: one that runs from right to left, or a text that does. @param dir of the line */
export function isolatedWithin(dir: 'ltr' | 'rtl' | undefined, text: string): string {
  return dir === 'rtl' || runsFromRight(text) ? isolated(text) : text;
}

/** A text whose numbers keep their groups in order beside letters that run from right to left; as it is where somebody has seen to that. */
export function numbersInOrder(text: string): string {
  return ISOLATES.test(text) ? text : text.replace(DIALLED, '\u2066$&\u2069');
}
