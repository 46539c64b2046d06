/** What a launcher is called that its theme has not named, as the locale files have it. */
export const NAMES: { readonly [language: string]: string } = {
  en: 'Contact us',
  fr: 'Nous contacter',
  es: 'Contacto',
  it: 'Contatti',
  de: 'Kontakt',
  pt: 'Atendimento',
  pl: 'Kontakt',
  nl: 'Contact',
  cs: 'Kontakt',
  ar: 'تواصل معنا',
  he: 'צרו קשר',
};

/** Names a button that nothing of the theme names, in the language of the page around it, or of the browser where that has none. */
export function name(button: HTMLElement): void {
  const { host } = button.getRootNode() as Partial<ShadowRoot>;
  // the real element has taken its place meanwhile
  if (!host) return;
  const wishes = [host.getAttribute('locale'), host.closest('[lang]')?.getAttribute('lang'), ...navigator.languages];
  const found = wishes.map(languageOf).find((language) => Object.hasOwn(NAMES, language));
  if (found) button.textContent = NAMES[found] ?? '';
}

/** By its name of today: `he` for `iw`. Themes also write `pt_BR`. */
function languageOf(tag: string | null | undefined): string {
  try {
    return new Intl.Locale((tag ?? '').replace(/_/g, '-')).language;
  } catch {
    return '';
  }
}
