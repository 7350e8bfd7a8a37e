import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';

/** An object whose unknown keys are refused, each with the known key it may have meant. */
export const strictly = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map((key) => unknownKey(key, Object.keys(shape))).join('\n');
      return issue.input === undefined
        ? 'missing'
        : `expected ${Object.keys(shape).join(', ')}, got ${shown(issue.input)}`;
    },
  });

/** The name among the known ones that was probably meant, or null when none is near. */
export const nearest = (name: string, known: readonly string[]): string | null => {
  if (known.length === 0) return null;
  const best = closest(name, known);
  return distance(name.toLowerCase(), best.toLowerCase()) <= Math.max(2, name.length / 3) ? best : null;
};

/** A value as a complaint quotes it, on one line and not too long. */
export const shown = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'several settings';
  const text = String(value).replaceAll(/\s+/g, ' ');
  return `'${text.length > 60 ? `${text.slice(0, 59)}…` : text}'`;
};

const unknownKey = (key: string, known: readonly string[]): string => {
  const near = nearest(key, known);
  return near === null
    ? `unknown setting '${key}': known here are ${known.join(', ')}`
    : `unknown setting '${key}': did you mean '${near}'?`;
};
