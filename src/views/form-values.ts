import { z } from 'zod';
import type { Instant } from '../domain/instant.ts';
import { actionIds, type FieldId } from './ids.ts';

/** What came of reading a form: its value, or a sentence for each wrong field, keyed by its block_id. */
export type FormRead<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

const inputSchema = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_user: z.string().nullish(),
  selected_date_time: z.number().nullish(),
});
const valuesSchema = z.record(z.string(), z.record(z.string(), inputSchema));
type Input = z.infer<typeof inputSchema>;

const inputOf = (values: unknown, field: FieldId): Input => valuesSchema.parse(values)[field]?.[actionIds.input] ?? {};

/** What was typed, trimmed; `null` when that is nothing. @throws when `values` is no `view.state.values` */
export const textIn = (values: unknown, field: FieldId): string | null => {
  const text = inputOf(values, field).value?.trim() ?? '';
  return text === '' ? null : text;
};

/** The name that was chosen; `null` for none, or one that was never offered. */
export const choiceIn = <T extends string>(values: unknown, field: FieldId, names: readonly T[]): T | null =>
  names.find((name) => name === inputOf(values, field).selected_option?.value) ?? null;

/** The id of the person who was picked. */
export const personIn = (values: unknown, field: FieldId): string | null =>
  inputOf(values, field).selected_user ?? null;

/** The moment that was picked. */
export const momentIn = (values: unknown, field: FieldId): Instant | null => {
  const seconds = inputOf(values, field).selected_date_time ?? null;
  return seconds === null ? null : seconds * 1000;
};

/** The value made of the fields, or the complaints about them. */
export const formRead = <T>(
  complaints: Readonly<Partial<Record<FieldId, string | null>>>,
  make: () => T | null,
): FormRead<T> => {
  const errors = Object.entries(complaints).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  const value = errors.length === 0 ? make() : null;
  return value === null ? { ok: false, errors: Object.fromEntries(errors) } : { ok: true, value };
};

/** The complaint about a field that has to be filled in. */
export const needed = (value: unknown, sentence: string): string | null => (value === null ? sentence : null);
