/** The form of a counted phrase that a language wants for this number. */
export function plural(language: string, count: number, forms: { [rule in Intl.LDMLPluralRule]?: string } & { other: string }): string {
  return forms[new Intl.PluralRules(language).select(count)] ?? forms.other;
}
