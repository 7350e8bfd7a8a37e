import { isRecord, type Json } from './json.ts';

/** One thing wrong with a payload: where (a JSON pointer) and what, in words near Slack's own. */
export type Problem = { readonly at: string; readonly says: string };

/** A rule gives the problems it finds in a value; none means it holds. */
export type Rule = (value: unknown, at: string) => readonly Problem[];

const problem = (at: string, says: string): readonly Problem[] => [{ at, says }];

export const all =
  (...rules: readonly Rule[]): Rule =>
  (value, at) =>
    rules.flatMap((rule) => rule(value, at));

/** Text of min to max characters; Slack refuses empty text nearly everywhere. */
export const text =
  (max: number, min = 1): Rule =>
  (value, at) => {
    if (typeof value !== 'string') return problem(at, 'must be a string');
    if (value.length < min) return problem(at, `must be more than ${min - 1} characters`);
    return value.length > max ? problem(at, `must be less than ${max + 1} characters`) : [];
  };

export const flag: Rule = (value, at) => (typeof value === 'boolean' ? [] : problem(at, 'must be a boolean'));

export const whole =
  (min: number, max: number): Rule =>
  (value, at) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? []
      : problem(at, `must be an integer from ${min} to ${max}`);

export const oneOf =
  (...words: readonly string[]): Rule =>
  (value, at) =>
    typeof value === 'string' && words.includes(value) ? [] : problem(at, `must be one of ${words.join(', ')}`);

export const matching =
  (pattern: RegExp, what: string): Rule =>
  (value, at) =>
    typeof value === 'string' && pattern.test(value) ? [] : problem(at, `must be ${what}`);

export const list =
  (min: number, max: number, item: Rule): Rule =>
  (value, at) => {
    if (!Array.isArray(value)) return problem(at, 'must be an array');
    if (value.length < min) return problem(at, `no fewer than ${min} items required`);
    if (value.length > max) return problem(at, `no more than ${max} items allowed`);
    return value.flatMap((one, index) => item(one, `${at}/${index}`));
  };

export type Fields = { readonly [name: string]: Rule };

/** An object with these fields and no other: Slack refuses unknown ones. */
export const shape =
  (required: Fields, optional: Fields = {}): Rule =>
  (value, at) => {
    if (!isRecord(value)) return problem(at, 'must be an object');
    const missing = Object.keys(required).filter((name) => value[name] === undefined);
    const known = { ...optional, ...required };
    return [
      ...missing.flatMap((name) => problem(at, `missing required field: ${name}`)),
      ...Object.entries(value).flatMap(([name, inner]) => {
        if (inner === undefined) return [];
        const rule = known[name];
        return rule === undefined ? problem(at, `invalid additional property: ${name}`) : rule(inner, `${at}/${name}`);
      }),
    ];
  };

/** Picks the rule by the value's `type`. */
export const byType =
  (rules: Readonly<Record<string, Rule>>, what: string): Rule =>
  (value, at) => {
    if (!isRecord(value)) return problem(at, 'must be an object');
    const rule = typeof value.type === 'string' ? rules[value.type] : undefined;
    return rule === undefined ? problem(at, `unsupported type of ${what}: ${String(value.type)}`) : rule(value, at);
  };

/** An extra condition on an object that is otherwise well formed. */
export const when =
  (broken: (value: Json) => boolean, says: string): Rule =>
  (value, at) =>
    isRecord(value) && broken(value) ? problem(at, says) : [];

/** Values that occur more than once. */
export const repeated = (values: readonly string[]): readonly string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];
