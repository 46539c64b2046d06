import { loadPart } from '../load-part.js';

// PHP's spaces; without bounds a long text would take seconds
const UNCLEAN = /<[\t-\r ]*(script|i?frame|form|input|embed|object)|\w{0,40}script:|<[\t-\r ]*\w[^<>]*[\t-\r ]on\w+=["'][^"']*["']|\u202e/i;
/** Most of what looks like it is no name of an event: their list is loaded to tell. */
const EVENT_LIKE = /on[a-z]{3,20}[\t-\r ]*=/i;

/** What of a message the shop would refuse; undefined: it takes it. */
export async function uncleanPart(text: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const part = UNCLEAN.exec(text)?.[0];
  // it would turn the sentence around that it is quoted in
  if (part) return part.replace('\u202e', 'U+202E');
  if (!EVENT_LIKE.test(text)) return undefined;
  const { eventIn } = await loadPart(import('./event-names.js'), signal);
  return eventIn(text);
}
