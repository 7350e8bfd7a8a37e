import type { Duration } from '../domain/instant.ts';

/** What came of one write of a batch. */
export type Landed<Outcome> = { readonly outcome: Outcome } | { readonly error: unknown };

interface BatchRules<Write, Outcome> {
  /** Carries out a batch, in any order; what it throws is the outcome of each of its writes. */
  send(writes: readonly Write[]): Promise<readonly Landed<Outcome>[]>;
  /** Writes in one batch. */
  readonly most: number;
  /** What part of those that wait goes in one batch, no fewer than some; 1 for all. */
  readonly part: number;
  /** So long, in milliseconds, a write lets those of other kinds go first that have less time; 0 for none. */
  readonly yields: Duration;
}

/** Writes of one kind that wait for their turn. */
interface Queue {
  /** When the oldest must go; `null` where none waits. */
  mustGoAt(): number | null;
  /** @returns how the writers of those that went hear what came of them */
  sendNext(): Promise<() => void>;
}

/** Puts up a kind of writes. @returns how one of them is carried out */
export type WriteLane = <Write, Outcome>(rules: BatchRules<Write, Outcome>) => (write: Write) => Promise<Outcome>;

/** Smaller batches cost more than they spare, however few wait. */
const fewest = 8;

/**
 * One lane to a collection: writes that come together go together, one batch at a time, for two at once only wait for each
 * other at the server. Nothing waits for company: the first goes out at once, and what comes meanwhile goes with the next ones.
 */
export const createWriteLane = (): WriteLane => {
  const queues: Queue[] = [];
  let isUnderWay = false;

  const wake = (): void => {
    if (isUnderWay) return;
    isUnderWay = true;
    setImmediate(send);
  };

  const send = async (): Promise<void> => {
    const queue = nextQueue();
    if (queue === undefined) {
      isUnderWay = false;
      return;
    }
    const tell = await queue.sendNext();
    // The server works on what waits while those who waited for this batch go on with theirs.
    void send();
    setImmediate(tell);
  };

  const nextQueue = (): Queue | undefined =>
    queues
      .filter((queue) => queue.mustGoAt() !== null)
      .toSorted((one, other) => (one.mustGoAt() ?? 0) - (other.mustGoAt() ?? 0))[0];

  return (rules) => {
    const { queue, add } = queueOf(rules);
    queues.push(queue);
    return (write) => {
      const outcome = add(write);
      wake();
      return outcome;
    };
  };
};

interface Waiting<Write, Outcome> {
  readonly write: Write;
  readonly mustGoAt: number;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

const queueOf = <Write, Outcome>({ send, most, part, yields }: BatchRules<Write, Outcome>) => {
  const waiting: Waiting<Write, Outcome>[] = [];

  const sendNext: Queue['sendNext'] = async () => {
    const batch = waiting.splice(0, Math.min(most, Math.max(fewest, Math.ceil(waiting.length * part))));
    const outcomes = await outcomesOf(batch);
    return () => {
      for (const [index, each] of batch.entries()) settle(each, outcomes[index]);
    };
  };

  const outcomesOf = async (batch: readonly Waiting<Write, Outcome>[]): Promise<readonly Landed<Outcome>[]> => {
    try {
      return await send(batch.map(({ write }) => write));
    } catch (error) {
      return batch.map(() => ({ error }));
    }
  };

  const settle = (each: Waiting<Write, Outcome>, landed: Landed<Outcome> | undefined): void => {
    if (landed === undefined)
      each.reject(new Error('Sending a batch failed: it answered for fewer writes than it was given'));
    else if ('error' in landed) each.reject(landed.error);
    else each.resolve(landed.outcome);
  };

  const add = (write: Write): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      waiting.push({ write, mustGoAt: performance.now() + yields, resolve, reject });
    });

  const queue: Queue = { mustGoAt: () => waiting[0]?.mustGoAt ?? null, sendNext };
  return { queue, add };
};
