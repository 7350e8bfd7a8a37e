import fc from 'fast-check';
import {
  addBusiness,
  businessBetween,
  type Calendar,
  isBusinessInstant,
  type Window,
} from '../../src/domain/calendar.ts';

// Five zones with their jumps: daylight saving by an hour and by half an hour, none, and a day that never was.
const places = [
  ['Europe/Berlin', '2025-03-28T00:00Z'],
  ['Europe/Berlin', '2025-10-24T00:00Z'],
  ['America/New_York', '2025-03-07T00:00Z'],
  ['America/New_York', '2025-10-31T00:00Z'],
  ['Asia/Kolkata', '2025-06-06T00:00Z'],
  ['Australia/Lord_Howe', '2025-04-04T00:00Z'],
  ['Australia/Lord_Howe', '2025-10-03T00:00Z'],
  ['Pacific/Apia', '2011-12-28T00:00Z'],
  ['Pacific/Apia', '2012-03-30T00:00Z'],
] as const;

const minute = 60_000;
const stretch = 12 * 1440;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

interface LocalMinute {
  readonly date: string;
  readonly weekday: (typeof weekdays)[number];
  readonly minuteOfDay: number;
}

/** What the wall clock says in each minute, asked of Intl once for each place: the model knows nothing of offsets. */
const wallClock = places.map(([zone, start]) => {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return Array.from({ length: stretch }, (_, index): LocalMinute => {
    const parts = format.formatToParts(Date.parse(start) + index * minute);
    const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
    const weekday = weekdays.find((name) => part('weekday').toLowerCase().startsWith(name)) ?? 'mon';
    const minuteOfDay = Number(part('hour')) * 60 + Number(part('minute'));
    return { date: `${part('year')}-${part('month')}-${part('day')}`, weekday, minuteOfDay };
  });
});

const counts = (calendar: Calendar, local: LocalMinute | undefined): boolean => {
  if (local === undefined) return false;
  for (const window of calendar.week[local.weekday]) {
    if (window.from > local.minuteOfDay || local.minuteOfDay >= window.to) continue;
    return !calendar.holidays.some((holiday) => holiday.date === local.date);
  }
  return false;
};

const day = fc
  .uniqueArray(
    fc.oneof(
      fc.integer({ min: 0, max: 1440 }),
      fc.integer({ min: 0, max: 24 }).map((h) => h * 60),
    ),
    {
      minLength: 0,
      maxLength: 6,
    },
  )
  .map((edges): readonly Window[] => {
    const sorted = [...edges].sort((a, b) => a - b);
    return sorted.flatMap((from, index) => {
      const to = sorted[index + 1];
      return index % 2 === 0 && to !== undefined ? [{ from, to }] : [];
    });
  });

const week = fc
  .record({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day })
  .filter((given) => weekdays.some((name) => given[name].length > 0));

const aCase = fc
  .record({
    place: fc.integer({ min: 0, max: places.length - 1 }),
    week,
    holidayAfterDays: fc.uniqueArray(fc.integer({ min: 0, max: 8 }), { maxLength: 3 }),
    start: fc.integer({ min: 0, max: 5 * 1440 * minute }),
    length: fc.oneof(
      fc.integer({ min: 0, max: 240 }).map((m) => m * minute),
      fc.integer({ min: 0, max: 900 * minute }),
    ),
    window: fc.integer({ min: 0, max: 4 * 1440 * minute }),
  })
  .map(({ place, week: given, holidayAfterDays, start, length, window }) => {
    const [zone, origin] = places[place] ?? places[0];
    const clock = wallClock[place] ?? [];
    const dates = holidayAfterDays.map((days) => clock[days * 1440]?.date ?? '');
    const calendar: Calendar = { zone, week: given, holidays: dates.map((date) => ({ date, name: 'a holiday' })) };
    return { calendar, clock, origin: Date.parse(origin), start, length, window };
  });

describe('business time against a walk over every minute', () => {
  it('agrees in 12,000 random cases in five zones, over daylight-saving nights, lunch breaks and holidays', () => {
    let reached = 0;
    fc.assert(
      fc.property(aCase, ({ calendar, clock, origin, start, length, window }) => {
        const at = origin + start;
        const isOpen = (index: number): boolean => counts(calendar, clock[index]);
        const now = isOpen(Math.floor(start / minute));
        const due = walk(isOpen, start, length);
        const between = walked(isOpen, start, start + window);
        if (due !== null) reached += 1;
        return (
          isBusinessInstant(calendar, at) === now &&
          (due === null || addBusiness(calendar, at, length) === origin + due) &&
          businessBetween(calendar, at, at + window) === between
        );
      }),
      { numRuns: 12_000 },
    );
    expect(reached).toBeGreaterThan(10_000);
  });
});

/** Where the walk ends, in ms after the start of the table; null when the table ends first. */
const walk = (isOpen: (index: number) => boolean, start: number, length: number): number | null => {
  if (length === 0) return start;
  const first = Math.floor(start / minute);
  let left = length;
  for (let index = first; index < stretch; index += 1) {
    if (!isOpen(index)) continue;
    const from = index === first ? start : index * minute;
    const rest = (index + 1) * minute - from;
    if (left <= rest) return from + left;
    left -= rest;
  }
  return null;
};

const walked = (isOpen: (index: number) => boolean, from: number, to: number): number => {
  const first = Math.floor(from / minute);
  let sum = 0;
  for (let index = first; index * minute < to; index += 1) {
    if (!isOpen(index)) continue;
    const end = (index + 1) * minute;
    // biome-ignore lint/complexity/useMathMinMax: Jest's globals are slow, and this runs many million times
    sum += (end < to ? end : to) - (index === first ? from : index * minute);
  }
  return sum;
};
