import type { Duration } from '../domain/instant.ts';

/** What came of one write of a batch. */
export type Landed<Outcome> = { readonly outcome: Outcome } | { readonly error: unknown };

interface BatchRules<Write, Outcome> {
  /** Carries out a batch, in any order; what it throws is the outcome of each of its writes. */
  send(writes: readonly Write[]): Promise<readonly Landed<Outcome>[]>;
  /** Writes in one batch. */
  readonly most: number;
  /** So long, in milliseconds, a write lets those of other kinds go first that have less time; 0 for none. */
  readonly yields: Duration;
}

/** Writes of one kind that wait for their turn. */
interface Queue {
  readonly yields: Duration;
  /** When the oldest must go; `null` where none waits. */
  mustGoAt(): number | null;
  /** @returns how many went, and how their writers hear what came of them */
  sendNext(): Promise<{ readonly went: number; tell(): void }>;
}

/** Puts up a kind of writes. @returns how one of them is carried out */
export type WriteLane = <Write, Outcome>(rules: BatchRules<Write, Outcome>) => (write: Write) => Promise<Outcome>;

/** A batch of so many is a crowd, and followed by another. */
const crowd = 10;

/** Milliseconds for each of a crowd: so long those that yield wait for a lull, and leave processor and database to the next. */
const lullForEach = 5;

/** Milliseconds. However many crowds come, nobody waits longer for a lull. */
const longestLull = 500;

/**
 * One lane to a collection: writes that come together go together, one batch at a time, for two at once only wait for each
 * other at the server. Nothing waits for company: the first goes out at once, and what comes meanwhile goes with the next.
 */
export const createWriteLane = (): WriteLane => {
  const queues: Queue[] = [];
  let isUnderWay = false;
  let busyUntil = 0;
  let timer: NodeJS.Timeout | undefined;

  const wake = (): void => {
    if (isUnderWay) return;
    isUnderWay = true;
    setImmediate(send);
  };

  const send = async (): Promise<void> => {
    const queue = nextQueue();
    if (queue === undefined) {
      isUnderWay = false;
      return wakeLater();
    }
    const { went, tell } = await queue.sendNext();
    if (queue.yields === 0 && went >= crowd) busyUntil = performance.now() + went * lullForEach;
    // The server works on what waits while those who waited for this batch go on with theirs.
    void send();
    setImmediate(tell);
  };

  const wakeLater = (): void => {
    clearTimeout(timer);
    const left = Math.min(...waiting().map(mayGoAt)) - performance.now();
    if (Number.isFinite(left)) timer = setTimeout(wake, left);
  };

  const waiting = (): readonly Queue[] => queues.filter((queue) => queue.mustGoAt() !== null);

  const mayGoAt = (queue: Queue): number => {
    const mustGoAt = queue.mustGoAt() ?? Number.POSITIVE_INFINITY;
    const cameAt = mustGoAt - queue.yields;
    return Math.max(cameAt, Math.min(mustGoAt, cameAt + longestLull, busyUntil));
  };

  const nextQueue = (): Queue | undefined => {
    const now = performance.now();
    const ready = waiting().filter((queue) => mayGoAt(queue) <= now);
    return ready.toSorted((one, other) => (one.mustGoAt() ?? 0) - (other.mustGoAt() ?? 0))[0];
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

  const sendNext: Queue['sendNext'] = async () => {
    const batch = waiting.splice(0, most);
    const outcomes = await outcomesOf(batch);
    const tell = (): void => {
      for (const [index, each] of batch.entries()) settle(each, outcomes[index]);
    };
    return { went: batch.length, tell };
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

  const queue: Queue = { yields, mustGoAt: () => waiting[0]?.mustGoAt ?? null, sendNext };
  return { queue, add };
};
