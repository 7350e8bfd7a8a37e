import { z } from 'zod';
import { parseDuration } from './duration.ts';
import type { Duration } from './instant.ts';
import { nearest, shown } from './known-keys.ts';

/** What a reader of one value gives: the value, or what was expected instead. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly expected: string };

export const read = <T>(value: T): Read<T> => ({ ok: true, value });
export const expected = (what: string): Read<never> => ({ ok: false, expected: what });

/** A schema from a plain function; its complaint is the function's own sentence. */
export const value = <T>(reader: (input: unknown) => Read<T>) =>
  z.unknown().transform((input, context): T => {
    const result = reader(input);
    if (result.ok) return result.value;
    context.addIssue({ code: 'custom', message: input === undefined ? 'missing' : result.expected });
    return z.NEVER;
  });

const readLength = (input: unknown): Read<Duration> => {
  if (input === 0) return read(0);
  const text = typeof input === 'string' ? input.trim() : '';
  if (text.startsWith('-') || (typeof input === 'number' && input < 0)) {
    return expected(`must not be negative: got ${shown(input)}`);
  }
  const length = parseDuration(text);
  return length === null
    ? expected(`expected a length of time such as 90m, 4h, 20s or 3d, got ${shown(input)}`)
    : read(length);
};

/** A length of time that may be zero. */
export const lengthOrZero = value(readLength);

/** A length of time above zero, as every clock needs. */
export const length = value((input) => {
  const result = readLength(input);
  return result.ok && result.value === 0 ? expected('must be longer than zero') : result;
});

export const text = value((input) =>
  typeof input === 'string' && input.trim() !== ''
    ? read(input.trim())
    : expected(`expected a text, got ${shown(input)}`),
);

export const oneOf = <T extends string>(names: readonly T[]) =>
  value((input): Read<T> => {
    const found = names.find((name) => name === input);
    if (found !== undefined) return read(found);
    const near = typeof input === 'string' ? nearest(input, names) : null;
    const hint = near === null ? '' : `: did you mean '${near}'?`;
    return expected(`expected ${listed(names)}, got ${shown(input)}${hint}`);
  });

export const numberWithin = (what: string, accepts: (input: number) => boolean) =>
  value((input) =>
    typeof input === 'number' && accepts(input) ? read(input) : expected(`expected ${what}, got ${shown(input)}`),
  );

/** A day that exists, `YYYY-MM-DD`. */
export const date = value((input) =>
  z.iso.date().safeParse(input).success && typeof input === 'string'
    ? read(input)
    : expected(`expected a day such as 2025-12-24, got ${shown(input)}`),
);

export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.array(item, {
    error: (issue) => (issue.input === undefined ? 'missing' : `expected a list, got ${shown(issue.input)}`),
  });

const listed = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
