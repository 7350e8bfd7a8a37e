/** What each person has not seen yet, channel by channel. */
import type { PageChannel } from './page/protocol.ts';
import { isFor, isInList, maySee, type ShownWorld } from './page-sight.ts';

export type Unread = {
  /** @returns messages not seen, how many of them ring, and the ts up to which all is seen */
  of(user: string, channel: string): Pick<PageChannel, 'unread' | 'mentions' | 'seenUpTo'>;
  /** Everything up to now has been seen. @returns whether that changes anything */
  see(user: string, channel: string): boolean;
};

/** Counts from the newest backwards, so it costs what is unread. */
export const unreadIn = (world: ShownWorld): Unread => {
  const seen = new Map<string, string>();

  const count: Unread['of'] = (user, channel) => {
    const seenUpTo = seen.get(`${user} ${channel}`) ?? '';
    const messages = world.byChannel.get(channel) ?? [];
    let unread = 0;
    let mentions = 0;
    for (let index = messages.length - 1; index >= 0; index -= 1) {
      const message = messages[index];
      if (message === undefined || message.ts <= seenUpTo) break;
      if (message.deleted || message.onlyFor !== null || message.user === user) continue;
      if (!maySee(world, user, message)) continue;
      const rings = isFor(world, { id: user }, message);
      if (rings) mentions += 1;
      if (rings || isInList(message)) unread += 1;
    }
    return { unread, mentions, seenUpTo };
  };

  return {
    of: count,
    see: (user, channel) => {
      const newest = (world.byChannel.get(channel) ?? []).at(-1);
      const key = `${user} ${channel}`;
      if (newest === undefined || newest.ts === seen.get(key)) return false;
      const { unread } = count(user, channel);
      seen.set(key, newest.ts);
      return unread > 0;
    },
  };
};
