import type { Slack } from '../sandbox/slack.ts';
import type { Message } from '../sandbox/slack-records.ts';
import { tierChannels } from './workplace.ts';

/** Sees what appears in the local Slack, as people would, and tells those who wait for it. */
export interface Watch {
  /** The card of the customer's message of this title, once it stands. */
  card(title: string): Promise<Message>;
  /** A word of the bot under the customer's message. */
  receipt(ts: string): Promise<void>;
  /** The card names this person. */
  owner(card: Message, userId: string): Promise<void>;
  stop(): void;
}

/** Longer than anything takes that is still of use: 2 minutes. */
const patience = 120_000;
const lookEvery = 2;

export const titleOf = (index: number): string => `Order ${String(index).padStart(6, '0')}`;

export const watch = (slack: Slack): Watch => {
  const cards = new Map<string, Message>();
  const receipts = new Set<string>();
  const waiting = new Set<{ holds(): boolean; resolve(): void }>();
  let seen = 0;

  const look = (): void => {
    const all = slack.messages();
    for (const message of all.slice(seen)) {
      if (message.botId === null) continue;
      if (message.threadTs !== null) receipts.add(message.threadTs);
      else if (message.channel === tierChannels[0]) noteCard(message);
    }
    seen = all.length;
    for (const one of waiting) if (one.holds() && waiting.delete(one)) one.resolve();
  };
  const noteCard = (message: Message): void => {
    // A call of the tier names its tickets too; only a card can be claimed.
    if (!JSON.stringify(message.blocks).includes('"Claim"')) return;
    const title = /Order \d{6}/.exec(message.text)?.[0];
    if (title !== undefined) cards.set(title, message);
  };
  const timer = setInterval(look, lookEvery);

  const until = (holds: () => boolean, what: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`Waiting for ${what} failed: it does not come`)), patience);
      waiting.add({
        holds,
        resolve: () => {
          clearTimeout(limit);
          resolve();
        },
      });
    });

  return {
    card: async (title) => {
      await until(() => cards.has(title), `the card of ${title}`);
      const card = cards.get(title);
      if (card === undefined) throw new Error(`Finding the card of ${title} failed: it is gone`);
      return card;
    },
    receipt: (ts) => until(() => receipts.has(ts), `the receipt of ${ts}`),
    owner: (card, userId) => {
      const before = card.revisions.length;
      // Looked for in the blocks as they are: wording them as a person reads them would be measured too.
      const names = (): boolean => JSON.stringify(card.blocks).includes(userId.slice(1));
      return until(() => card.revisions.length > before && names(), `${userId} on the card ${card.ts}`);
    },
    stop: () => clearInterval(timer),
  };
};
