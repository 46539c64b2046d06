/** A number of bytes for people, in decimal units. @param units what one byte, a thousand and a million are called */
export function sizeIn(language: string, count: number, [bytes, kilo, mega]: [string, string, string]): string {
  const [value, unit] = count < 1_000 ? [count, bytes] : count < 1_000_000 ? [count / 1_000, kilo] : [count / 1_000_000, mega];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)} ${unit}`;
}
