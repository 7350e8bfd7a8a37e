/** Acts on messages that both people and the bot perform, with the events they cause. */
import type { Json } from './json.ts';
import type { Events } from './slack-events.ts';
import { messageJson } from './slack-message-shape.ts';
import type { Message } from './slack-records.ts';
import { addMessage, repliesTo, reviseMessage } from './slack-storage.ts';
import type { Stored, World } from './slack-world.ts';

export type MessageActs = {
  post(seed: Pick<Message, 'channel' | 'user' | 'text'> & Partial<Message>): { message: Stored; heard: Promise<void> };
  edit(
    message: Stored,
    by: string,
    change: { text: string; blocks?: readonly Json[]; attachments?: readonly Json[]; metadata?: Json | null },
  ): Promise<void>;
  remove(message: Stored): Promise<void>;
};

export const createMessageActs = (world: World, events: Events): MessageActs => ({
  post: (seed) => {
    const message = addMessage(world, seed);
    return { message, heard: message.onlyFor === null ? events.posted(message) : Promise.resolve() };
  },

  edit: async (message, by, change) => {
    const before = messageJson(world, message);
    reviseMessage(world, message, change);
    if (change.metadata) message.metadata = change.metadata;
    message.edited = { user: by, ts: world.newTs() };
    if (message.onlyFor === null) await events.changed(message, before);
  },

  remove: async (message) => {
    const before = messageJson(world, message);
    // The root of a thread leaves a tombstone, and the app hears of a change, not of a deletion.
    if (message.onlyFor === null && repliesTo(world, message).length > 0) {
      reviseMessage(world, message, { text: 'This message was deleted.', blocks: [], attachments: [] });
      message.subtype = 'tombstone';
      message.files = [];
      message.user = 'USLACKBOT';
      message.botId = null;
      await events.changed(message, before);
      return;
    }
    message.deleted = true;
    world.ears.tell({ kind: 'message', message, how: 'deleted' });
    if (message.onlyFor === null) await events.removed(message, before);
  },
});
