import { isLanguage, type Language } from '@storefront-support/elements/locales';

/** Scripts that run from right to left. */
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;

/** The first wish that there are sentences for, and English otherwise. @param wishes BCP 47 tags; themes also write `pt_BR`, and `iw` for `he` */
export function listOfLocales(wishes: readonly string[]): { file: Language; tag: string; dir: 'ltr' | 'rtl' } {
  for (const wish of wishes) {
    try {
      const locale = new Intl.Locale(wish.replaceAll('_', '-'));
      const { language } = locale;
      if (isLanguage(language)) return { file: language, tag: String(locale), dir: RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr' };
    } catch {
      // no tag at all
    }
  }
  return { file: 'en', tag: 'en', dir: 'ltr' };
}
