import { plainTextOf } from '../../sandbox/plain-text.ts';
import type { FormValues, Message, MessageRef, Submission } from '../../sandbox/slack-records.ts';
import type { Bot } from './a-bot.ts';

/** The "New ticket" form filled in as a customer in Slack would; what is given stands instead. */
export const newTicket = (values: FormValues = {}): FormValues => ({
  title: 'Shop is slow',
  description: 'Every page takes ten seconds',
  kind: 'technical',
  service: 'vps',
  impact: 'person',
  urgency: 'degraded',
  reach: 'chat',
  ...values,
});

/** Everything that anyone can read now, channels, threads and direct messages, but not what one person alone sees. */
export const allRead = (bot: Bot): string =>
  bot.slack
    .messages()
    .filter((message) => !message.deleted && message.onlyFor === null)
    .map((message) => `${bot.textOf(message)}\n${message.text}`)
    .join('\n');

/** The same without the calls of a tier, which keep the title they were made with: 2.5 speaks of cards and threads. */
export const readBesideCalls = (bot: Bot): string =>
  bot.slack
    .messages()
    .filter((message) => !message.deleted && message.onlyFor === null && message.pings.length === 0)
    .map((message) => `${bot.textOf(message)}\n${message.text}`)
    .join('\n');

/** The form a person has open, as they read it. */
export const formOf = (bot: Bot, userId: string): string => {
  const view = bot.slack.as(userId).view();
  return view === null ? '' : plainTextOf(view, { tz: 'Etc/UTC' });
};

/** The newest message the bot wrote that holds all of these words, wherever it stands. */
export const newest = (bot: Bot, ...words: readonly string[]): Message => {
  const found = bot.slack
    .messages()
    .findLast((one) => one.botId !== null && !one.deleted && words.every((word) => bot.textOf(one).includes(word)));
  if (found === undefined) throw new Error(`No message of the bot says ${words.join(' and ')}`);
  return found;
};

/** The thread under a card, as the tier reads it. */
export const under = (bot: Bot, { channel, ts }: MessageRef): string => bot.texts(channel, ts).slice(1).join('\n');

/** Picks an act of a card, behind its buttons, in its menu, or behind "More…". */
export const act = async (bot: Bot, userId: string, card: Message, name: string): Promise<void> => {
  const hands = bot.slack.as(userId);
  if (bot.textOf(card).split('\n').includes(name)) {
    await hands.press(card, name);
  } else {
    await hands.press(card, 'More…');
    await bot.settle();
    await hands.pressInView(name);
  }
  await bot.settle();
};

/** Resolves by the form and its preview. */
export const resolve = async (bot: Bot, userId: string, card: Message, words: FormValues = {}): Promise<Submission> => {
  await act(bot, userId, card, 'Resolve');
  const hands = bot.slack.as(userId);
  await hands.submit({ cause: 'disk full', fix: 'cleaned up', message: 'Your VPS runs again.', ...words });
  const sent = await hands.submit();
  await bot.settle();
  return sent;
};

/** Sends the form a person has open, and waits until all is said. */
export const send = async (bot: Bot, userId: string, values: FormValues = {}): Promise<Submission> => {
  const sent = await bot.slack.as(userId).submit(values);
  await bot.settle();
  return sent;
};

/** What Slack said no to, in words. */
export const refusals = (bot: Bot): readonly string[] =>
  bot.slack.refusals.map(({ method, error, detail }) => `${method}: ${error}: ${detail}`);

/** The ticket a message is about, as people call it. Numbers may have gaps (1). */
export const named = (bot: Bot, message: Message): string => /ESC-\d+/.exec(bot.textOf(message))?.[0] ?? 'no ticket';
