import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Desk } from '../domain/desk.ts';

/** What Slack says about people and channels that may change the desk (4.3, 4.5). */
const deskEvents = [
  'channel_archive',
  'channel_left',
  'channel_unarchive',
  'group_archive',
  'group_left',
  'group_unarchive',
  'member_joined_channel',
  'member_left_channel',
  'subteam_members_changed',
  'user_change',
] as const;

const about = z
  .object({ user: z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]), channel: z.string() })
  .partial();

export interface DeskNews {
  readonly botUserId: string;
  desk(): Desk;
  /** Someone's profile changed: it is to be read anew. */
  forget(userId: string): void;
  /** The desk is to be read anew, soon. */
  changed(): void;
}

export const registerDeskEvents = (app: App, news: DeskNews): void => {
  // One listener for all: Bolt asks each whether it is meant.
  app.event(new RegExp(`^(?:${deskEvents.join('|')})$`), async ({ payload }) => {
    const name = deskEvents.find((each) => each === payload.type);
    const { user = '', channel = '' } = about.safeParse(payload).data ?? {};
    if (user !== '') news.forget(user);
    if (name !== undefined && mayChangeDesk(name, user, channel, news)) news.changed();
  });
};

/** A whole company's profiles change, and customers come and go: the desk is not read anew for each of them. */
const mayChangeDesk = (
  name: (typeof deskEvents)[number],
  user: string,
  channel: string,
  { desk, botUserId }: DeskNews,
): boolean => {
  const { tiers, managers } = desk();
  switch (name) {
    case 'user_change':
      return managers.includes(user) || tiers.some(({ members }) => members.includes(user));
    case 'member_joined_channel':
    case 'member_left_channel':
      return user === botUserId || tiers.some((tier) => tier.channel === channel);
    default:
      return true;
  }
};
