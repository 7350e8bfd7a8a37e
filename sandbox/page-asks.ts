/** What a window asks for, parsed at the edge. */
import { z } from 'zod';
import type { FromPage } from './page/protocol.ts';

const id = z.string().min(1).max(60);
const ts = z.string().regex(/^\d{1,12}\.\d{6}$/);
const text = z.string().max(40_000);
const held = z.union([z.string().max(40_000), z.number(), z.array(z.string().max(3_000)).max(100), z.null()]);
const state = z.record(z.string(), z.record(z.string(), held));
const file = z.strictObject({
  name: z.string().min(1).max(255),
  mimetype: z.string().max(255),
  size: z.number().int().min(0).max(1_000_000_000),
});

const where = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('message'), channel: id, ts, isOnlyForYou: z.boolean() }),
  z.strictObject({ kind: z.literal('view') }),
  z.strictObject({ kind: z.literal('home') }),
]);

const move = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('minutes'),
    minutes: z
      .number()
      .int()
      .min(1)
      .max(366 * 24 * 60),
  }),
  z.strictObject({ by: z.literal('next-deadline') }),
  z.strictObject({ by: z.literal('next-monday') }),
  z.strictObject({ by: z.literal('instant'), local: z.string().max(40) }),
]);

const ask = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('history'),
    channel: id,
    before: ts.nullable(),
    limit: z.number().int().min(1).max(200),
  }),
  z.strictObject({ do: z.literal('thread'), channel: id, ts }),
  z.strictObject({ do: z.literal('seen'), channel: id }),
  z.strictObject({
    do: z.literal('post'),
    channel: id,
    text,
    threadTs: ts.nullable(),
    alsoToChannel: z.boolean(),
    files: z.array(file).max(10),
  }),
  z.strictObject({ do: z.literal('edit'), channel: id, ts, text }),
  z.strictObject({ do: z.literal('remove'), channel: id, ts }),
  z.strictObject({
    do: z.literal('react'),
    channel: id,
    ts,
    name: z.string().regex(/^[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?$/),
    on: z.boolean(),
  }),
  z.strictObject({ do: z.literal('command'), channel: id, line: text }),
  z.strictObject({ do: z.literal('message-shortcut'), callbackId: id, channel: id, ts }),
  z.strictObject({ do: z.literal('global-shortcut'), callbackId: id }),
  z.strictObject({
    do: z.literal('act'),
    where,
    blockId: z.string().max(255),
    actionId: z.string().max(255),
    value: z.string().max(3_000).nullable(),
    state: state.nullable(),
  }),
  z.strictObject({ do: z.literal('submit'), state }),
  z.strictObject({ do: z.literal('close-view') }),
  z.strictObject({ do: z.literal('open-home') }),
  z.strictObject({ do: z.literal('clock'), move }),
  z.strictObject({ do: z.literal('clock-stop') }),
  z.strictObject({ do: z.literal('scene'), id }),
  z.strictObject({
    do: z.literal('fault'),
    kind: z.enum(['refuse', 'delay', 'drop', 'rate-limit']),
    calls: z.number().int().min(1).max(1_000),
  }),
  z.strictObject({ do: z.literal('double'), on: z.boolean() }),
  z.strictObject({ do: z.literal('hold'), on: z.boolean() }),
  z.strictObject({ do: z.literal('cut') }),
  z.strictObject({ do: z.literal('bot'), run: z.boolean() }),
  z.strictObject({ do: z.literal('calm') }),
]);

const fromPage = z.strictObject({ id: z.number().int(), ask });
const numbered = z.object({ id: z.number().int() });

export type Parsed =
  | { readonly ok: true; readonly request: FromPage }
  /** `id` is null where not even that can be read. */
  | { readonly ok: false; readonly id: number | null };

export const parseAsk = (frame: unknown): Parsed => {
  const parsed = fromPage.safeParse(frame);
  if (parsed.success) return { ok: true, request: parsed.data };
  const known = numbered.safeParse(frame);
  return { ok: false, id: known.success ? known.data.id : null };
};
