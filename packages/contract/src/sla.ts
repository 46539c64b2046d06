import { Temporal } from 'temporal-polyfill';
import type { BusinessHours, SlaPolicy, Weekday } from './sla-types.js';

export type { BusinessHours, SlaPolicy, Weekday } from './sla-types.js';

const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** A calendar that never opens within this many days promises nothing. */
const HORIZON_DAYS = 800;
/** More days than a promise usually spans; a calendar that has grown beyond is started anew. */
const DAYS_KEPT = 2_000;

/** One local day of a calendar: when it begins and ends, and when it is open, as milliseconds since 1970. */
interface Day {
  date: Temporal.PlainDate;
  begins: number;
  ends: number;
  openings: [begins: number, ends: number][];
}

/** Consecutive days worked out so far: clock changes make them too dear to be worked out for every ticket. */
const calendars = new WeakMap<BusinessHours, Day[]>();

/**
 * When an answer is due: `policy.firstResponseMinutes` after `from`, counted on the policy's clock. Elapsed minutes are
 * real ones, so a day with a clock change counts 23 or 25 hours. An opening or closing time that the clock skips is
 * moved on by the hour that is missing; one that it shows twice means the first.
 *
 * @param from ISO 8601 instant at which the clock starts.
 * @param hours must not be changed afterwards: days worked out are kept by object.
 * @returns ISO 8601 instant in UTC, to the millisecond; null where the hours never open.
 */
export function dueAt(from: string, policy: SlaPolicy, hours: BusinessHours): string | null {
  const due = dueAtMillis(Temporal.Instant.from(from).epochMilliseconds, policy, hours);
  return due === null ? null : Temporal.Instant.fromEpochMilliseconds(due).toString();
}

/** The same as `dueAt`, with both instants as milliseconds since 1970. */
export function dueAtMillis(from: number, policy: SlaPolicy, hours: BusinessHours): number | null {
  let left = policy.firstResponseMinutes * 60_000;
  if (policy.clock === 'calendar') return from + left;
  const days = daysFrom(from, hours);
  let n = days.findIndex(({ begins, ends }) => begins <= from && from < ends);
  for (const last = n + HORIZON_DAYS; n < last; n++) {
    for (const [begins, ends] of dayAt(days, n, hours).openings) {
      const begin = Math.max(begins, from);
      const open = ends - begin;
      if (open <= 0) continue;
      if (left <= open) return begin + left;
      left -= open;
    }
  }
  return null;
}

/** The days kept for these hours, begun anew where they do not hold the instant. */
function daysFrom(from: number, hours: BusinessHours): Day[] {
  const kept = calendars.get(hours);
  const [first] = kept ?? [];
  if (kept && first && first.begins <= from && kept.length < DAYS_KEPT) {
    while ((kept.at(-1) as Day).ends <= from && kept.length < DAYS_KEPT) dayAt(kept, kept.length, hours);
    if ((kept.at(-1) as Day).ends > from) return kept;
  }
  const date = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(hours.timeZone).toPlainDate();
  const days = [dayOf(date, hours)];
  calendars.set(hours, days);
  return days;
}

function dayAt(days: Day[], n: number, hours: BusinessHours): Day {
  while (days.length <= n) days.push(dayOf((days.at(-1) as Day).date.add({ days: 1 }), hours));
  return days[n] as Day;
}

function dayOf(date: Temporal.PlainDate, hours: BusinessHours): Day {
  const { timeZone, week, holidays } = hours;
  const pairs = holidays.includes(date.toString()) ? [] : (week[WEEKDAYS[date.dayOfWeek - 1] as Weekday] ?? []);
  return {
    date,
    begins: instantOf(date, '00:00', timeZone),
    ends: instantOf(date, '24:00', timeZone),
    openings: pairs.map(([opens, closes]) => [instantOf(date, opens, timeZone), instantOf(date, closes, timeZone)]),
  };
}

function instantOf(day: Temporal.PlainDate, time: string, timeZone: string): number {
  const [date, at] = time === '24:00' ? [day.add({ days: 1 }), '00:00'] : [day, time];
  return date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(at) }).epochMilliseconds;
}
