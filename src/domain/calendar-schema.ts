import { IANAZone } from 'luxon';
import { z } from 'zod';
import { type Window, weekdays } from './calendar-plan.ts';
import { nearest, shown, strictly } from './known-keys.ts';
import { date, expected, listOf, read, text, value } from './plan-values.ts';

const zone = value((input) => {
  if (typeof input === 'string' && IANAZone.isValidZone(input)) return read(input);
  const near = typeof input === 'string' ? nearest(input, Intl.supportedValuesOf('timeZone')) : null;
  return expected(
    `no time zone is called ${shown(input)}: ${near === null ? 'expected one like Europe/Berlin' : `did you mean '${near}'?`}`,
  );
});

const shape = /^(\d{1,2}):([0-5]\d)\s*[-–]\s*(\d{1,2}):([0-5]\d)$/;

const windowSchema = value<Window>((input) => {
  const parts = typeof input === 'string' ? shape.exec(input.trim()) : null;
  if (!parts) return expected(`expected opening hours such as 09:00-17:00, got ${shown(input)}`);
  const from = Number(parts[1]) * 60 + Number(parts[2]);
  const to = Number(parts[3]) * 60 + Number(parts[4]);
  if (to > 1440) return expected(`the day ends at 24:00: got ${shown(input)}`);
  if (from < to) return read({ from, to });
  return expected(
    `must end after it starts: got ${shown(input)} (hours over midnight are two entries, until 24:00 and from 00:00)`,
  );
});

const dayWindows = z
  .preprocess((input) => (typeof input === 'string' ? [input] : input), listOf(windowSchema))
  .transform((windows) => [...windows].sort((a, b) => a.from - b.from))
  .check((context) => {
    const overlap = context.value.some((window, index, all) => window.from < (all[index - 1]?.to ?? 0));
    if (overlap) context.issues.push({ code: 'custom', message: 'opening hours overlap', input: context.value });
  });

const week = strictly({
  mon: dayWindows,
  tue: dayWindows,
  wed: dayWindows,
  thu: dayWindows,
  fri: dayWindows,
  sat: dayWindows,
  sun: dayWindows,
}).check((context) => {
  if (weekdays.some((name) => context.value[name].length > 0)) return;
  const message = 'no day of the week has opening hours: business time would never run';
  context.issues.push({ code: 'custom', message, input: context.value });
});

const alwaysOpen = Object.fromEntries(weekdays.map((name) => [name, ['00:00-24:00']]));

/** Reads a calendar (5.3). `week: round-the-clock` stands for every hour of every day. */
export const calendarSchema = strictly({
  zone,
  week: z.preprocess((input) => (input === 'round-the-clock' ? alwaysOpen : input), week),
  holidays: listOf(strictly({ date, name: text })),
});
