/** Where a move of the clock goes. */
import { DateTime } from 'luxon';
import type { ClockMove } from './page/protocol.ts';

export type Target = { readonly ok: true; readonly at: number } | { readonly ok: false; readonly why: string };

const farthestMs = 366 * 24 * 60 * 60_000;
const shown = 'ccc d LLL yyyy HH:mm';

/**
 * @param zone IANA zone of the desk
 * @param nextDeadline epoch ms after now, or null when no clock runs
 */
export const targetOf = (move: ClockMove, now: number, zone: string, nextDeadline: number | null): Target => {
  switch (move.by) {
    case 'minutes':
      return { ok: true, at: now + move.minutes * 60_000 };
    case 'next-deadline':
      return nextDeadline === null
        ? { ok: false, why: 'Nothing is due: no clock is running.' }
        : { ok: true, at: nextDeadline };
    case 'next-monday':
      return { ok: true, at: nextMonday(now, zone) };
    case 'instant':
      return chosen(move.local, now, zone);
  }
};

/** Monday 9:00 on the wall clock, whichever offset it then has. */
const nextMonday = (now: number, zone: string): number => {
  const thisWeek = DateTime.fromMillis(now, { zone }).startOf('week').set({ hour: 9 });
  return (thisWeek.toMillis() > now ? thisWeek : thisWeek.plus({ weeks: 1 })).toMillis();
};

/** An hour that comes twice, in autumn, is the first of the two that is still to come; one that is left out is an hour later. */
const chosen = (local: string, now: number, zone: string): Target => {
  const wished = DateTime.fromISO(local, { zone });
  if (!wished.isValid) return { ok: false, why: 'That is no time of the calendar. Choose a day and a time.' };
  const at = wished.getPossibleOffsets().map((each) => each.toMillis());
  const next = at.filter((each) => each > now).sort((one, other) => one - other)[0];
  if (next === undefined) {
    const today = DateTime.fromMillis(now, { zone }).setLocale('en').toFormat(shown);
    return { ok: false, why: `The clock only goes forward, and it is ${today} already.` };
  }
  if (next - now > farthestMs) return { ok: false, why: 'That is more than a year away. Choose something nearer.' };
  return { ok: true, at: next };
};
