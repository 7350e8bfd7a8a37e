import { type Duration, day, hour, minute, second } from './instant.ts';

const units = [
  ['d', day],
  ['h', hour],
  ['m', minute],
  ['s', second],
  ['ms', 1],
] as const;

const shape = new RegExp(`^${units.map(([unit]) => `(?:(\\d+)${unit})?`).join('')}$`);

// Longer is surely a slip of the keyboard, and sums of instants must stay exact.
const longest = 3660 * day;

/** Reads `90m`, `4h`, `20s`, `3d`, `1h30m`, `250ms` (13.7). Null when it is none of these, or longer than ten years. */
export const parseDuration = (text: string): Duration | null => {
  const parts = shape.exec(text.trim());
  if (!parts || text.trim() === '') return null;
  const length = units.reduce((sum, [, size], index) => sum + Number(parts[index + 1] ?? 0) * size, 0);
  return length <= longest ? length : null;
};

/** For people, to the second: "1 hour 30 minutes", "3 days". Up to two days it counts in hours, as the policy does. */
export const durationText = (length: Duration): string => {
  if (length < second) return counted(Math.round(length), 'millisecond');
  const days = length < 2 * day ? 0 : Math.floor(length / day);
  const seconds = Math.round((length - days * day) / second);
  const parts = [
    [days, 'day'],
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ] as const;
  return parts.flatMap(([count, name]) => (count > 0 ? [counted(count, name)] : [])).join(' ');
};

const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`;
