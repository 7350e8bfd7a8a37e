/** Instants at which a story begins, on any desk's calendar. */
import { DateTime } from 'luxon';
import { afterBusiness, type Calendar, day, firstHalfHour, hour, isBusiness, minute } from './demo-policy.ts';

/** A working instant after `from` with so much business time ahead in one piece. */
export const workingTime = (from: number, calendar: Calendar): number =>
  firstHalfHour(from, (at) => afterBusiness(at, 3 * hour, calendar) === at + 3 * hour) ?? Math.ceil(from / hour) * hour;

/** The last half hour before a weekend; where a desk has none, before the longest night there is. */
export const lastHalfHour = (from: number, calendar: Calendar): number => {
  const isLast = (pause: number) => (at: number) =>
    isBusiness(at, calendar) &&
    isBusiness(at + 29 * minute, calendar) &&
    !isBusiness(at + 30 * minute, calendar) &&
    afterBusiness(at, hour, calendar) - at > pause;
  return firstHalfHour(from, isLast(1.5 * day)) ?? firstHalfHour(from, isLast(8 * hour)) ?? workingTime(from, calendar);
};

/** The next such time of day in the zone. */
export const atLocal = (from: number, zone: string, hourOfDay: number, minuteOfHour: number): number => {
  const local = DateTime.fromMillis(from, { zone }).set({
    hour: hourOfDay,
    minute: minuteOfHour,
    second: 0,
    millisecond: 0,
  });
  return (local.toMillis() > from ? local : local.plus({ days: 1 })).toMillis();
};
