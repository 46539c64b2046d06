import { cs } from './cs.js';
import { de } from './de.js';
import { en, type InboxText } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { it } from './it.js';
import { nl } from './nl.js';
import { pl } from './pl.js';
import { pt } from './pt.js';

/** Sentences for agents, by language. */
export const inboxTexts: Readonly<Record<string, InboxText>> = { en, fr, es, it, de, pt, pl, nl, cs };

/** What a language is called by those who speak it. */
export function nameOfLanguage(language: string): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** The first wish there are sentences for, and English otherwise. */
export function inboxLocale(wishes: readonly string[]): { tag: string; file: string } {
  for (const wish of wishes) {
    const [language = ''] = wish.toLowerCase().split('-');
    if (Object.hasOwn(inboxTexts, language)) return { tag: wish, file: language };
  }
  return { tag: 'en', file: 'en' };
}
