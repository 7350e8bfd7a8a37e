/** From the furniture's short words to whole people, channels and groups. */
import type { AppSeed, ChannelSeed, GroupSeed, PersonSeed } from './slack-furniture.ts';
import type { App, Channel, Group, Person } from './slack-world.ts';

const EVERY_SCOPE = [
  ...[
    'app_mentions:read',
    'channels:history',
    'channels:read',
    'chat:write',
    'commands',
    'files:read',
    'groups:history',
  ],
  ...[
    'groups:read',
    'im:history',
    'im:read',
    'im:write',
    'mpim:history',
    'mpim:read',
    'reactions:read',
    'reactions:write',
  ],
  ...['team:read', 'usergroups:read', 'users:read', 'users:read.email'],
];

const EVERY_EVENT = [
  ...[
    'app_home_opened',
    'app_mention',
    'channel_archive',
    'channel_left',
    'channel_rename',
    'channel_unarchive',
    'file_shared',
  ],
  ...['group_archive', 'group_left', 'group_rename', 'group_unarchive', 'member_joined_channel', 'member_left_channel'],
  ...['message.channels', 'message.groups', 'message.im', 'reaction_added', 'reaction_removed'],
  ...['subteam_members_changed', 'subteam_updated', 'team_join', 'user_change'],
];

export const appOf = (seed: AppSeed = {}): App => ({
  userId: seed.userId ?? 'UBOT',
  botId: seed.botId ?? 'BBOT',
  appId: seed.appId ?? 'ABOT',
  name: seed.name ?? 'bot',
  scopes: seed.scopes ?? EVERY_SCOPE,
  botEvents: seed.botEvents ?? EVERY_EVENT,
  commands: seed.commands ?? null,
});

export const personOf = (seed: PersonSeed, homeTeam: string): Person => ({
  id: seed.id,
  name: seed.name,
  displayName: seed.displayName ?? seed.name,
  realName: seed.realName ?? seed.displayName ?? seed.name,
  tz: seed.tz ?? 'Europe/Berlin',
  team: seed.team ?? homeTeam,
  email: seed.email ?? null,
  isAdmin: seed.isAdmin ?? false,
  isOwner: seed.isOwner ?? false,
  isRestricted: seed.isRestricted ?? false,
  isUltraRestricted: seed.isUltraRestricted ?? false,
  isBot: seed.isBot ?? false,
  deleted: seed.deleted ?? false,
  profileVisible: seed.profileVisible ?? true,
  acceptsDm: seed.acceptsDm ?? false,
});

export const channelOf = (seed: ChannelSeed, botUser: string, at: number): Channel => ({
  id: seed.id,
  kind: seed.private ? 'group' : 'channel',
  name: seed.name,
  shared: seed.shared ?? [],
  archived: seed.archived ?? false,
  members: new Set([...(seed.members ?? []), ...(seed.botIsMember === false ? [] : [botUser])]),
  partner: null,
  createdAt: at,
});

export const groupOf = (seed: GroupSeed): Group => ({
  id: seed.id,
  handle: seed.handle,
  name: seed.name ?? seed.handle,
  members: [...(seed.members ?? [])],
});
