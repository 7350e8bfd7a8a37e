import type { Instant } from './instant.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** A window of opening in minutes of the local day: 540 is 09:00, 1440 is 24:00. `from` is before `to`. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** A day on which nothing counts; the date is `YYYY-MM-DD` in the calendar's zone. */
interface Holiday {
  readonly date: string;
  readonly name: string;
}

/** When business time runs (5.3): windows by local wall clock in an IANA zone, at least one in the week. */
export interface Calendar {
  readonly zone: string;
  readonly week: Readonly<Record<Weekday, readonly Window[]>>;
  readonly holidays: readonly Holiday[];
}

/** A stretch that did not count, and why. */
export interface ClosedSpan {
  readonly from: Instant;
  readonly to: Instant;
  readonly why: 'closed' | 'holiday';
  readonly holiday: string | null;
}
