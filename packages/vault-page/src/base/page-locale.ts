import { isLanguage, type Language } from '@storefront-support/elements/locales';

/** Scripts that run from right to left. */
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;

/** The first wish that there are sentences for, and the direction of the first wish. */
export function listOfLocales(wishes: readonly string[]): { file: Language; tag: string; dir: 'ltr' | 'rtl' } {
  for (const wish of wishes) {
    const [language = ''] = wish.toLowerCase().split('-');
    const dir = RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr';
    if (isLanguage(language)) return { file: language, tag: wish, dir };
  }
  return { file: 'en', tag: 'en', dir: 'ltr' };
}
