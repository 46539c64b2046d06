import { loadPart } from './load-part.js';

/** What the page's own check against robots answers; `none` where the page has none, or it answers nothing. */
export async function answerOf<T>(captcha: (() => Promise<T>) | undefined, none: T, signal: AbortSignal | undefined): Promise<T> {
  return (captcha && (await loadPart(captcha(), signal))) ?? none;
}
