import { setTimeout as pause } from 'node:timers/promises';
import type { Slack } from '../sandbox/slack.ts';
import type { Random } from '../simulation/random.ts';
import type { Affair, Wrote } from './deeds.ts';
import { customers, intake } from './town.ts';

/** A word that stands nowhere else, so that it can be found wherever it is repeated. */
export const ownWord = (random: Random, kind: string): string =>
  `${kind}${Array.from({ length: 7 }, () => 'bcdfghjkmnpqrstvwxz'[random.whole(0, 18)]).join('')}`;

/** Settles when it is written, not when the bot has heard of it. */
const written = async (slack: Slack, write: () => Promise<unknown>): Promise<string> => {
  const before = slack.messages().length;
  void write();
  const message = slack.messages()[before];
  if (message === undefined) throw new Error('Writing failed: no message came of it');
  return message.ts;
};

/** A customer writes about something. */
export const writeIssue = async (slack: Slack, random: Random): Promise<Affair> => {
  const by = random.pick(customers);
  const channel = random.pick(intake);
  const words = ownWord(random, 'issue');
  const at = Date.now();
  const ts = await written(slack, () => slack.as(by).post(channel, `Please look: ${words}`));
  return {
    first: { by, channel, ts, at, words, editedAt: null, removedAt: null },
    replies: [],
    presses: [],
    forms: [],
  };
};

/** What the customer adds under it in the time that is left: single words, two at once, better words, and none. */
export const goOn = async (slack: Slack, random: Random, { first, replies }: Affair, until: number): Promise<void> => {
  const reply = async (): Promise<void> => {
    const words = ownWord(random, 'reply');
    const at = Date.now();
    const text = `And this: ${words}`;
    const ts = await written(slack, () => slack.as(first.by).post(first.channel, text, { threadTs: first.ts }));
    replies.push({ by: first.by, channel: first.channel, ts, at, words, editedAt: null, removedAt: null });
  };
  const better = (message: Wrote): void => {
    message.words = ownWord(random, 'better');
    message.editedAt = Date.now();
    void slack.as(first.by).edit(message.channel, message.ts, `I meant: ${message.words}`);
  };
  const remove = (message: Wrote): void => {
    if (message.removedAt !== null) return;
    message.removedAt = Date.now();
    void slack.as(first.by).remove(message.channel, message.ts);
  };
  const standing = (): readonly Wrote[] => replies.filter(({ removedAt }) => removedAt === null);
  for (let left = random.whole(0, 3); left > 0; left -= 1) {
    await pause(random.between(100, 1_800));
    if (Date.now() > until) return;
    const what = random.next();
    if (what < 0.25) await Promise.all([reply(), reply()]);
    else if (what < 0.7) await reply();
    else if (what < 0.9 || standing().length === 0) better(random.pickAny([first, ...standing()]) ?? first);
    else for (const unwanted of standing().slice(-1)) remove(unwanted);
  }
};
