import { type Calendar, type ClosedSpan, nonBusinessSpans } from './calendar.ts';
import type { Span } from './due.ts';
import { type Duration, day, type Instant } from './instant.ts';
import { offsetStretches } from './zone-offsets.ts';

/** Hours that did not count between two instants, and what they were: "a night", "a weekend", a holiday's name (5.7). */
export interface UncountedHours {
  readonly from: Instant;
  readonly to: Instant;
  readonly what: string;
}

/** @param pauses time that stood still anyway, and is told apart */
export const uncountedHours = (
  calendar: Calendar,
  from: Instant,
  to: Instant,
  pauses: readonly Span[],
): readonly UncountedHours[] =>
  nonBusinessSpans(calendar, from, to)
    .filter((span) => !pauses.some((pause) => pause.from <= span.from && (pause.to ?? to) >= span.to))
    .map((span) => ({ from: span.from, to: span.to, what: whatItWas(calendar, span) }));

const whatItWas = (calendar: Calendar, span: ClosedSpan): string => {
  if (span.why === 'holiday') return span.holiday ?? 'a holiday';
  const first = localDay(calendar, span.from);
  const last = localDay(calendar, span.to - 1);
  if (hasWeekendIn(first, last)) return 'a weekend';
  if (first === last) return isMorningOrEvening(calendar, span) ? 'a night' : 'a break';
  return span.to - span.from < day ? 'a night' : 'closed days';
};

/** Days since 1970 by the calendar's own wall clock. */
const localDay = (calendar: Calendar, at: Instant): number => Math.floor(localTime(calendar, at) / day);

const localTime = (calendar: Calendar, at: Instant): number => at + offsetAt(calendar, at);

const offsetAt = ({ zone }: Calendar, at: Instant): Duration => offsetStretches(zone, at, at + 1)[0]?.offset ?? 0;

// Day 0, 1970-01-01, was a Thursday: 2 is the first Saturday, 3 the first Sunday.
const hasWeekendIn = (first: number, last: number): boolean => {
  for (let number = first; number <= last; number += 1) {
    const weekday = ((number % 7) + 7) % 7;
    if (weekday === 2 || weekday === 3) return true;
  }
  return false;
};

/** Cut off by a clock's start or due instant, or by midnight, a night may lie within one day. */
const isMorningOrEvening = (calendar: Calendar, span: ClosedSpan): boolean => {
  const windows = Object.values(calendar.week).flat();
  const opens = Math.min(...windows.map((window) => window.from));
  const closes = Math.max(...windows.map((window) => window.to));
  const minuteOf = (at: Instant): number => (localTime(calendar, at) % day) / 60_000;
  return minuteOf(span.to - 1) < opens || minuteOf(span.from) >= closes;
};
