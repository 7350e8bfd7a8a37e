/** conversations.* and files.info. */
import { ApiError } from './api-error.ts';
import { type Json, textIn } from './json.ts';
import { openDm, withMetadata } from './slack-chat.ts';
import { messageJson } from './slack-message-shape.ts';
import {
  type ApiContext,
  isTrue,
  joinedChannel,
  type Method,
  type Methods,
  paged,
  scopeByChannel,
  visibleChannel,
  wordsIn,
} from './slack-methods.ts';
import { channelJson } from './slack-shapes.ts';
import { findMessage, livingIn, repliesTo } from './slack-storage.ts';
import type { Stored, World } from './slack-world.ts';

const kindOfType: Readonly<Record<string, { readonly kind: string; readonly scope: string }>> = {
  public_channel: { kind: 'channel', scope: 'channels:read' },
  private_channel: { kind: 'group', scope: 'groups:read' },
  im: { kind: 'im', scope: 'im:read' },
  mpim: { kind: 'mpim', scope: 'mpim:read' },
};

const typesIn = (args: Json): readonly string[] => {
  const types = wordsIn(args.types ?? 'public_channel');
  const wrong = types.find((type) => !kindOfType[type]);
  if (wrong !== undefined) throw new ApiError('invalid_types', wrong);
  return types;
};

const shown = (world: World, args: Json, message: Stored): Json =>
  isTrue(args.include_all_metadata) ? withMetadata(world, message) : messageJson(world, message);

const within = (args: Json) => {
  const oldest = textIn(args.oldest) || '0';
  const latest = textIn(args.latest) || '9999999999.999999';
  const inclusive = isTrue(args.inclusive);
  return ({ ts }: Stored): boolean =>
    (Number(ts) > Number(oldest) && Number(ts) < Number(latest)) || (inclusive && (ts === oldest || ts === latest));
};

const isTopLevel = (message: Stored): boolean =>
  message.threadTs === null || message.threadTs === message.ts || message.broadcast;

export const conversationMethods = ({ world }: ApiContext): Methods => {
  const readScope = scopeByChannel(world, 'read');
  const historyScope = scopeByChannel(world, 'history');

  const info: Method = {
    tier: 'tier3',
    needs: ['channel'],
    scopes: readScope,
    run: (args) => ({ channel: channelJson(world, visibleChannel(world, args.channel)) }),
  };

  const list: Method = {
    tier: 'tier2',
    needs: [],
    scopes: (args) => typesIn(args).flatMap((type) => kindOfType[type]?.scope ?? []),
    run: (args) => {
      const kinds = typesIn(args).map((type) => kindOfType[type]?.kind);
      const all = [...world.channels.values()].filter(
        (one) =>
          kinds.includes(one.kind) &&
          (one.kind === 'channel' || one.members.has(world.app.userId)) &&
          !(isTrue(args.exclude_archived) && one.archived),
      );
      const { page, next } = paged(all, args, 100);
      return { channels: page.map((one) => channelJson(world, one)), response_metadata: { next_cursor: next } };
    },
  };

  const members: Method = {
    tier: 'tier4',
    needs: ['channel'],
    scopes: readScope,
    run: (args) => {
      const { page, next } = paged([...visibleChannel(world, args.channel).members], args, 100);
      return { members: page, response_metadata: { next_cursor: next } };
    },
  };

  const history: Method = {
    tier: 'tier3',
    needs: ['channel'],
    scopes: historyScope,
    run: (args) => {
      const channel = joinedChannel(world, args.channel);
      const all = livingIn(world, channel.id).filter(isTopLevel).filter(within(args)).reverse();
      const { page, next } = paged(all, args, 100, 999);
      return {
        messages: page.map((one) => shown(world, args, one)),
        has_more: next !== '',
        pin_count: 0,
        response_metadata: { next_cursor: next },
      };
    },
  };

  const replies: Method = {
    tier: 'tier3',
    needs: ['channel', 'ts'],
    scopes: historyScope,
    run: (args) => {
      const channel = joinedChannel(world, args.channel);
      const root = findMessage(world, channel.id, textIn(args.ts));
      if (!root) throw new ApiError('thread_not_found', `${channel.id} ${textIn(args.ts)}`);
      const thread = repliesTo(world, root);
      const { page, next } = paged([root, ...thread.filter(within(args))], args, 1000);
      return {
        messages: page.map((one) => shown(world, args, one)),
        has_more: next !== '',
        response_metadata: { next_cursor: next },
      };
    },
  };

  const open: Method = {
    tier: 'tier3',
    needs: [],
    scopes: () => ['im:write'],
    run: (args) => {
      const resumed = textIn(args.channel);
      if (resumed !== '') return { channel: { id: joinedChannel(world, resumed).id } };
      const users = wordsIn(args.users);
      const [first] = users;
      if (first === undefined) throw new ApiError('users_list_not_supplied');
      if (users.length > 8) throw new ApiError('too_many_users');
      if (users.length > 1) throw new ApiError('missing_scope', 'group DMs need mpim:write', { needed: 'mpim:write' });
      const channel = openDm(world, first, 'user_not_found');
      return { channel: isTrue(args.return_im) ? channelJson(world, channel) : { id: channel.id } };
    },
  };

  const fileInfo: Method = {
    tier: 'tier4',
    needs: ['file'],
    scopes: () => ['files:read'],
    run: (args) => {
      const file = world.files.get(textIn(args.file));
      if (!file) throw new ApiError('file_not_found');
      return { file, comments: [], response_metadata: { next_cursor: '' } };
    },
  };

  return {
    'conversations.info': info,
    'conversations.list': list,
    'conversations.members': members,
    'conversations.history': history,
    'conversations.replies': replies,
    'conversations.open': open,
    'files.info': fileInfo,
  };
};
