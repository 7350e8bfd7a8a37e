/** The workspace in the words that the page and its server agreed on. */

import { heldIn } from './field-state.ts';
import { isRecord, textIn } from './json.ts';
import type { FormState, PageChannel, PageMessage, PagePerson, PageSlice, PageView } from './page/protocol.ts';
import { channelsOf, isFor, isInList, maySee, type ShownWorld, threadOf } from './page-sight.ts';
import type { Unread } from './page-unread.ts';
import type { Message } from './slack-records.ts';
import type { OpenView, Person } from './slack-world.ts';

export type Roles = (person: Person) => Pick<PagePerson, 'role' | 'group'>;

export const personShape = (person: Person, roleOf: Roles): PagePerson => ({
  id: person.id,
  name: person.displayName,
  ...roleOf(person),
  isBot: person.isBot,
  isDeactivated: person.deleted,
  zone: person.tz,
});

const kinds = { channel: 'channel', group: 'private', im: 'dm' } as const;

export const channelShapes = (world: ShownWorld, user: string, unread: Unread): readonly PageChannel[] =>
  channelsOf(world, user).map((channel) => ({
    id: channel.id,
    name: channel.name,
    kind: kinds[channel.kind],
    isArchived: channel.archived,
    isShared: channel.shared.length > 0,
    members: [...channel.members],
    ...unread.of(user, channel.id),
  }));

export const messageShape = (world: ShownWorld, user: string, message: Message): PageMessage => {
  const replies = repliesShown(world, user, message);
  return {
    channel: message.channel,
    ts: message.ts,
    threadTs: message.threadTs,
    user: message.user,
    isBot: message.botId !== null,
    subtype: message.subtype,
    text: message.text,
    blocks: message.blocks,
    files: message.files,
    isEdited: message.edited !== null,
    isDeleted: message.deleted,
    isBroadcast: message.broadcast,
    isOnlyForYou: message.onlyFor !== null,
    isForYou: isFor(world, { id: user }, message),
    reactions: message.reactions,
    replyCount: replies.length,
    replyUsers: [...new Set(replies.map((each) => each.user))],
    lastReplyTs: replies.at(-1)?.ts ?? null,
    at: message.at,
  };
};

const repliesShown = (world: ShownWorld, user: string, root: Message): readonly Message[] =>
  root.onlyFor !== null
    ? []
    : threadOf(world, user, root.channel, root.ts).filter((each) => each.ts !== root.ts && each.onlyFor === null);

/** A page of a channel's own list: the newest before a ts, oldest first. */
export const sliceBefore = (
  world: ShownWorld,
  user: string,
  { channel, before, limit }: { readonly channel: string; readonly before: string | null; readonly limit: number },
): PageSlice => {
  const messages = world.byChannel.get(channel) ?? [];
  const found: Message[] = [];
  for (let index = messages.length - 1; index >= 0 && found.length <= limit; index -= 1) {
    const message = messages[index];
    if (message === undefined || message.deleted || (before !== null && message.ts >= before)) continue;
    if (isInList(message) && maySee(world, user, message)) found.push(message);
  }
  const shown = found.slice(0, limit).reverse();
  return { messages: shown.map((each) => messageShape(world, user, each)), hasMore: found.length > limit };
};

export const threadSlice = (world: ShownWorld, user: string, channel: string, ts: string): PageSlice => ({
  messages: threadOf(world, user, channel, ts).map((each) => messageShape(world, user, each)),
  hasMore: false,
});

const plainText = (value: unknown): string | null => (isRecord(value) ? textIn(value.text) : null);

const typedShape = (typed: OpenView['typed']): FormState =>
  Object.fromEntries(
    Object.entries(typed).map(([block, fields]) => [
      block,
      Object.fromEntries(Object.entries(fields).map(([action, state]) => [action, heldIn(state)])),
    ]),
  );

const viewShape = ({ view, typed }: OpenView, depth: number): PageView => ({
  id: view.id,
  type: view.type,
  title: plainText(view.title) ?? '',
  submit: plainText(view.submit),
  close: plainText(view.close),
  blocks: view.blocks,
  typed: typedShape(typed),
  depth,
});

/** The form on top of this person's stack. */
export const topView = (world: ShownWorld, user: string): PageView | null => {
  const stack = world.stacks.get(user) ?? [];
  const top = stack.at(-1);
  return top === undefined ? null : viewShape(top, stack.length - 1);
};

export const homeView = (world: ShownWorld, user: string): PageView | null => {
  const home = world.homes.get(user);
  return home === undefined ? null : viewShape(home, 0);
};
