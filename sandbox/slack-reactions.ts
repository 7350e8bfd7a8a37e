/** Reactions, by the bot (reactions.*) and by people. */
import { ApiError } from './api-error.ts';
import { textIn } from './json.ts';
import { type ApiContext, joinedChannel, type Method, type Methods } from './slack-methods.ts';
import { findMessage } from './slack-storage.ts';
import type { Stored, World } from './slack-world.ts';

/** Adds or takes away one person's reaction; false when it was (not) there already. */
export const react = (world: World, message: Stored, user: string, name: string, adds: boolean): boolean => {
  const users = message.reactions.find((one) => one.name === name)?.users ?? [];
  if (users.includes(user) === adds) return false;
  const left = adds ? [...users, user] : users.filter((one) => one !== user);
  const others = message.reactions.filter((one) => one.name !== name);
  message.reactions = left.length > 0 ? [...others, { name, users: left }] : others;
  world.ears.tell({ kind: 'message', message, how: 'reacted' });
  return true;
};

export const reactionEvent = (world: World, message: Stored, user: string, name: string, adds: boolean) => ({
  subscription: adds ? 'reaction_added' : 'reaction_removed',
  scope: 'reactions:read',
  team: world.people.get(user)?.team,
  event: {
    type: adds ? 'reaction_added' : 'reaction_removed',
    user,
    reaction: name,
    item: { type: 'message', channel: message.channel, ts: message.ts },
    item_user: message.user,
    event_ts: world.newTs(),
  },
});

export const reactionMethods = ({ world, events }: ApiContext): Methods => {
  const reacting = (adds: boolean): Method => ({
    tier: adds ? 'tier3' : 'tier2',
    needs: ['channel', 'timestamp', 'name'],
    scopes: () => ['reactions:write'],
    run: (args) => {
      const channel = joinedChannel(world, args.channel);
      const message = findMessage(world, channel.id, textIn(args.timestamp));
      if (!message) throw new ApiError('message_not_found');
      if (channel.archived) throw new ApiError('is_archived');
      if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(textIn(args.name))) throw new ApiError('invalid_name');
      if (!react(world, message, world.app.userId, textIn(args.name), adds)) {
        throw new ApiError(adds ? 'already_reacted' : 'no_reaction');
      }
      void events.emit(reactionEvent(world, message, world.app.userId, textIn(args.name), adds));
      return {};
    },
  });

  return { 'reactions.add': reacting(true), 'reactions.remove': reacting(false) };
};
