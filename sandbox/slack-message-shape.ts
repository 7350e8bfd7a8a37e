/** A message in the shape Slack gives it in history, events and interactions. */
import type { Json } from './json.ts';
import { unescaped } from './slack-pings.ts';
import { messagesAt, repliesTo } from './slack-storage.ts';
import { isForeign, type Stored, type World } from './slack-world.ts';

const PIECE = /<(?:@([A-Z0-9]+)|!subteam\^([A-Z0-9]+)|!(here|channel|everyone))(?:\|[^<>]*)?>/;

const richPieces = (wire: string): readonly Json[] => {
  const match = PIECE.exec(wire);
  if (!match) return wire === '' ? [] : [{ type: 'text', text: unescaped(wire) }];
  const [token, user, group, range] = match;
  const piece = user
    ? { type: 'user', user_id: user }
    : group
      ? { type: 'usergroup', usergroup_id: group }
      : { type: 'broadcast', range };
  return [...richPieces(wire.slice(0, match.index)), piece, ...richPieces(wire.slice(match.index + token.length))];
};

/** What the composer makes of typed text: one rich_text block. */
const composed = (text: string, ts: string): readonly Json[] =>
  text === ''
    ? []
    : [
        {
          type: 'rich_text',
          block_id: `t${ts}`,
          elements: [{ type: 'rich_text_section', elements: richPieces(text) }],
        },
      ];

const threadFacts = (world: World, message: Stored): Json => {
  const replies = repliesTo(world, message);
  const last = replies.at(-1);
  if (!last) return {};
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: [...new Set(replies.map((one) => one.user))],
    latest_reply: last.ts,
  };
};

const parentAuthor = (world: World, message: Stored): Json => {
  const [root] = messagesAt(world, message.channel, message.threadTs ?? '');
  return { thread_ts: message.threadTs, ...(root ? { parent_user_id: root.user } : {}) };
};

/** People of other workspaces: their files show nothing until files.info is asked. */
const fileIn = (world: World, file: Json): Json => {
  const owner = world.people.get(String(file.user));
  if (!owner || !isForeign(world, owner)) return file;
  return { id: file.id, mode: 'file_access', file_access: 'check_file_info', created: file.created, user: file.user };
};

/** A message as history, events and interactions show it. */
export const messageJson = (world: World, message: Stored): Json => {
  const author = world.people.get(message.user);
  const fromApp = message.botId !== null;
  const blocks = fromApp || message.blocks.length > 0 ? message.blocks : composed(message.text, message.ts);
  return {
    type: 'message',
    ...(message.subtype === null ? {} : { subtype: message.subtype }),
    user: message.user,
    text: message.text,
    ts: message.ts,
    ...(fromApp
      ? { bot_id: message.botId, app_id: message.botId === world.app.botId ? world.app.appId : `A${message.user}` }
      : { client_msg_id: `c-${message.ts}` }),
    team: author?.team ?? world.team.id,
    ...(author && isForeign(world, author) ? { user_team: author.team, source_team: author.team } : {}),
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.files.length > 0 ? { files: message.files.map((file) => fileIn(world, file)), upload: false } : {}),
    ...(message.edited === null ? {} : { edited: message.edited }),
    ...(message.reactions.length > 0
      ? { reactions: message.reactions.map((one) => ({ ...one, count: one.users.length })) }
      : {}),
    ...(message.threadTs !== null && message.threadTs !== message.ts
      ? parentAuthor(world, message)
      : threadFacts(world, message)),
  };
};
