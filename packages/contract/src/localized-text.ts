/** A text in one language for all, or one text per BCP 47 tag. */
export type LocalizedText = string | { [locale: string]: string };

/**
 * The text in the wanted language: exact tag, then its base language, then English, then the first there is.
 *
 * @param locale BCP 47 tag, for example `fr-CA`.
 */
export function textIn(text: LocalizedText, locale: string): string {
  if (typeof text === 'string') return text;
  const base = locale.split('-', 1)[0] ?? '';
  for (const tag of [locale, base, 'en']) if (Object.hasOwn(text, tag)) return text[tag] ?? '';
  return Object.values(text)[0] ?? '';
}
