/** A write that waits for its turn. */
interface Waiting<Write, Outcome> {
  readonly write: Write;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

/** What came of one write of a batch. */
export type Landed<Outcome> = { readonly outcome: Outcome } | { readonly error: unknown };

export interface BatchLimits {
  /** Writes in one batch: a server keeps other writers of the collection waiting meanwhile. */
  readonly most: number;
  /** Batches on their way at once. */
  readonly atOnce: number;
  /** Resolves when it is their turn; asked before each batch. Left out, it always is. */
  readonly turn?: () => Promise<void>;
}

/**
 * Sends writes together that come together. Nothing waits for company: the first goes out at once, and what comes while
 * `atOnce` batches are on their way goes with the next.
 *
 * @param send carries out a batch, in any order; what it throws is the outcome of each of its writes
 */
export const writeBatches = <Write, Outcome>(
  send: (writes: readonly Write[]) => Promise<readonly Landed<Outcome>[]>,
  { most, atOnce, turn = async () => {} }: BatchLimits,
): ((write: Write) => Promise<Outcome>) => {
  const waiting: Waiting<Write, Outcome>[] = [];
  let underWay = 0;
  let woken = false;

  const wake = (): void => {
    if (woken) return;
    woken = true;
    setImmediate(async () => {
      await turn();
      woken = false;
      while (underWay < atOnce && waiting.length > 0) void sendNext(waiting.splice(0, most));
    });
  };

  const sendNext = async (batch: readonly Waiting<Write, Outcome>[]): Promise<void> => {
    underWay += 1;
    try {
      const landed = await send(batch.map(({ write }) => write));
      for (const [index, each] of batch.entries()) settle(each, landed[index]);
    } catch (error) {
      for (const each of batch) each.reject(error);
    } finally {
      underWay -= 1;
      if (waiting.length > 0) wake();
    }
  };

  const settle = (each: Waiting<Write, Outcome>, landed: Landed<Outcome> | undefined): void => {
    if (landed === undefined)
      each.reject(new Error('Sending a batch failed: it answered for fewer writes than it was given'));
    else if ('error' in landed) each.reject(landed.error);
    else each.resolve(landed.outcome);
  };

  return (write) =>
    new Promise((resolve, reject) => {
      waiting.push({ write, resolve, reject });
      wake();
    });
};
