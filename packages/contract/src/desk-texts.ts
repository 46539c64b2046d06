import type { LocalizedText } from './localized-text.js';

/** Sentences of the form that a desk may put into words of its own. */
export const DESK_TEXTS = [
  'heading',
  'contact',
  'choose',
  'preSale',
  'preSaleHint',
  'name',
  'email',
  'order',
  'optional',
  'subject',
  'message',
  'files',
  'send',
  'otherWays',
] as const;

/** The desk's own words: one text for all languages, or one per BCP 47 tag. A language that is not given keeps the built-in one. */
export type DeskTexts = { [name in (typeof DESK_TEXTS)[number]]?: LocalizedText | undefined };

/**
 * Built-in texts with the desk's own in their place, by name.
 *
 * @param tag BCP 47 tag of the built-in ones; `pt-BR` takes the desk's `pt` where it has no `pt-BR`.
 */
export function withDeskTexts<Texts extends object>(texts: Texts, own: DeskTexts | undefined, tag: string): Texts {
  const found: Record<string, unknown> = { __proto__: null, ...texts };
  for (const name of DESK_TEXTS) {
    const given = own && Object.hasOwn(own, name) ? own[name] : undefined;
    const wanted = [tag, tag.split('-', 1)[0] ?? ''].find((each) => typeof given === 'object' && Object.hasOwn(given, each)) ?? '';
    const said = typeof given === 'object' ? given[wanted] : given;
    if (said && Object.hasOwn(found, name)) found[name] = said;
  }
  return found as Texts;
}
