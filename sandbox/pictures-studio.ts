/** The demo's workspace on a clock that stands still, set up by hand for pictures: the same each time they are made. */
import type { Actor, Cast } from './demo-cast.ts';
import type { PageStage } from './page-stage.ts';
import { plainTextOf } from './plain-text.ts';
import type { FormValues, Message, MessageRef } from './slack-records.ts';

export type Studio = {
  readonly cast: Cast;
  readonly stage: PageStage;
  now(): number;
  /** Lets everything that was begun come to its end, what Slack put off for some seconds too. */
  settle(): Promise<void>;
  /** Moves the clock, stopping where something is due. */
  wait(ms: number): Promise<void>;
  /** Posts as this person, in a thread where one is named. */
  says(by: Actor, channel: string, text: string, threadTs?: string): Promise<MessageRef>;
  types(by: Actor, channel: string, line: string): Promise<void>;
  /** Presses what stands on a message of the bot's, or else behind its "More…". */
  presses(by: Actor, message: Message, what: string): Promise<void>;
  /** Presses in the open form. */
  pressesInForm(by: Actor, what: string): Promise<void>;
  /** Sends the open form. @throws when it was refused */
  sends(by: Actor, values: FormValues): Promise<void>;
  closes(by: Actor): Promise<void>;
  /** The newest card of a ticket in a channel. */
  card(channel: string, number: string): Message;
  /** The newest message of the bot that says this, in one channel or anywhere. */
  said(words: string, channel?: string): Message;
  /** The newest that only this person sees. */
  whispered(to: Actor): Message;
};

/** What Slack put off is tried again within this time. */
const breath = 20_000;
const more = 'More…';
const mostLooks = 2_000;

export const studioOf = (stage: PageStage): Studio => {
  const { slack, clock, cast } = stage;
  const advance = async (until: number): Promise<boolean> => {
    const next = (await stage.bot()?.nextInstant()) ?? null;
    if (next === null || next > until) return false;
    clock.moveTo(next);
    await stage.tick();
    await stage.calm();
    return true;
  };
  const passTo = async (at: number): Promise<void> => {
    await stage.calm();
    for (let looks = 0; await advance(at); looks += 1) {
      if (looks > mostLooks) throw new Error('Cannot set the scene: something stays due');
    }
    clock.moveTo(at);
  };
  const settle = async (): Promise<void> => passTo(clock.now() + breath);
  const must = (error: string | null, what: string): void => {
    if (error !== null) throw new Error(`Cannot set the scene: ${what} gave ${error}`);
  };
  const ofBot = (): readonly Message[] => slack.messages().filter(({ botId, deleted }) => botId !== null && !deleted);
  const found = (message: Message | undefined, what: string): Message => {
    if (message === undefined) throw new Error(`Cannot set the scene: nowhere stands ${what}`);
    return message;
  };
  return {
    cast,
    stage,
    now: clock.now,
    settle,
    wait: (ms) => passTo(clock.now() + ms),
    says: async (by, channel, text, threadTs) => {
      const ts = await slack.as(by.id).post(channel, text, threadTs === undefined ? {} : { threadTs });
      await settle();
      return { channel, ts };
    },
    types: async (by, channel, line) => {
      must((await slack.as(by.id).command(line, { channel })).error, line);
      await settle();
    },
    presses: async (by, message, what) => {
      const hands = slack.as(by.id);
      const press = message.onlyFor === null ? hands.press : hands.pressEphemeral;
      if (plainTextOf(message).split('\n').includes(what)) must((await press(message, what)).error, what);
      else {
        must((await press(message, more)).error, more);
        await settle();
        must((await hands.pressInView(what)).error, what);
      }
      await settle();
    },
    pressesInForm: async (by, what) => {
      must((await slack.as(by.id).pressInView(what)).error, what);
      await settle();
    },
    sends: async (by, values) => {
      const sent = await slack.as(by.id).submit(values);
      must(sent.error ?? (sent.errors === null ? null : JSON.stringify(sent.errors)), 'the form');
      await settle();
    },
    closes: async (by) => {
      while (slack.as(by.id).view() !== null) await slack.as(by.id).closeView();
      await settle();
    },
    card: (channel, number) =>
      found(
        ofBot().findLast(
          (each) =>
            each.channel === channel &&
            each.threadTs === null &&
            each.pings.length === 0 &&
            plainTextOf(each).includes(`${number} ·`),
        ),
        `a card of ${number}`,
      ),
    said: (words, channel) =>
      found(
        ofBot().findLast(
          (each) => plainTextOf(each).includes(words) && (channel === undefined || each.channel === channel),
        ),
        `“${words}”`,
      ),
    whispered: (to) => found(slack.ephemerals(to.id).at(-1), `anything for ${to.name} alone`),
  };
};
