import { type Calendar, type ClosedSpan, type Window, weekdays } from './calendar-plan.ts';
import { type Duration, day, type Instant, minute } from './instant.ts';
import { type OffsetStretch, offsetStretches } from './zone-offsets.ts';

/** From an instant up to, not including, another. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** A fortnight of a calendar, worked out: what counts and what does not, in order, without overlaps. */
export interface Block extends Span {
  readonly open: readonly Span[];
  readonly openTotal: Duration;
  readonly closed: readonly ClosedSpan[];
}

export const blockLength: Duration = 14 * day;

const known = new WeakMap<Calendar, Map<number, Block>>();

/** Block `index` begins at `index * blockLength`. Each is worked out once per calendar object. */
export const blockOf = (calendar: Calendar, index: number): Block => {
  const blocks = known.get(calendar) ?? new Map<number, Block>();
  known.set(calendar, blocks);
  const block = blocks.get(index) ?? workedOut(calendar, index * blockLength);
  blocks.set(index, block);
  return block;
};

const workedOut = (calendar: Calendar, from: Instant): Block => {
  const to = from + blockLength;
  const pieces = offsetStretches(calendar.zone, from, to).flatMap((stretch) => daysOf(calendar, stretch));
  const open = merged(pieces.flatMap((piece) => piece.open));
  const openTotal = open.reduce((sum, span) => sum + span.to - span.from, 0);
  const holidays = pieces.flatMap((piece) => piece.holidays);
  return { from, to, open, openTotal, closed: closedBetween(from, to, open, holidays) };
};

interface DayPiece {
  readonly open: readonly Span[];
  readonly holidays: readonly ClosedSpan[];
}

// While the offset stays the same, local time is plain arithmetic. So each stretch is cut into its local days on its own:
// a window over a jump is then as long as it really was, and wall-clock times that a jump leaves out are nowhere.
const daysOf = (calendar: Calendar, stretch: OffsetStretch): readonly DayPiece[] => {
  const first = Math.floor((stretch.from + stretch.offset) / day);
  const last = Math.floor((stretch.to - 1 + stretch.offset) / day);
  const pieces: DayPiece[] = [];
  for (let number = first; number <= last; number += 1) pieces.push(dayPiece(calendar, stretch, number));
  return pieces;
};

const dayPiece = (calendar: Calendar, stretch: OffsetStretch, number: number): DayPiece => {
  const place = (window: Window): Span => ({
    from: Math.max(stretch.from, number * day + window.from * minute - stretch.offset),
    to: Math.min(stretch.to, number * day + window.to * minute - stretch.offset),
  });
  const windows = calendar.week[weekdayOf(number)];
  if (windows.length === 0) return { open: [], holidays: [] };
  const holiday = holidayOn(calendar, number);
  if (holiday === null) return { open: windows.map(place).filter(isNotEmpty), holidays: [] };
  return { open: [], holidays: [{ ...place({ from: 0, to: day / minute }), why: 'holiday', holiday }] };
};

// Day 0, 1970-01-01, was a Thursday.
const weekdayOf = (number: number) => weekdays[(((number + 3) % 7) + 7) % 7] ?? 'mon';

const holidayOn = (calendar: Calendar, number: number): string | null => {
  if (calendar.holidays.length === 0) return null;
  const date = new Date(number * day).toISOString().slice(0, 10);
  return calendar.holidays.find((holiday) => holiday.date === date)?.name ?? null;
};

const isNotEmpty = (span: Span): boolean => span.from < span.to;

const merged = (spans: readonly Span[]): readonly Span[] =>
  [...spans]
    .sort((a, b) => a.from - b.from)
    .reduce<Span[]>((all, span) => {
      const last = all.at(-1);
      if (last?.to === span.from) all[all.length - 1] = { from: last.from, to: span.to };
      else all.push(span);
      return all;
    }, []);

const closedBetween = (
  from: Instant,
  to: Instant,
  open: readonly Span[],
  holidays: readonly ClosedSpan[],
): readonly ClosedSpan[] => {
  const known = [...open.map((span) => ({ ...span, why: null })), ...holidays].sort((a, b) => a.from - b.from);
  const closed: ClosedSpan[] = [];
  let end = from;
  for (const span of [...known, { from: to, to, why: null }]) {
    if (span.from > end) closed.push({ from: end, to: span.from, why: 'closed', holiday: null });
    if (span.why !== null) closed.push(span);
    end = span.to;
  }
  return closed;
};
