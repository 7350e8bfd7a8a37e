/** Keeping messages: adding, finding, revising. Nothing here tells anyone. */
import { type Json, recordsIn } from './json.ts';
import { pingsOf, tokensIn } from './slack-pings.ts';
import type { Message } from './slack-records.ts';
import type { Stored, World } from './slack-world.ts';

/** All messages of a channel, oldest first; deleted ones and those for one person too. */
export const messagesIn = (world: Pick<World, 'byChannel'>, channel: string): readonly Stored[] =>
  world.byChannel.get(channel) ?? [];

/** The living messages that a channel shows to everyone, oldest first. */
export const livingIn = (world: World, channel: string): readonly Stored[] =>
  messagesIn(world, channel).filter((one) => one.onlyFor === null && !one.deleted);

/** The living replies in a thread, without its root. */
export const repliesTo = (world: World, root: Stored): readonly Stored[] =>
  threadIn(world, root.channel, root.ts).filter(
    (one) => one.threadTs === root.ts && one.ts !== root.ts && one.onlyFor === null && !one.deleted,
  );

/** A root and everything under it, oldest first; deleted ones and those for one person too. */
export const threadIn = (world: Pick<World, 'byThread'>, channel: string, ts: string): readonly Stored[] =>
  world.byThread.get(`${channel} ${ts}`) ?? [];

/** The living message with this ts that this channel shows to everyone. */
export const findMessage = (world: Pick<World, 'byTs'>, channel: string, ts: string): Stored | undefined =>
  messagesAt(world, channel, ts).findLast((one) => one.onlyFor === null && !one.deleted);

/** What stands at this ts, deleted messages and those for one person too. */
export const messagesAt = (world: Pick<World, 'byTs'>, channel: string, ts: string): readonly Stored[] =>
  world.byTs.get(`${channel} ${ts}`) ?? [];

type NewMessage = Pick<Message, 'channel' | 'user' | 'text'> & Partial<Message>;

/** Puts a message into its channel and gives it back, ts and pings filled in. */
export const addMessage = (world: World, seed: NewMessage): Stored => {
  const blocks = (seed.blocks ?? []).map((block) => withIds(world, block));
  const attachments = seed.attachments ?? [];
  const message: Stored = {
    channel: seed.channel,
    ts: seed.ts ?? world.newTs(),
    threadTs: seed.threadTs ?? null,
    user: seed.user,
    botId: seed.botId ?? null,
    subtype: seed.subtype ?? null,
    text: seed.text,
    blocks,
    attachments,
    files: seed.files ?? [],
    metadata: seed.metadata ?? null,
    edited: null,
    revisions: [],
    pings: pingsOf({ text: seed.text, blocks, attachments }),
    textPings: tokensIn(seed.text),
    reactions: [],
    broadcast: seed.broadcast ?? false,
    onlyFor: seed.onlyFor ?? null,
    deleted: false,
    at: world.clock.now(),
  };
  world.messages.push(message);
  keepUnder(world.byChannel, message.channel, message);
  keepUnder(world.byThread, `${message.channel} ${message.threadTs ?? message.ts}`, message);
  keepUnder(world.byTs, `${message.channel} ${message.ts}`, message);
  world.ears.tell({ kind: 'message', message, how: 'posted' });
  return message;
};

const keepUnder = (shelf: Map<string, Stored[]>, key: string, message: Stored): void => {
  const kept = shelf.get(key);
  if (kept) kept.push(message);
  else shelf.set(key, [message]);
};

/** Slack gives every block and element an id when the app did not. */
export const withIds = (world: World, block: Json): Json => {
  const named = (element: unknown): unknown => {
    const [one] = recordsIn([element]);
    const still =
      one === undefined || ['mrkdwn', 'plain_text', 'image'].includes(String(one.type)) || block.type === 'rich_text';
    return still ? element : { ...one, action_id: one.action_id ?? world.newId('a') };
  };
  return {
    ...block,
    block_id: block.block_id ?? world.newId('b'),
    ...(block.accessory === undefined ? {} : { accessory: named(block.accessory) }),
    ...(block.element === undefined ? {} : { element: named(block.element) }),
    ...(Array.isArray(block.elements) ? { elements: block.elements.map(named) } : {}),
  };
};

/** Changes what a message says and keeps what it said. */
export const reviseMessage = (
  world: World,
  message: Stored,
  change: { readonly text: string; readonly blocks?: readonly Json[]; readonly attachments?: readonly Json[] },
): void => {
  message.revisions.push({ at: world.clock.now(), text: message.text, blocks: message.blocks });
  message.text = change.text;
  if (change.blocks) message.blocks = change.blocks.map((block) => withIds(world, block));
  if (change.attachments) message.attachments = change.attachments;
  message.pings = pingsOf(message);
  message.textPings = tokensIn(message.text);
  world.ears.tell({ kind: 'message', message, how: 'edited' });
};
