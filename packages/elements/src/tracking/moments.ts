import { html } from 'lit';
import { bare } from '../base/bare.js';
import type { Locale } from '../base/localize.js';

const DAY_MS = 86_400_000;
/** From the largest; what is nearer than a minute is "now". */
const UNITS = [
  ['week', 7 * DAY_MS],
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

const formats = new Map<string, Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

/** Formats are dear to make, and a thread writes thousands of times. */
function formatOf<Name extends 'DateTimeFormat' | 'RelativeTimeFormat'>(
  name: Name,
  tag: string,
  options: Intl.DateTimeFormatOptions & Intl.RelativeTimeFormatOptions,
): InstanceType<(typeof Intl)[Name]> {
  const key = [name, tag, ...Object.values(options as Record<string, string>)].join();
  const format = formats.get(key) ?? new Intl[name](tag, bare(options));
  formats.set(key, format);
  return format as InstanceType<(typeof Intl)[Name]>;
}

/** An instant in full: day, year and time. */
export function fullMoment(tag: string, instant: string): string {
  return formatOf('DateTimeFormat', tag, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(instant));
}

/** How long ago it was, as "2 hours ago"; empty where it is more than a few weeks. */
export function ago(tag: string, instant: string, now: number): string {
  const passed = Math.min(Date.parse(instant) - now, 0);
  if (passed < -28 * DAY_MS) return '';
  const [unit, size] = UNITS.find(([, milliseconds]) => -passed >= milliseconds) ?? ['minute', 60_000];
  const format = formatOf('RelativeTimeFormat', tag, { numeric: 'auto' });
  return format.format(Math.ceil(passed / size) || 0, -passed < 60_000 ? 'second' : unit);
}

/** A moment that is near, as "Tue, 10:00"; with its date where it is not within six days. */
export function nearMoment(tag: string, instant: string, now: number): string {
  const at = Date.parse(instant);
  const date = Math.abs(at - now) > 6 * DAY_MS ? ({ day: 'numeric', month: 'short' } as const) : {};
  return formatOf('DateTimeFormat', tag, { weekday: 'short', ...date, hour: 'numeric', minute: '2-digit' }).format(at);
}

/** When something was: in full and how long ago, or (`short`) the one with the other as its title. */
export function renderTime({ language: { tag }, now }: { language: Locale; now: number }, at: string, short = false): unknown {
  const relative = ago(tag, at, now);
  const full = fullMoment(tag, at);
  return short && relative
    ? html`<time datetime=${at} title=${full}>${relative}</time>`
    : html`<time datetime=${at}>${full}${relative && ` (${relative})`}</time>`;
}
