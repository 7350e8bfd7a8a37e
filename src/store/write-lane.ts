import type { Duration } from '../domain/instant.ts';

/** What came of one write of a batch. */
export type Landed<Outcome> = { readonly outcome: Outcome } | { readonly error: unknown };

interface BatchRules<Write, Outcome> {
  /** Carries out a batch, in any order; what it throws is the outcome of each of its writes. */
  send(writes: readonly Write[]): Promise<readonly Landed<Outcome>[]>;
  /** Writes in one batch. */
  readonly most: number;
  /** So long, in milliseconds, a write lets those of other kinds go first that have less time. */
  readonly yields: Duration;
}

/** Writes of one kind that wait for their turn. */
interface Queue {
  /** When the oldest must go; `null` where none waits. */
  mustGoAt(): number | null;
  sendNext(): Promise<void>;
}

/** Puts up a kind of writes. @returns how one of them is carried out */
export type WriteLane = <Write, Outcome>(rules: BatchRules<Write, Outcome>) => (write: Write) => Promise<Outcome>;

/**
 * One lane to a collection: writes that come together go together, one batch at a time, for two at once only wait for each
 * other at the server. Nothing waits for company: the first goes out at once, and what comes meanwhile goes with the next.
 */
export const createWriteLane = (): WriteLane => {
  const queues: Queue[] = [];
  let isUnderWay = false;

  const wake = (): void => {
    if (isUnderWay) return;
    isUnderWay = true;
    setImmediate(async () => {
      await nextQueue()?.sendNext();
      isUnderWay = false;
      if (nextQueue() !== undefined) wake();
    });
  };

  const nextQueue = (): Queue | undefined => {
    const waiting = queues.filter((queue) => queue.mustGoAt() !== null);
    return waiting.toSorted((one, other) => (one.mustGoAt() ?? 0) - (other.mustGoAt() ?? 0))[0];
  };

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

const queueOf = <Write, Outcome>({ send, most, yields }: BatchRules<Write, Outcome>) => {
  const waiting: Waiting<Write, Outcome>[] = [];

  const sendNext = async (): Promise<void> => {
    const batch = waiting.splice(0, most);
    try {
      const landed = await send(batch.map(({ write }) => write));
      for (const [index, each] of batch.entries()) settle(each, landed[index]);
    } catch (error) {
      for (const each of batch) each.reject(error);
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
