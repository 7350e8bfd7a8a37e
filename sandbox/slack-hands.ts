/** What one person can do in Slack. */
import type { FileSeed, FormValues, MessageRef, Outcome, Submission, View } from './slack-records.ts';

export type PostOptions = {
  readonly threadTs?: string;
  readonly files?: readonly FileSeed[];
  /** A thread reply that also goes to the channel. */
  readonly broadcast?: boolean;
  /** The text is wire text already: `<@U1>` is a mention. Otherwise everything typed is text. */
  readonly raw?: boolean;
  /** For messages people do not type: `channel_topic`, `bot_message`, … */
  readonly subtype?: string;
};

export type PressOptions = {
  /** Which button of several with one action id, or which option of a menu. */
  readonly value?: string;
  /** In which block, where several have such an element. */
  readonly blockId?: string;
  /** Presses what the message showed before its n-th edit (from 0): a person whose screen is behind. */
  readonly revision?: number;
};

/** One person's hands. Each promise settles when the bot has acked, or the time for it has passed. */
export type Hands = {
  /** Posts as typed (Slack escapes it). Gives the ts. */
  post(channel: string, text: string, options?: PostOptions): Promise<string>;
  edit(channel: string, ts: string, text: string, options?: { readonly raw?: boolean }): Promise<void>;
  remove(channel: string, ts: string): Promise<void>;
  /** A direct message to the bot. Gives the ts; the channel is `slack.dmWithBot(user)`. */
  dm(text: string, options?: PostOptions): Promise<string>;
  /** Posts `@bot text`. */
  mention(channel: string, text: string, options?: PostOptions): Promise<string>;
  /** Presses a button, or picks `value` in a menu; by action id, by what the button says, or by what the option says. */
  press(ref: MessageRef, what: string, options?: PressOptions): Promise<Outcome>;
  /** The same in a message that only this person sees. */
  pressEphemeral(ref: MessageRef, what: string, options?: PressOptions): Promise<Outcome>;
  /** The same in the open modal. */
  pressInView(what: string, options?: PressOptions): Promise<Outcome>;
  /** The same in the Home tab. */
  pressHome(what: string, options?: PressOptions): Promise<Outcome>;
  command(line: string, where: { readonly channel: string }): Promise<Outcome>;
  messageShortcut(callbackId: string, ref: MessageRef): Promise<Outcome>;
  globalShortcut(callbackId: string): Promise<Outcome>;
  /** The modal this person has open (the top of the stack), or null. */
  view(): View | null;
  /** Fills the form without sending it. */
  fillIn(values: FormValues): void;
  /** Fills the form by block id (or block id and action id) and sends it. */
  submit(values?: FormValues): Promise<Submission>;
  closeView(): Promise<Outcome>;
  /** Opens the app's Home tab. */
  openHome(): Promise<void>;
  react(channel: string, ts: string, name: string): Promise<void>;
  unreact(channel: string, ts: string, name: string): Promise<void>;
};
