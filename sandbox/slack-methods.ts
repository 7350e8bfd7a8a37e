/** What a Web API method is, and the readers of arguments that all of them share. */
import { ApiError } from './api-error.ts';
import { type Json, listIn, textIn } from './json.ts';
import type { Events } from './slack-events.ts';
import type { Tier } from './slack-limits.ts';
import type { MessageActs } from './slack-messages.ts';
import type { Modals } from './slack-modals.ts';
import type { Channel, World } from './slack-world.ts';

export type ApiContext = {
  readonly world: World;
  readonly events: Events;
  readonly acts: MessageActs;
  readonly modals: Modals;
  /** The address of a new Socket Mode connection. */
  readonly socketUrl: () => string;
};

export type Method = {
  /** Which token the method takes; `bot` when left out. */
  readonly token?: 'app';
  readonly tier: Tier;
  /** Arguments that must be there. */
  readonly needs: readonly string[];
  /** Bot scopes needed for these arguments. */
  readonly scopes: (args: Json) => readonly string[];
  /** Gives the answer without `ok`, or throws ApiError. */
  readonly run: (args: Json) => Json;
};

export type Methods = Readonly<Record<string, Method>>;

export const noScope = (): readonly string[] => [];

/** Arguments arrive as form fields, so `true` may be a word. */
export const isTrue = (value: unknown): boolean => value === true || value === 'true' || value === '1' || value === 1;

const prefix = { channel: 'channels', group: 'groups', im: 'im' } as const;

/** The scope of this family (`read`, `history`) for the channel an argument names. */
export const scopeByChannel =
  (world: World, family: 'read' | 'history') =>
  (args: Json): readonly string[] => {
    const channel = world.channels.get(textIn(args.channel));
    return channel ? [`${prefix[channel.kind]}:${family}`] : [];
  };

/** The channel if the bot may see it: public ones always, others as a member. */
export const visibleChannel = (world: World, id: unknown): Channel => {
  const channel = world.channels.get(textIn(id));
  const seen = channel && (channel.kind === 'channel' || channel.members.has(world.app.userId));
  if (!channel || !seen) throw new ApiError('channel_not_found', `channel "${textIn(id)}"`);
  return channel;
};

/** The channel if the bot is in it. */
export const joinedChannel = (world: World, id: unknown): Channel => {
  const channel = visibleChannel(world, id);
  if (!channel.members.has(world.app.userId)) throw new ApiError('not_in_channel', `channel "${channel.id}"`);
  return channel;
};

/** One page of a list, with the cursor of the next. */
export const paged = <T>(
  all: readonly T[],
  args: Json,
  standard: number,
  most = 1000,
): { page: readonly T[]; next: string } => {
  const limit = Number(args.limit ?? standard) || standard;
  if (limit < 0 || limit > most) throw new ApiError('invalid_limit');
  const cursor = textIn(args.cursor);
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('next:', ''));
  if (!Number.isInteger(start) || start < 0) throw new ApiError('invalid_cursor');
  const end = start + limit;
  return {
    page: all.slice(start, end),
    next: end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '',
  };
};

/** A list given as an array or as words with commas. */
export const wordsIn = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? listIn(value).map(textIn)
    : textIn(value)
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '');
