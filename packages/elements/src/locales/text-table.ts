/** Languages there are texts in. A tag with a region takes those of its language. */
export type Language = 'en' | 'fr' | 'es' | 'it' | 'de' | 'pt' | 'pl' | 'nl' | 'cs' | 'ar' | 'he';

/** Loads the texts of one purpose, by language. */
export type TextTable<Text> = { readonly [language in Language]: () => Promise<Text> };

/** One export of the file of every language: a page loads what it shows, in the language it shows it in. */
export function textTable<File, Part extends keyof File>(
  files: { [language in Language]: () => Promise<{ [part in Part]: File[Part] }> },
  part: Part,
): TextTable<File[Part]> {
  const loadPart = (language: string) => async () => (await files[language as Language]())[part];
  return Object.fromEntries(Object.keys(files).map((language) => [language, loadPart(language)])) as TextTable<File[Part]>;
}
