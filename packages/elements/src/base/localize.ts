import { isLanguage, type Language } from '../locales/text-table.js';

/** Those of the languages there are texts in whose script runs from right to left. */
export const RIGHT_TO_LEFT = /^(ar|he)\b/;

/** A BCP 47 tag as wished for (it formats dates and numbers), and the locale file that speaks it. */
export interface Locale {
  readonly tag: string;
  readonly file: Language;
  readonly dir: 'ltr' | 'rtl';
}

/**
 * The first wish there is a locale file for: the `locale` attribute, the nearest `lang` around the element through every
 * shadow root, the browser's languages, the desk's default, English. Themes also write `en_US`. A `dir` on the element itself overrides its direction.
 *
 * @param deskLocales tags the desk answers in, its default first.
 */
export function localeOf(element: HTMLElement & { locale: string }, deskLocales: readonly string[] = []): Locale {
  const wishes = [element.locale, langAround(element), ...navigator.languages, deskLocales[0]];
  for (const wish of wishes) {
    try {
      const parsed = new Intl.Locale(String(wish).replace(/_/g, '-'));
      const tag = String(parsed);
      const file = isLanguage(tag) ? tag : parsed.language;
      if (isLanguage(file)) return { tag, file, dir: directionOf(element, tag) };
    } catch {
      // empty, or no tag at all
    }
  }
  return { tag: 'en', file: 'en', dir: 'ltr' };
}

function langAround(element: Element): string {
  for (let node: Element | null | undefined = element; node; node = (node.getRootNode() as Partial<ShadowRoot>).host) {
    const found = node.closest('[lang]')?.getAttribute('lang');
    if (found) return found;
  }
  return '';
}

function directionOf({ dir }: HTMLElement, tag: string): Locale['dir'] {
  return dir === 'rtl' || dir === 'ltr' ? dir : RIGHT_TO_LEFT.test(tag) ? 'rtl' : 'ltr';
}
