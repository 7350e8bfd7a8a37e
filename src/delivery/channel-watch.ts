import type { WebClient } from '@slack/web-api';
import type { TierTrouble } from '../domain/desk.ts';
import { failureOf } from './slack-error.ts';
import { readChannel } from './slack-lists.ts';

/** Why the desk cannot speak or hear in a channel (4.5). A private one that the bot is not in looks like none. */
export type ChannelTrouble = Exclude<TierTrouble, 'no-members'>;

/** One call. Throws what the Slack client throws, but for a channel that is not there. */
export const troubleOf = async (client: WebClient, channel: string): Promise<ChannelTrouble | null> => {
  try {
    const { isArchived, isMember } = await readChannel(client, channel);
    if (isArchived) return 'archived';
    return isMember ? null : 'not-in-channel';
  } catch (error) {
    if (failureOf(error).kind === 'never') return 'not-found';
    throw error;
  }
};

export interface ChannelWatch {
  /** Looks at those of these channels that were looked at longest ago, and gives the troubles known of all. */
  look(channels: readonly string[]): Promise<ReadonlyMap<string, ChannelTrouble>>;
}

/** `conversations.info` allows about fifty calls a minute, and tiers need some. */
const mostAtOnce = 20;

export const createChannelWatch = (client: WebClient): ChannelWatch => {
  /** In the order looked at, oldest first. */
  const seen = new Map<string, ChannelTrouble | null>();

  const lookAt = async (channel: string): Promise<void> => {
    const trouble = await troubleOf(client, channel);
    seen.delete(channel);
    seen.set(channel, trouble);
  };

  return {
    look: async (channels) => {
      const order = [...seen.keys()];
      const longestAgoFirst = channels.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
      await Promise.all(longestAgoFirst.slice(0, mostAtOnce).map(lookAt));
      return new Map(
        channels.flatMap((channel) => {
          const trouble = seen.get(channel) ?? null;
          return trouble === null ? [] : [[channel, trouble]];
        }),
      );
    },
  };
};
