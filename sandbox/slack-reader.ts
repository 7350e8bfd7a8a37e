/** Reading a channel as its people see it. */
import type { Message } from './slack-records.ts';
import { messagesIn } from './slack-storage.ts';
import type { World } from './slack-world.ts';

export type ReadOptions = {
  readonly threadTs?: string;
  /** Also what only this person sees; refuses people who do not see the channel. */
  readonly as?: string;
};

export const readerOf = (world: World) => {
  const visible = (channel: string, as: string | undefined): readonly Message[] => {
    const members = world.channels.get(channel)?.members;
    if (!members) throw new Error(`Cannot read "${channel}": no such channel`);
    if (as !== undefined && !members.has(as)) throw new Error(`Cannot read ${channel} as ${as}: not a member`);
    return messagesIn(world, channel).filter((one) => !one.deleted && (one.onlyFor === null || one.onlyFor === as));
  };
  return (channel: string, { threadTs, as }: ReadOptions = {}): readonly Message[] =>
    visible(channel, as).filter((one) =>
      threadTs === undefined
        ? one.threadTs === null || one.threadTs === one.ts || one.broadcast
        : one.ts === threadTs || one.threadTs === threadTs,
    );
};
