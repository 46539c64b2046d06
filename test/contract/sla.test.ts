import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BusinessHours, Weekday } from '@storefront-support/contract';
import { dueAt } from '@storefront-support/contract/sla';
import { seededRandom } from '../support/seeded-random.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const always: BusinessHours['week'] = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
);
const office: [string, string][] = [['09:00', '18:00']];

/** Schedules, and the days around which something is odd: clocks change, or a holiday comes. */
const SCHEDULES: { name: string; hours: BusinessHours; around: string[] }[] = [
  {
    name: 'an office in Paris',
    hours: {
      timeZone: 'Europe/Paris',
      week: { mon: office, tue: office, wed: office, thu: office, fri: [['09:00', '17:30']] },
      holidays: ['2026-12-25', '2027-01-01'],
    },
    around: ['2026-03-29', '2026-10-25', '2026-12-25', '2027-01-01'],
  },
  {
    name: 'two shifts in New York, Saturdays until midnight',
    hours: {
      timeZone: 'America/New_York',
      week: {
        mon: [
          ['08:00', '12:15'],
          ['13:00', '20:00'],
        ],
        wed: [['10:00', '16:00']],
        sat: [['18:00', '24:00']],
        sun: [['00:00', '04:00']],
      },
      holidays: ['2026-07-04', '2026-11-02'],
    },
    around: ['2026-03-08', '2026-11-01', '2026-07-04'],
  },
  {
    name: 'round the clock in Santiago, where clocks change at midnight',
    hours: { timeZone: 'America/Santiago', week: always, holidays: ['2026-09-07'] },
    around: ['2026-04-05', '2026-09-06'],
  },
  {
    name: 'round the clock in Havana, where midnight comes twice',
    hours: { timeZone: 'America/Havana', week: { ...always, mon: [['00:00', '06:00']] }, holidays: [] },
    around: ['2026-03-08', '2026-11-01'],
  },
  {
    name: 'nights on Lord Howe, where clocks change by half an hour',
    hours: {
      timeZone: 'Australia/Lord_Howe',
      week: {
        sat: [['22:00', '24:00']],
        sun: [
          ['00:00', '01:00'],
          ['04:30', '23:59'],
        ],
        tue: [['11:00', '11:01']],
      },
      holidays: [],
    },
    around: ['2026-04-05', '2026-10-04'],
  },
  {
    name: 'an office at a fixed offset',
    hours: {
      timeZone: '+05:45',
      week: { sun: office, mon: office, thu: [['00:00', '24:00']], fri: [['00:00', '00:30']] },
      holidays: ['2026-10-25'],
    },
    around: ['2026-10-25', '2026-12-31'],
  },
];

/** Which minutes are open, by asking the platform for the local time of each, and nothing else. */
function clockOf({ timeZone, week, holidays }: BusinessHours): (minute: number) => boolean {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const known = new Map<number, boolean>();
  return (minute) => {
    let open = known.get(minute);
    if (open !== undefined) return open;
    const parts = Object.fromEntries(format.formatToParts(minute).map(({ type, value }) => [type, value]));
    const date = `${parts['year']}-${parts['month']}-${parts['day']}`;
    const time = `${parts['hour']}:${parts['minute']}`;
    const day = (parts['weekday'] ?? '').toLowerCase() as Weekday;
    open = !holidays.includes(date) && (week[day] ?? []).some(([opens, closes]) => opens <= time && time < closes);
    known.set(minute, open);
    return open;
  };
}

function dueByStepping(from: number, minutes: number, isOpen: (minute: number) => boolean): number {
  let left = minutes;
  for (let minute = from; ; minute += MINUTE) {
    if (isOpen(minute) && --left === 0) return minute + MINUTE;
    assert.ok(minute < from + 60 * DAY, 'the walk has no end');
  }
}

describe('a due time', () => {
  for (const [n, { name, hours, around }] of SCHEDULES.entries()) {
    it(`is where counting minute by minute ends: ${name}`, (t) => {
      const seed = 20_261_122 + n;
      t.diagnostic(`seed ${seed}`);
      const random = seededRandom(seed);
      const isOpen = clockOf(hours);
      for (let round = 0; round < 60; round++) {
        const middle = Date.parse(`${around[round % around.length]}T12:00:00Z`);
        const from = Math.floor((middle + (random() - 0.7) * 4 * DAY) / MINUTE) * MINUTE;
        const minutes = 1 + Math.floor(random() ** 2 * 1_500);
        const policy = { firstResponseMinutes: minutes, clock: 'business' } as const;
        const start = new Date(from).toISOString();
        const found = dueAt(start, policy, hours);
        const expected = new Date(dueByStepping(from, minutes, isOpen)).toISOString();
        assert.equal(found && new Date(found).toISOString(), expected, `${minutes} minutes from ${start}, seed ${seed}, round ${round}`);
      }
    });
  }

  it('never moves backwards when the start moves on', () => {
    const { hours } = SCHEDULES[0]!;
    let last = 0;
    for (let from = Date.parse('2026-10-23T00:00:00Z'); from < Date.parse('2026-10-28T00:00:00Z'); from += 7 * MINUTE) {
      const due = Date.parse(dueAt(new Date(from).toISOString(), { firstResponseMinutes: 200, clock: 'business' }, hours)!);
      assert.ok(due >= last && due >= from + 200 * MINUTE);
      last = due;
    }
  });

  it('counts every minute on the calendar clock', () => {
    const due = dueAt('2026-10-24T20:30:00.000Z', { firstResponseMinutes: 1_440, clock: 'calendar' }, SCHEDULES[0]!.hours);
    assert.equal(due, '2026-10-25T20:30:00Z');
  });

  it('keeps the seconds it starts with', () => {
    const due = dueAt('2026-11-23T10:00:12.345Z', { firstResponseMinutes: 60, clock: 'business' }, SCHEDULES[0]!.hours);
    assert.equal(due, '2026-11-23T11:00:12.345Z');
  });

  it('is the closing time when the last minute ends with it', () => {
    const due = dueAt('2026-11-23T16:00:00Z', { firstResponseMinutes: 60, clock: 'business' }, SCHEDULES[0]!.hours);
    assert.equal(due, '2026-11-23T17:00:00Z');
  });

  it('is null where nobody ever opens', () => {
    assert.equal(
      dueAt('2026-11-23T16:00:00Z', { firstResponseMinutes: 1, clock: 'business' }, { timeZone: 'UTC', week: {}, holidays: [] }),
      null,
    );
  });

  it('refuses a time zone that does not exist', () => {
    const hours = { timeZone: 'Europe/Atlantis', week: always, holidays: [] };
    assert.throws(() => dueAt('2026-11-23T16:00:00Z', { firstResponseMinutes: 1, clock: 'business' }, hours), RangeError);
  });
});
