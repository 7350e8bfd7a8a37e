import type { Slack } from '../sandbox/slack.ts';
import type { Message } from '../sandbox/slack-records.ts';
import { titleOf, type Watch } from './watch.ts';
import { agentOf, placeOf } from './workplace.ts';

/** So many are on their way at once; the next begins when one has arrived. */
const atOnce = 50;

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Runs all indexes from `from` to before `to`, so many at once. */
export const each = async ({ from, to }: Range, work: (index: number) => Promise<void>): Promise<void> => {
  let next = from;
  const worker = async (): Promise<void> => {
    while (next < to) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

export interface Load {
  /** Milliseconds until each was acknowledged. */
  readonly acks: readonly number[];
  /** Real milliseconds until the last had arrived. */
  readonly lasted: number;
}

/** Customers write; each message is done when its receipt and its card stand. `cards` gets the cards, by index. */
export const customersWrite = async (
  slack: Slack,
  seen: Watch,
  range: Range,
  cards: Map<number, Message>,
): Promise<Load> => {
  const acks: number[] = [];
  const startedAt = performance.now();
  await each(range, async (index) => {
    const { user, channel } = placeOf(index);
    const beganAt = performance.now();
    const ts = await slack.as(user).post(channel, `${titleOf(index)} fails: our shop shows an error since noon`);
    acks.push(performance.now() - beganAt);
    const [card] = await Promise.all([seen.card(titleOf(index)), seen.receipt(ts)]);
    cards.set(index, card);
  });
  return { acks, lasted: performance.now() - startedAt };
};

/** The tier claims; each press is done when the card names who pressed. */
export const agentsClaim = async (
  slack: Slack,
  seen: Watch,
  range: Range,
  cards: ReadonlyMap<number, Message>,
): Promise<Load> => {
  const acks: number[] = [];
  const startedAt = performance.now();
  await each(range, async (index) => {
    const card = cards.get(index);
    if (card === undefined) throw new Error(`Claiming ${titleOf(index)} failed: it has no card`);
    const agent = agentOf(index);
    const redrawn = seen.owner(card, agent);
    const { afterMs, error } = await slack.as(agent).press(card, 'Claim');
    // A press that Slack gave up on counts with the time it took, and is carried out all the same.
    if (error !== null && error !== 'operation_timeout') throw new Error(`Claiming ${titleOf(index)} failed: ${error}`);
    acks.push(afterMs);
    await redrawn;
  });
  return { acks, lasted: performance.now() - startedAt };
};
