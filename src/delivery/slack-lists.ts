import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { type Profile, profileShape } from './slack-profile.ts';

/** Lists read from Slack page by page. All throw what the client throws. */

const pageSize = 999;

export interface ChannelFacts {
  readonly id: string;
  readonly name: string;
  readonly isArchived: boolean;
  readonly isMember: boolean;
}

const channelShape = z
  .object({
    id: z.string(),
    name: z.string().default(''),
    is_archived: z.boolean().default(false),
    is_member: z.boolean().default(false),
  })
  .transform(
    (channel): ChannelFacts => ({
      id: channel.id,
      name: channel.name,
      isArchived: channel.is_archived,
      isMember: channel.is_member,
    }),
  );

const channelsShape = z.array(channelShape);
const profilesShape = z.array(profileShape);

const groupShape = z.object({ id: z.string(), handle: z.string() });

const groupsShape = z.array(groupShape);

export type GroupFacts = z.infer<typeof groupShape>;

/** Every channel the bot can see: public ones, and private ones it is in. */
export const listChannels = (client: WebClient): Promise<readonly ChannelFacts[]> =>
  allPages(async (cursor) => {
    const page = { limit: pageSize, types: 'public_channel,private_channel', ...cursor };
    const answer = await client.conversations.list(page);
    return { items: channelsShape.parse(answer.channels ?? []), next: answer.response_metadata?.next_cursor };
  });

/** Everybody of the workspace, bots and deactivated people too. */
export const listPeople = (client: WebClient): Promise<readonly Profile[]> =>
  allPages(async (cursor) => {
    const answer = await client.users.list({ limit: pageSize, ...cursor });
    return { items: profilesShape.parse(answer.members ?? []), next: answer.response_metadata?.next_cursor };
  });

export const listGroups = async (client: WebClient): Promise<readonly GroupFacts[]> =>
  groupsShape.parse((await client.usergroups.list({})).usergroups ?? []);

export const listGroupMembers = async (client: WebClient, group: string): Promise<readonly string[]> =>
  (await client.usergroups.users.list({ usergroup: group })).users ?? [];

export const listChannelMembers = (client: WebClient, channel: string): Promise<readonly string[]> =>
  allPages(async (cursor) => {
    const answer = await client.conversations.members({ channel, limit: pageSize, ...cursor });
    return { items: answer.members ?? [], next: answer.response_metadata?.next_cursor };
  });

export const readChannel = async (client: WebClient, channel: string): Promise<ChannelFacts> =>
  channelShape.parse((await client.conversations.info({ channel })).channel);

type Cursor = { readonly cursor?: string };

const allPages = async <T>(
  read: (cursor: Cursor) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>,
): Promise<readonly T[]> => {
  const all: T[] = [];
  let cursor: Cursor = {};
  for (;;) {
    const { items, next } = await read(cursor);
    all.push(...items);
    if (next === undefined || next === '') return all;
    cursor = { cursor: next };
  }
};
