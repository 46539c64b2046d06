import { Temporal } from 'temporal-polyfill';
import type { BusinessHours, SlaPolicy, Weekday } from './sla-types.js';

export type { BusinessHours, SlaPolicy, Weekday } from './sla-types.js';

const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** A calendar that never opens within this many days promises nothing. */
const HORIZON_DAYS = 800;

/**
 * When an answer is due: `policy.firstResponseMinutes` after `from`, counted on the policy's clock. Elapsed minutes are
 * real ones, so a day with a clock change counts 23 or 25 hours.
 *
 * @param from ISO 8601 instant at which the clock starts.
 * @returns ISO 8601 instant in UTC, whole seconds or finer as given; null where the hours never open.
 */
export function dueAt(from: string, policy: SlaPolicy, hours: BusinessHours): string | null {
  const start = Temporal.Instant.from(from);
  if (policy.clock === 'calendar') return start.add({ minutes: policy.firstResponseMinutes }).toString();
  let left = policy.firstResponseMinutes * 60_000;
  const holidays = new Set(hours.holidays);
  let day = start.toZonedDateTimeISO(hours.timeZone).toPlainDate();
  for (let n = 0; n < HORIZON_DAYS; n++, day = day.add({ days: 1 })) {
    if (holidays.has(day.toString())) continue;
    for (const [opens, closes] of hours.week[WEEKDAYS[day.dayOfWeek - 1] as Weekday] ?? []) {
      const begin = Math.max(instantOf(day, opens, hours.timeZone), start.epochMilliseconds);
      const open = instantOf(day, closes, hours.timeZone) - begin;
      if (open <= 0) continue;
      if (left <= open) return Temporal.Instant.fromEpochMilliseconds(begin + left).toString();
      left -= open;
    }
  }
  return null;
}

function instantOf(day: Temporal.PlainDate, time: string, timeZone: string): number {
  const [date, at] = time === '24:00' ? [day.add({ days: 1 }), '00:00'] : [day, time];
  return date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(at) }).epochMilliseconds;
}
