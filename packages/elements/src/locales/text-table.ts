/** Languages there are texts in. A tag with a region takes those of its language. */
export const languages = ['en', 'fr', 'es', 'it', 'de', 'pt', 'pl', 'nl', 'cs', 'ar', 'he'] as const;

/** One of them. */
export type Language = (typeof languages)[number];

/** Whether there are texts in it. */
export const isLanguage = (tag: string): tag is Language => (languages as readonly string[]).includes(tag);

/** Loads the texts of one purpose, in a language. */
export type TextTable<Text> = (language: Language) => Promise<Text>;

/** One export of the file of every language: a page loads what it shows, in the language it shows it in. */
export function textTable<File, Part extends keyof File>(
  files: { [language in Language]: () => Promise<{ [part in Part]: File[Part] }> },
  part: Part,
): TextTable<File[Part]> {
  return async (language) => (await files[language]())[part];
}
