/** The world's things in the shapes Slack gives them on the wire. */
import type { Json } from './json.ts';
import type { Channel, Group, Person, World } from './slack-world.ts';
import { isForeign } from './slack-world.ts';

export const channelJson = (world: World, channel: Channel): Json => {
  const isMember = channel.members.has(world.app.userId);
  const common = {
    id: channel.id,
    created: Math.floor(channel.createdAt / 1000),
    is_archived: channel.archived,
    is_im: channel.kind === 'im',
    is_mpim: false,
    is_private: channel.kind !== 'channel',
    is_org_shared: false,
    context_team_id: world.team.id,
    updated: channel.createdAt,
  };
  if (channel.kind === 'im') {
    const partner = world.people.get(channel.partner ?? '');
    return { ...common, user: channel.partner, is_user_deleted: partner?.deleted ?? false, priority: 0 };
  }
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'group',
    is_general: false,
    is_member: isMember,
    is_shared: channel.shared.length > 0,
    is_ext_shared: channel.shared.length > 0,
    is_pending_ext_shared: false,
    shared_team_ids: [world.team.id, ...channel.shared],
    ...(channel.shared.length > 0 ? { connected_team_ids: channel.shared } : {}),
    creator: world.app.userId,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.size,
  };
};

/** A person as the bot may see them; the e-mail address only with its scope and only of the own team. */
export const userJson = (world: World, person: Person): Json => {
  const foreign = isForeign(world, person);
  const showsEmail = person.email !== null && !foreign && world.app.scopes.includes('users:read.email');
  return {
    id: person.id,
    team_id: person.team,
    name: person.name,
    deleted: person.deleted,
    real_name: person.realName,
    ...(person.deleted ? {} : zone(world, person)),
    profile: {
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: person.displayName,
      display_name_normalized: person.displayName,
      team: person.team,
      ...(showsEmail ? { email: person.email } : {}),
      ...(person.isBot ? { bot_id: person.id === world.app.userId ? world.app.botId : `B${person.id}` } : {}),
    },
    is_bot: person.isBot,
    is_app_user: false,
    updated: Math.floor(world.clock.now() / 1000),
    ...(foreign
      ? { is_stranger: true }
      : {
          is_admin: person.isAdmin || person.isOwner,
          is_owner: person.isOwner,
          is_primary_owner: false,
          is_restricted: person.isRestricted || person.isUltraRestricted,
          is_ultra_restricted: person.isUltraRestricted,
        }),
  };
};

/** Offset of a zone at the world's present instant, in seconds east of UTC. */
const zone = (world: World, person: Person): Json => {
  const at = world.clock.now();
  const shown = new Intl.DateTimeFormat('en-US', { timeZone: person.tz, timeZoneName: 'longOffset' }).format(at);
  const found = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(shown);
  const seconds = (Number(found?.[2] ?? 0) * 60 + Number(found?.[3] ?? 0)) * 60;
  return { tz: person.tz, tz_label: person.tz, tz_offset: found?.[1] === '-' ? -seconds : seconds };
};

export const groupJson = (world: World, group: Group): Json => ({
  id: group.id,
  team_id: world.team.id,
  is_usergroup: true,
  name: group.name,
  handle: group.handle,
  description: '',
  is_external: false,
  date_create: 0,
  date_update: Math.floor(world.clock.now() / 1000),
  date_delete: 0,
  user_count: group.members.length,
});

/** The person in an interaction payload. */
export const actorJson = (person: Person): Json => ({
  id: person.id,
  username: person.name,
  name: person.name,
  team_id: person.team,
});
