/** What a picture is taken of: one person's window of the demo's page. */
import type { Actor } from './demo-cast.ts';
import type { MessageRef } from './slack-records.ts';

export type Camera = {
  /** The whole window: a channel, with a thread beside it where one is named. */
  window(name: string, as: Actor, channel: string, thread?: MessageRef): Promise<void>;
  /** One message, and nothing around it. */
  message(name: string, as: Actor, message: MessageRef): Promise<void>;
  /** A thread from its first message to its last. */
  thread(name: string, as: Actor, root: MessageRef): Promise<void>;
  /** The form this person has open. */
  form(name: string, as: Actor): Promise<void>;
};
