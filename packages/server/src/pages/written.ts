/** A number as people write it. */
export function numberIn(language: string, value: number): string {
  return new Intl.NumberFormat(language).format(value);
}

/** A size as people write it, in decimal kilobytes or megabytes. */
export function bytesIn(language: string, bytes: number): string {
  const small = bytes < 1e6;
  return new Intl.NumberFormat(language, { style: 'unit', unit: small ? 'kilobyte' : 'megabyte', maximumFractionDigits: 1 }).format(
    small ? Math.ceil(bytes / 1e3) : bytes / 1e6,
  );
}

/** How long something takes, in minutes or hours. */
export function waitIn(language: string, millis: number): string {
  const minutes = Math.max(1, Math.ceil(millis / 60_000));
  const [value, unit] = minutes < 100 ? [minutes, 'minute'] : [Math.ceil(minutes / 60), 'hour'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** Several things in one phrase. */
export function listIn(language: string, items: readonly string[]): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(items);
}
