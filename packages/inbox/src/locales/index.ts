import { en, type InboxText } from './en.js';

/** Sentences for agents, by language: a page loads one of them. */
const texts: { readonly [language: string]: () => Promise<InboxText> } = {
  en: () => Promise.resolve(en),
  fr: async () => (await import('./fr.js')).fr,
  es: async () => (await import('./es.js')).es,
  it: async () => (await import('./it.js')).it,
  de: async () => (await import('./de.js')).de,
  pt: async () => (await import('./pt.js')).pt,
  pl: async () => (await import('./pl.js')).pl,
  nl: async () => (await import('./nl.js')).nl,
  cs: async () => (await import('./cs.js')).cs,
  ar: async () => (await import('./ar.js')).ar,
  he: async () => (await import('./he.js')).he,
};

/** Languages there are sentences in. */
export const inboxLanguages: readonly string[] = Object.keys(texts);

const RIGHT_TO_LEFT = ['ar', 'he'];

/** What a language is called by those who speak it. */
export function nameOfLanguage(language: string): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** The first wish there are sentences for, and English otherwise. @param wishes BCP 47 tags; people also write `pt_BR`, and `iw` for `he` */
export function inboxLocale(wishes: readonly string[]): { tag: string; file: string; dir: 'ltr' | 'rtl' } {
  for (const wish of wishes) {
    try {
      const locale = new Intl.Locale(wish.replaceAll('_', '-'));
      const { language } = locale;
      if (Object.hasOwn(texts, language))
        return { tag: String(locale), file: language, dir: RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr' };
    } catch {
      // no tag at all
    }
  }
  return { tag: 'en', file: 'en', dir: 'ltr' };
}

/** The sentences of a language; English ones where they cannot be loaded. */
export async function inboxTexts(language: string): Promise<InboxText> {
  try {
    return (await texts[language]?.()) ?? en;
  } catch {
    return en;
  }
}
