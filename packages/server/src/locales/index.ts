import { ar } from './ar.js';
import { cs } from './cs.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { he } from './he.js';
import { it } from './it.js';
import { nl } from './nl.js';
import { pl } from './pl.js';
import { pt } from './pt.js';
import type { ServerTexts } from './server-texts.js';

/** By base language. A new one is a file of its own and an entry here; the type names what it needs. */
export const LOCALES: { [language: string]: ServerTexts } = { en, fr, es, it, de, pt, pl, nl, cs, ar, he };

/** The first of the wanted languages that there are texts in; English otherwise. @param wanted BCP 47 tags; themes also write `en_US` */
export function languageOf(...wanted: string[]): string {
  return wanted.map(baseOf).find((language) => Object.hasOwn(LOCALES, language)) ?? 'en';
}

/** The language of a tag by its name of today: `he` for `iw`. Empty for what is no tag. */
export function baseOf(tag: string): string {
  try {
    return new Intl.Locale(tag.replaceAll('_', '-')).language;
  } catch {
    return '';
  }
}
