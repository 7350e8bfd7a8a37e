/** Changes to the workspace while it runs, each with the event Slack sends for it. Promises settle at the ack. */
import type { Json } from './json.ts';
import type { Events } from './slack-events.ts';
import type { ChannelSeed, GroupSeed, PersonSeed } from './slack-furniture.ts';
import type { MessageActs } from './slack-messages.ts';
import { channelOf, groupOf, personOf } from './slack-seeds.ts';
import { userJson } from './slack-shapes.ts';
import { type Channel, channelIn, personIn, type World } from './slack-world.ts';

export type Changes = {
  addUser(seed: PersonSeed): Promise<void>;
  addChannel(seed: ChannelSeed): void;
  addGroup(seed: GroupSeed): void;
  archive(channel: string): Promise<void>;
  unarchive(channel: string): Promise<void>;
  rename(channel: string, name: string): Promise<void>;
  addMember(channel: string, user: string): Promise<void>;
  removeMember(channel: string, user: string): Promise<void>;
  addBot(channel: string): Promise<void>;
  removeBot(channel: string): Promise<void>;
  /** Changes fields of a person (deactivate, make a guest, …). */
  changeUser(user: string, change: Partial<PersonSeed>): Promise<void>;
  deactivate(user: string): Promise<void>;
  setGroupMembers(group: string, members: readonly string[]): Promise<void>;
};

export const createChanges = (world: World, events: Events, acts: MessageActs): Changes => {
  const stem = (channel: Channel): string => (channel.kind === 'group' ? 'group' : 'channel');
  const readScope = (channel: Channel): string => `${stem(channel)}s:read`;
  const hears = (channel: Channel): boolean => channel.kind === 'channel' || channel.members.has(world.app.userId);

  const aboutChannel = async (channel: Channel, what: string, more: Json): Promise<void> => {
    const type = `${stem(channel)}_${what}`;
    const event = { type, ...more, event_ts: world.newTs() };
    await events.emit({ subscription: type, scope: readScope(channel), event });
  };

  const setArchived = async (id: string, archived: boolean): Promise<void> => {
    const channel = channelIn(world, id);
    channel.archived = archived;
    world.ears.tell({ kind: 'channels' });
    if (!hears(channel)) return;
    const user = channel.members.values().next().value ?? world.app.userId;
    await aboutChannel(channel, archived ? 'archive' : 'unarchive', { channel: channel.id, user });
  };

  const membership = (channel: Channel, user: string, joined: boolean) => ({
    subscription: joined ? 'member_joined_channel' : 'member_left_channel',
    scope: readScope(channel),
    event: {
      type: joined ? 'member_joined_channel' : 'member_left_channel',
      user,
      channel: channel.id,
      channel_type: channel.kind === 'group' ? 'G' : 'C',
      team: world.people.get(user)?.team ?? world.team.id,
      event_ts: world.newTs(),
    },
  });

  const join = async (id: string, user: string): Promise<void> => {
    const channel = channelIn(world, id);
    if (channel.members.has(user)) return;
    channel.members.add(user);
    world.ears.tell({ kind: 'channels' });
    const notice = { channel: id, user, text: `<@${user}> has joined the channel`, subtype: 'channel_join' };
    const { heard } = acts.post(notice);
    await Promise.all([heard, hears(channel) ? events.emit(membership(channel, user, true)) : null]);
  };

  const leave = async (id: string, user: string): Promise<void> => {
    const channel = channelIn(world, id);
    if (!channel.members.delete(user)) return;
    world.ears.tell({ kind: 'channels' });
    // A bot that is taken out hears that it left, not that a member did.
    if (user === world.app.userId) {
      await aboutChannel(channel, 'left', { channel: id, actor_id: channel.members.values().next().value ?? '' });
      return;
    }
    if (channel.members.has(world.app.userId)) await events.emit(membership(channel, user, false));
  };

  const changeUser = async (id: string, change: Partial<PersonSeed>): Promise<void> => {
    const { email, ...before } = personIn(world, id);
    const seed = { ...before, ...(email === null ? {} : { email }), ...change, id };
    const person = personOf(seed, world.team.id);
    world.people.set(id, person);
    world.ears.tell({ kind: 'people' });
    if (person.deleted)
      for (const channel of world.channels.values()) if (channel.partner === null) channel.members.delete(id);
    const event = { type: 'user_change', user: userJson(world, person), cache_ts: 0, event_ts: world.newTs() };
    await events.emit({ subscription: 'user_change', scope: 'users:read', event });
  };

  return {
    addUser: async (seed) => {
      const person = personOf(seed, world.team.id);
      world.people.set(person.id, person);
      world.ears.tell({ kind: 'people' });
      const event = { type: 'team_join', user: userJson(world, person), event_ts: world.newTs() };
      await events.emit({ subscription: 'team_join', scope: 'users:read', event });
    },
    addChannel: (seed) => {
      world.channels.set(seed.id, channelOf(seed, world.app.userId, world.clock.now()));
      world.ears.tell({ kind: 'channels' });
    },
    addGroup: (seed) => {
      world.groups.set(seed.id, groupOf(seed));
    },
    archive: (id) => setArchived(id, true),
    unarchive: (id) => setArchived(id, false),
    rename: async (id, name) => {
      const channel = channelIn(world, id);
      channel.name = name;
      world.ears.tell({ kind: 'channels' });
      if (hears(channel)) await aboutChannel(channel, 'rename', { channel: { id, name, created: 0 } });
    },
    addMember: join,
    removeMember: leave,
    addBot: (id) => join(id, world.app.userId),
    removeBot: (id) => leave(id, world.app.userId),
    changeUser,
    deactivate: (id) => changeUser(id, { deleted: true }),
    setGroupMembers: async (id, members) => {
      const group = world.groups.get(id);
      if (!group) throw new Error(`Cannot change group "${id}": no such group`);
      const added = members.filter((one) => !group.members.includes(one));
      const removed = group.members.filter((one) => !members.includes(one));
      group.members = [...members];
      world.ears.tell({ kind: 'channels' });
      const event = {
        type: 'subteam_members_changed',
        subteam_id: id,
        team_id: world.team.id,
        date_previous_update: 0,
        date_update: Math.floor(world.clock.now() / 1000),
        added_users: added,
        added_users_count: String(added.length),
        removed_users: removed,
        removed_users_count: String(removed.length),
        event_ts: world.newTs(),
      };
      await events.emit({ subscription: 'subteam_members_changed', scope: 'usergroups:read', event });
    },
  };
};
