import { addBusiness, businessBetween, type Calendar } from './calendar.ts';
import type { Duration, Instant } from './instant.ts';
import type { Timing } from './policy.ts';

export interface Span {
  readonly from: Instant;
  /** `null`: it still lasts. */
  readonly to: Instant | null;
}

/**
 * When an amount of time has run since `startAt`, not counting the pauses (5.3, 5.4).
 *
 * @param pauses in order of time; they may touch but not overlap
 * @returns `null` while an unfinished pause keeps it from ever running out
 */
export const dueAfter = (
  startAt: Instant,
  amount: Duration,
  time: Timing,
  pauses: readonly Span[],
  calendar: Calendar,
): Instant | null => {
  if (pauses.some(({ to }) => to === null)) return null;
  let cursor = startAt;
  let left = amount;
  for (const pause of pauses) {
    if (pause.to === null || pause.to <= cursor) continue;
    const ran = pause.from <= cursor ? 0 : runBetween(cursor, pause.from, time, calendar);
    if (pause.from > cursor && ran >= left) break;
    left -= ran;
    cursor = pause.to;
  }
  return time === 'business' ? addBusiness(calendar, cursor, left) : cursor + left;
};

const runBetween = (from: Instant, to: Instant, time: Timing, calendar: Calendar): Duration =>
  time === 'business' ? businessBetween(calendar, from, to) : to - from;
