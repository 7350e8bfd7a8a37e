import type { App } from '@slack/bolt';
import { z } from 'zod';

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

const aboutSomeone = z.object({ user: z.union([z.string(), z.object({ id: z.string() })]) });

export interface DeskNews {
  /** Someone's profile changed: it is to be read anew. */
  forget(userId: string): void;
  /** The desk is to be read anew, soon. */
  changed(): void;
}

export const registerDeskEvents = (app: App, news: DeskNews): void => {
  for (const name of deskEvents) {
    app.event(name, async ({ payload }) => {
      const found = aboutSomeone.safeParse(payload);
      if (found.success) news.forget(typeof found.data.user === 'string' ? found.data.user : found.data.user.id);
      news.changed();
    });
  }
};
