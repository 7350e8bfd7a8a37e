import { type Block, blockLength, blockOf, type Span } from './calendar-blocks.ts';
import type { Calendar, ClosedSpan } from './calendar-plan.ts';
import type { Duration, Instant } from './instant.ts';

export type { Calendar, ClosedSpan, Weekday, Window } from './calendar-plan.ts';

/** Whether business time runs at this instant: a window's start is in, its end is out (5.3). */
export const isBusinessInstant = (calendar: Calendar, at: Instant): boolean =>
  blockOf(calendar, blockIndex(at)).open.some((span) => span.from <= at && at < span.to);

/**
 * The instant after `length` of business time (5.3). Adding 0 stays put; what is used up at the end of a window is due
 * then, not at the next opening.
 * @throws RangeError when the length is negative or no number, or the calendar has no window at all
 */
export const addBusiness = (calendar: Calendar, at: Instant, length: Duration): Instant => {
  if (!Number.isFinite(at + length) || length < 0) {
    throw new RangeError(`Cannot add business time: the length is ${length} ms and the start ${at}`);
  }
  if (length === 0) return at;
  mustOpenAtAll(calendar);
  let left = length;
  let index = blockIndex(at);
  let from = at;
  for (;;) {
    const block = blockOf(calendar, index);
    const total = from === block.from ? block.openTotal : openWithin(block, from, block.to);
    if (left <= total) return instantIn(block.open, from, left);
    left -= total;
    index += 1;
    from = block.to;
  }
};

/** How much business time lies between two instants, in milliseconds; 0 when `to` is not after `from` (5.3). */
export const businessBetween = (calendar: Calendar, from: Instant, to: Instant): Duration =>
  blocksBetween(calendar, from, to).reduce((sum, block) => sum + openWithin(block, from, to), 0);

/**
 * The stretches between two instants that did not count, and why, in order, for `/ticket why` (5.7). A holiday is its
 * whole local day, if that day would have counted. At most `most` stretches, the earliest ones.
 */
export const nonBusinessSpans = (calendar: Calendar, from: Instant, to: Instant, most = 60): readonly ClosedSpan[] => {
  const spans: ClosedSpan[] = [];
  for (let index = blockIndex(from); index * blockLength < to && spans.length <= most; index += 1) {
    for (const span of blockOf(calendar, index).closed) append(spans, clipped(span, from, to));
  }
  return spans.slice(0, most);
};

const append = (spans: ClosedSpan[], span: ClosedSpan): void => {
  if (span.from >= span.to) return;
  const last = spans.at(-1);
  const goesOn = last?.to === span.from && last.why === span.why && last.holiday === span.holiday;
  if (last && goesOn) spans[spans.length - 1] = { ...last, to: span.to };
  else spans.push(span);
};

const clipped = <T extends Span>(span: T, from: Instant, to: Instant): T => ({
  ...span,
  from: Math.max(span.from, from),
  to: Math.min(span.to, to),
});

const openWithin = (block: Block, from: Instant, to: Instant): Duration =>
  from <= block.from && block.to <= to
    ? block.openTotal
    : block.open.reduce((sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)), 0);

const instantIn = (open: readonly Span[], from: Instant, length: Duration): Instant => {
  let left = length;
  for (const span of open) {
    const start = Math.max(span.from, from);
    const size = Math.max(0, span.to - start);
    if (size >= left) return start + left;
    left -= size;
  }
  throw new RangeError('Cannot add business time: the block is shorter than its sum');
};

const blockIndex = (at: Instant): number => Math.floor(at / blockLength);

const blocksBetween = (calendar: Calendar, from: Instant, to: Instant): readonly Block[] => {
  const blocks: Block[] = [];
  for (let index = blockIndex(from); index * blockLength < to; index += 1) blocks.push(blockOf(calendar, index));
  return blocks;
};

// A search for an opening that never comes would not end. The policy's schema refuses such a calendar.
const mustOpenAtAll = (calendar: Calendar): void => {
  if (Object.values(calendar.week).every((windows) => windows.length === 0)) {
    throw new RangeError('Cannot add business time: no day of the week has a window');
  }
};
