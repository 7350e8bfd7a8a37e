import type { FormValues, Outcome, Submission } from '../../sandbox/slack-records.ts';
import type { Bot } from './a-bot.ts';

/** People who act, each time until the bot has done all that follows. */
export interface Acting {
  posts(userId: string, channel: string, text: string, threadTs?: string): Promise<string>;
  /** Presses a button or a menu option of the newest card in the tier's channel. */
  presses(userId: string, channel: string, what: string): Promise<Outcome>;
  /** The same behind "More…". */
  pressesMore(userId: string, channel: string, what: string): Promise<Outcome>;
  /** Presses something on the last message of a thread. */
  pressesLast(userId: string, channel: string, threadTs: string, what: string): Promise<Outcome>;
  submits(userId: string, values?: FormValues): Promise<Submission>;
  /** Gives a command and returns what this person alone was told for it. */
  asks(userId: string, line: string, channel?: string): Promise<string>;
}

export const acting = (bot: Bot): Acting => {
  const settled = async <T>(act: Promise<T>): Promise<T> => {
    const outcome = await act;
    await bot.settle();
    return outcome;
  };
  const { slack } = bot;
  return {
    posts: (userId, channel, text, threadTs) =>
      settled(slack.as(userId).post(channel, text, threadTs === undefined ? {} : { threadTs })),
    presses: (userId, channel, what) => settled(slack.as(userId).press(bot.card(channel), what)),
    pressesMore: async (userId, channel, what) => {
      await settled(slack.as(userId).press(bot.card(channel), 'More…'));
      return settled(slack.as(userId).pressInView(what));
    },
    pressesLast: (userId, channel, threadTs, what) => {
      const last = slack.read(channel, { threadTs }).at(-1);
      if (last === undefined) throw new Error(`Nothing stands under ${threadTs} in ${channel}`);
      return settled(slack.as(userId).press(last, what));
    },
    submits: (userId, values) => settled(slack.as(userId).submit(values)),
    asks: async (userId, line, channel = 'CHELP') => {
      const before = bot.whispered(userId).length;
      await settled(slack.as(userId).command(line, { channel }));
      return bot.whispered(userId).slice(before).join('\n');
    },
  };
};

/** What a form on this person's screen says, if one is open. */
export const formOf = (bot: Bot, userId: string): string => JSON.stringify(bot.slack.as(userId).view() ?? null);
