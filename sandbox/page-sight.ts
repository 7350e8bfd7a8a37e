/** What one person sees of the workspace: their channels, what is in them, and what rings for them (12). */
import type { Slack } from './slack.ts';
import type { Message } from './slack-records.ts';
import { threadIn } from './slack-storage.ts';
import type { Channel, Person } from './slack-world.ts';

export type ShownWorld = Slack['world'];

const everyone = ['here', 'channel', 'everyone'];

export const isIn = (channel: Channel | undefined, user: string): channel is Channel =>
  channel?.members.has(user) === true;

/** Channels one is in, and one's own DM; guests have no others anyway. */
export const channelsOf = (world: ShownWorld, user: string): readonly Channel[] =>
  [...world.channels.values()].filter((channel) => isIn(channel, user));

/** Also a deleted message: its place knows that it is gone. */
export const maySee = (world: ShownWorld, user: string, message: Message): boolean =>
  isIn(world.channels.get(message.channel), user) && (message.onlyFor === null || message.onlyFor === user);

export const isReply = ({ threadTs, ts }: Message): boolean => threadTs !== null && threadTs !== ts;

/** What a channel's own list shows: not the replies in threads, unless they were sent to the channel too. */
export const isInList = (message: Message): boolean => !isReply(message) || message.broadcast;

/** The living messages of a thread that this person sees, root first. */
export const threadOf = (world: ShownWorld, user: string, channel: string, ts: string): readonly Message[] =>
  threadIn(world, channel, ts).filter((each) => !each.deleted && maySee(world, user, each));

const pinged = (world: ShownWorld, user: string, { pings }: Message): boolean =>
  pings.some((ping) => ping === user || everyone.includes(ping) || world.groups.get(ping)?.members.includes(user));

/** Slack rings for a thread one began or wrote in. */
const follows = (world: ShownWorld, user: string, message: Message): boolean =>
  isReply(message) && threadIn(world, message.channel, message.threadTs ?? '').some((each) => each.user === user);

/** Whether a message rings for a person: it names them, is in a DM, or in a thread of theirs. */
export const isFor = (world: ShownWorld, { id }: Pick<Person, 'id'>, message: Message): boolean => {
  if (message.user === id) return false;
  if (world.channels.get(message.channel)?.kind === 'im') return true;
  return pinged(world, id, message) || follows(world, id, message);
};
