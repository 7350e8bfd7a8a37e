/** chat.*: posting, updating, deleting, with everything Slack refuses there. */
import { ApiError } from './api-error.ts';
import { type Json, recordIn, textIn } from './json.ts';
import { bodyIn, LONGEST_TEXT, metadataIn } from './message-body.ts';
import { messageJson } from './slack-message-shape.ts';
import { type ApiContext, isTrue, type Method, type Methods, noScope, visibleChannel } from './slack-methods.ts';
import { looseTokensIn } from './slack-pings.ts';
import { findMessage } from './slack-storage.ts';
import { type Channel, dmChannel, isForeign, type Stored, type World } from './slack-world.ts';

const LONGEST_UPDATE = 4_000;

/** The DM with a person the bot writes to for the first time, or the refusal. */
export const openDm = (world: World, userId: string, unknown: string): Channel => {
  const person = world.people.get(userId);
  if (!person) throw new ApiError(unknown, `no person "${userId}"`);
  if (person.isBot) throw new ApiError('cannot_dm_bot');
  if (person.deleted) throw new ApiError('user_disabled', `"${userId}" is deactivated`);
  if (isForeign(world, person) && !person.acceptsDm)
    throw new ApiError(unknown, `"${userId}" of ${person.team} takes no DM`);
  return dmChannel(world, userId);
};

const target = (world: World, id: string): Channel => {
  if (/^[UW]/.test(id) && !world.channels.has(id)) return openDm(world, id, 'channel_not_found');
  const byName = [...world.channels.values()].find((one) => `#${one.name}` === id);
  const channel = visibleChannel(world, byName?.id ?? id);
  if (channel.archived) throw new ApiError('is_archived', `channel "${channel.id}"`);
  if (channel.partner !== null) return openDm(world, channel.partner, 'channel_not_found');
  const open = channel.kind === 'channel' && world.app.scopes.includes('chat:write.public');
  if (!channel.members.has(world.app.userId) && !open) throw new ApiError('not_in_channel', `channel "${channel.id}"`);
  return channel;
};

const own = (world: World, args: Json, error: string): Stored => {
  const channel = visibleChannel(world, args.channel);
  const message = findMessage(world, channel.id, textIn(args.ts));
  if (!message) throw new ApiError('message_not_found', `${channel.id} ${textIn(args.ts)}`);
  if (message.botId !== world.app.botId) throw new ApiError(error);
  if (channel.archived) throw new ApiError('is_archived', `channel "${channel.id}"`);
  return message;
};

const write = (): readonly string[] => ['chat:write'];

export const chatMethods = ({ world, acts }: ApiContext): Methods => {
  const postMessage: Method = {
    tier: 'post',
    needs: ['channel'],
    scopes: write,
    run: (args) => {
      const body = bodyIn(args);
      const metadata = metadataIn(args);
      const channel = target(world, textIn(args.channel));
      const threadTs = textIn(args.thread_ts) || null;
      const broadcast = threadTs !== null && isTrue(args.reply_broadcast);
      const { message, heard } = acts.post({
        ...body,
        channel: channel.id,
        user: world.app.userId,
        botId: world.app.botId,
        metadata,
        threadTs,
        broadcast,
        subtype: broadcast ? 'thread_broadcast' : null,
      });
      if (isTrue(args.link_names) || args.parse === 'full') {
        const handles = new Map([...world.groups.values()].map((group) => [group.handle, group.id]));
        message.pings = [...new Set([...message.pings, ...looseTokensIn(body.text, handles)])];
      }
      void heard;
      const warning = textIn(args.text).length > LONGEST_TEXT ? { warning: 'message_truncated' } : {};
      return { channel: channel.id, ts: message.ts, message: withMetadata(world, message), ...warning };
    },
  };

  const update: Method = {
    tier: 'tier3',
    needs: ['channel', 'ts'],
    scopes: write,
    run: (args) => {
      if (textIn(args.text).length > LONGEST_UPDATE) throw new ApiError('msg_too_long');
      const body = bodyIn(args);
      const metadata = metadataIn(args);
      const message = own(world, args, 'cant_update_message');
      // What is left out stays: old blocks under a new text are the classic mistake.
      const change = {
        text: body.text,
        ...(args.blocks === undefined ? {} : { blocks: body.blocks }),
        ...(args.attachments === undefined ? {} : { attachments: body.attachments }),
        metadata,
      };
      void acts.edit(message, world.app.userId, change);
      return { channel: message.channel, ts: message.ts, text: message.text, message: withMetadata(world, message) };
    },
  };

  const remove: Method = {
    tier: 'tier3',
    needs: ['channel', 'ts'],
    scopes: write,
    run: (args) => {
      const message = own(world, args, 'cant_delete_message');
      void acts.remove(message);
      return { channel: message.channel, ts: message.ts };
    },
  };

  const postEphemeral: Method = {
    tier: 'tier4',
    needs: ['channel', 'user'],
    scopes: write,
    run: (args) => {
      const body = bodyIn(args);
      const channel = target(world, textIn(args.channel));
      const user = textIn(args.user);
      if (!channel.members.has(user)) throw new ApiError('user_not_in_channel', `"${user}" is not in ${channel.id}`);
      const { message } = acts.post({
        ...body,
        channel: channel.id,
        user: world.app.userId,
        botId: world.app.botId,
        threadTs: textIn(args.thread_ts) || null,
        onlyFor: user,
      });
      return { message_ts: message.ts };
    },
  };

  const getPermalink: Method = {
    tier: 'none',
    needs: ['channel', 'message_ts'],
    scopes: noScope,
    run: (args) => {
      const channel = visibleChannel(world, args.channel);
      const message = findMessage(world, channel.id, textIn(args.message_ts));
      if (!message) throw new ApiError('message_not_found');
      const base = `https://${world.team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`;
      const inThread = message.threadTs !== null && message.threadTs !== message.ts;
      return {
        channel: channel.id,
        permalink: inThread ? `${base}?thread_ts=${message.threadTs}&cid=${channel.id}` : base,
      };
    },
  };

  return {
    'chat.postMessage': postMessage,
    'chat.update': update,
    'chat.delete': remove,
    'chat.postEphemeral': postEphemeral,
    'chat.getPermalink': getPermalink,
  };
};

/** A message with its metadata, as posting, history and replies give it. */
export const withMetadata = (world: World, message: Stored): Json => ({
  ...messageJson(world, message),
  ...(message.metadata === null ? {} : { metadata: recordIn(message.metadata) }),
});
