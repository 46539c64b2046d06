const FIVE_O_CLOCK = 5 * 3_600_000;

/** A moment as people of this locale write it: the time alone for today, the date too for any other day. */
export function momentIn(tag: string, instant: string): string {
  const at = new Date(instant);
  const today = at.toDateString() === new Date().toDateString();
  const hour = hourIn(tag);
  const date: Intl.DateTimeFormatOptions =
    at.getFullYear() === new Date().getFullYear() ? { month: 'short', day: 'numeric' } : { dateStyle: 'medium' };
  const options: Intl.DateTimeFormatOptions = today
    ? { timeStyle: 'short' }
    : 'dateStyle' in date
      ? { ...date, timeStyle: 'short' }
      : { ...date, hour, minute: '2-digit' };
  return new Intl.DateTimeFormat(tag, options).format(at);
}

/** How a locale writes the hours before ten where it writes a time alone: beside a date it would be asked for anew. */
function hourIn(tag: string): 'numeric' | '2-digit' {
  const parts = new Intl.DateTimeFormat(tag, { timeStyle: 'short', timeZone: 'UTC' }).formatToParts(FIVE_O_CLOCK);
  return parts.find(({ type }) => type === 'hour')?.value.length === 2 ? '2-digit' : 'numeric';
}

/** How long until, or since, a moment, in the largest unit that fits. */
export function spanIn(tag: string, milliseconds: number): string {
  const minutes = Math.max(1, Math.round(Math.abs(milliseconds) / 60_000));
  const [value, unit] =
    minutes < 60 ? [minutes, 'minute'] : minutes < 48 * 60 ? [Math.round(minutes / 60), 'hour'] : [Math.round(minutes / 1440), 'day'];
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** A size as people of this locale write it. */
export function bytesIn(tag: string, bytes: number): string {
  const small = bytes < 1e6;
  const options: Intl.NumberFormatOptions = { style: 'unit', unit: small ? 'kilobyte' : 'megabyte', maximumFractionDigits: 1 };
  return new Intl.NumberFormat(tag, options).format(small ? Math.ceil(bytes / 1e3) : bytes / 1e6);
}
