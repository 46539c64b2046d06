import { baseOf } from '../locales/index.js';

/**
 * The language that comes first in what a browser wants, of those that there are.
 *
 * @param wanted `Accept-Language`.
 * @param locales BCP 47 tags; the first stands where none is wanted.
 */
export function chooseLanguage(wanted: string | undefined, locales: readonly string[]): string {
  const weighed = (wanted ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const weight = parameters.map((parameter) => /^q=([\d.]+)$/i.exec(parameter)?.[1]).find(Boolean);
    return { tag: tag.toLowerCase(), weight: Number(weight ?? 1) };
  });
  for (const { tag, weight } of weighed.toSorted((a, b) => b.weight - a.weight)) {
    if (!(weight > 0)) continue;
    const found = locales.find((locale) => locale.toLowerCase() === tag) ?? locales.find((locale) => baseOf(locale) === baseOf(tag));
    if (found !== undefined) return found;
  }
  return locales[0] ?? 'en';
}
