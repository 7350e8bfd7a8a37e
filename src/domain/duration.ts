import { type Duration, day, hour, minute, second } from './instant.ts';

const units = [
  ['d', day, 'day'],
  ['h', hour, 'hour'],
  ['m', minute, 'minute'],
  ['s', second, 'second'],
] as const;

const shape = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

// Longer is surely a slip of the keyboard, and sums of instants must stay exact.
const longest = 3660 * day;

/** Reads `90m`, `4h`, `20s`, `3d`, `1h30m` (13.7). Null when it is none of these, or longer than ten years. */
export const parseDuration = (text: string): Duration | null => {
  const parts = shape.exec(text.trim());
  if (!parts || text.trim() === '') return null;
  const length = units.reduce((sum, [, size], index) => sum + Number(parts[index + 1] ?? 0) * size, 0);
  return length <= longest ? length : null;
};

/** For people: "1 hour 30 minutes", "3 days", "1 day 12 hours". What is under a second says milliseconds only when nothing else is left. */
export const durationText = (length: Duration): string => {
  if (length < second) return length === 0 ? 'no time' : plural(Math.round(length), 'millisecond');
  let left = Math.round(length / second) * second;
  const parts = units.flatMap(([, size, name]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? [plural(count, name)] : [];
  });
  return parts.join(' ');
};

const plural = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`;
