import type { Slack } from '../sandbox/slack.ts';
import { type Affair, ticketIdOf } from './deeds.ts';
import { isReply, type Saying, sayingsIn } from './sayings.ts';
import { manager, tiers } from './town.ts';

/** A stretch in which nobody could act on what it concerns. */
export interface Obstacle {
  readonly from: number;
  readonly to: number;
  readonly concerns: (affair: Affair) => boolean;
}

/** All that the oracle knows: what people did, what Slack received, and when nobody could act. */
export interface Evidence {
  readonly slack: Slack;
  readonly affairs: readonly Affair[];
  readonly obstacles: readonly Obstacle[];
}

/** What was said of one issue, by place. */
export interface Spoken {
  readonly affair: Affair;
  /** As people read it, where there is one: `ESC-3`. */
  readonly name: string;
  readonly all: readonly Saying[];
  /** In the customer's thread, oldest first. */
  readonly toCustomer: readonly Saying[];
  /** By tier from the first: the cards in its channel (one, if all is well), and what stands under them. */
  readonly inTiers: readonly { readonly cards: readonly Saying[]; readonly below: readonly Saying[] }[];
  readonly toManager: readonly Saying[];
}

export const spokenOf = ({ slack, affairs }: Evidence): readonly Spoken[] => {
  const all = sayingsIn(slack);
  const managerDm = slack.dmWithBot(manager);
  return affairs.map((affair) => {
    const own = all.filter(({ mark }) => mark.ticket === ticketIdOf(affair));
    const under = (ts: string | undefined) => own.filter(({ message }) => ts !== undefined && message.threadTs === ts);
    const { channel, ts, words } = affair.first;
    return {
      affair,
      name: `the issue "${words}"${own.length === 0 ? '' : ` (${numberIn(own)})`}`,
      all: own,
      toCustomer: own.filter(({ message }) => message.channel === channel && message.threadTs === ts),
      inTiers: tiers.map((tier) => {
        const cards = own.filter(({ message }) => message.channel === tier.channel && isCard(message));
        return { cards, below: cards.flatMap((card) => under(card.message.ts)) };
      }),
      toManager: own.filter(({ message }) => message.channel === managerDm),
    };
  });
};

/** A call stands in the channel too, but rings. */
const isCard = (message: Saying['message']): boolean => !isReply(message) && message.pings.length === 0;

const numberIn = (own: readonly Saying[]): string =>
  own.map(({ ever }) => /ESC-\d+/.exec(ever)?.[0]).find((name) => name !== undefined) ?? 'no number';

/** The tier where it stands as far as its cards show, from 1; 0 where there is none. */
export const highestTier = ({ inTiers }: Spoken): number => inTiers.findLastIndex(({ cards }) => cards.length > 0) + 1;
