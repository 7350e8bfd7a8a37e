import { z } from 'zod';
import type { Incoming } from '../flows/incoming.ts';
import type { Edit, Removal } from '../flows/take-in-change.ts';
import { type NameOf, plainTextOf } from './slack-text.ts';

/** What of a Slack message event Tierline reads; everything else is left aside. */
const file = z.object({
  id: z.string(),
  name: z.string().nullish(),
  title: z.string().nullish(),
  size: z.number().nullish(),
  mimetype: z.string().nullish(),
});

const body = z.object({
  ts: z.string(),
  user: z.string().optional(),
  text: z.string().nullish(),
  thread_ts: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().nullish(),
  user_team: z.string().optional(),
  team: z.string().optional(),
  files: z.array(file).optional(),
  edited: z.object({ ts: z.string() }).optional(),
});

const event = body.extend({
  channel: z.string(),
  event_ts: z.string().optional(),
  deleted_ts: z.string().optional(),
  message: body.optional(),
  previous_message: body.optional(),
});

type Body = z.infer<typeof body>;

export type MessageHappening =
  | { readonly kind: 'posted'; readonly message: Incoming }
  | { readonly kind: 'edited'; readonly edit: Edit }
  | { readonly kind: 'removed'; readonly removal: Removal }
  | null;

/** A person's messages come plain, as `/me`, with files, or from a thread to the channel; all else is Slack's own (2.6). */
const personal: ReadonlySet<string | undefined> = new Set([undefined, 'me_message', 'file_share', 'thread_broadcast']);

/**
 * What a `message` or `app_mention` event says; `null` for what never concerns the desk: joins, topics, bots,
 * Tierline's own messages and edits that change no text (2.6).
 */
export const readMessageEvent = async (
  payload: unknown,
  botUserId: string,
  nameOf: NameOf,
): Promise<MessageHappening> => {
  const parsed = event.safeParse(payload);
  if (!parsed.success) return null;
  const { channel, subtype, message, previous_message: previous } = parsed.data;
  const read = (part: Body): Promise<Incoming | null> => readMessage(channel, part, botUserId, nameOf);
  const when = parsed.data.event_ts ?? parsed.data.ts;
  switch (subtype) {
    case 'message_deleted':
      return removalOf(previous === undefined ? null : await read(previous), when);
    case 'message_changed': {
      if (message === undefined) return null;
      // A first message that has replies is not deleted but left as a stone.
      if (message.subtype === 'tombstone') return removalOf(previous === undefined ? null : await read(previous), when);
      if (message.text === previous?.text) return null;
      const edited = await read(message);
      return edited === null
        ? null
        : { kind: 'edited', edit: { message: edited, editedTs: message.edited?.ts ?? when } };
    }
    default: {
      const posted = await read(parsed.data);
      return posted === null ? null : { kind: 'posted', message: posted };
    }
  }
};

const removalOf = (message: Incoming | null, removedTs: string): MessageHappening =>
  message === null ? null : { kind: 'removed', removal: { message, removedTs } };

/** A message as Slack keeps it, with its newest text, and when that was written; `null` when it is no person's. */
export const readKeptMessage = async (
  channel: string,
  part: unknown,
  botUserId: string,
  nameOf: NameOf,
): Promise<{ readonly message: Incoming; readonly editedTs: string | null } | null> => {
  const message = await readMessage(channel, part, botUserId, nameOf);
  return message === null ? null : { message, editedTs: body.parse(part).edited?.ts ?? null };
};

/** A message as Slack has it, or `null` when it is no person's. */
export const readMessage = async (
  channel: string,
  part: unknown,
  botUserId: string,
  nameOf: NameOf,
): Promise<Incoming | null> => {
  const parsed = body.safeParse(part);
  if (!parsed.success) return null;
  const { user, bot_id: botId, subtype, text, ts } = parsed.data;
  if (user === undefined || user === botUserId || user === 'USLACKBOT' || botId || !personal.has(subtype)) return null;
  const mention = `<@${botUserId}>`;
  const slackText = text ?? '';
  return {
    channel,
    ts,
    threadTs: parsed.data.thread_ts ?? null,
    userId: user,
    team: parsed.data.user_team ?? parsed.data.team ?? null,
    text: await plainTextOf(slackText.replaceAll(mention, '').trim(), nameOf),
    files: (parsed.data.files ?? []).map(({ id, name, title, size, mimetype }) => ({
      id,
      name: name ?? title ?? 'a file',
      size: size ?? null,
      type: mimetype ?? null,
    })),
    mentionsBot: slackText.includes(mention),
  };
};
