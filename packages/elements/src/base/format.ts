import { bare } from './bare.js';

/** A number as people of this locale write it. */
export function numberIn(tag: string, value: number): string {
  return new Intl.NumberFormat(tag).format(value);
}

/** A size as people of this locale write it, in decimal kilobytes or megabytes. */
export function bytesIn(tag: string, bytes: number): string {
  const small = bytes < 1e6;
  const options = bare({ style: 'unit', unit: small ? 'kilobyte' : 'megabyte', maximumFractionDigits: 1 });
  return new Intl.NumberFormat(tag, options).format(small ? Math.ceil(bytes / 1e3) : bytes / 1e6);
}

/** A moment as people of this locale write it. */
export function momentIn(tag: string, milliseconds: number): string {
  return new Intl.DateTimeFormat(tag, bare({ dateStyle: 'medium', timeStyle: 'short' })).format(milliseconds);
}

/** The form of a counted phrase that a language wants for this number. */
export function plural(tag: string, count: number, forms: { [rule in Intl.LDMLPluralRule]?: string } & { other: string }): string {
  return forms[new Intl.PluralRules(tag).select(count)] ?? forms.other;
}
