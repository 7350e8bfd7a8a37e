import type { Duration } from '../domain/instant.ts';
import { within } from './within.ts';

/** Counts what is being handled, so that a stop can wait for it. */
export interface InHand {
  /** Gives back what the work gives. */
  add<T>(work: Promise<T>): Promise<T>;
  /** Waits until nothing is in hand, but no longer than a limit. True when nothing is left. */
  drain(limit: Duration): Promise<boolean>;
}

export const createInHand = (): InHand => {
  const all = new Set<Promise<unknown>>();

  const empty = async (): Promise<void> => {
    while (all.size > 0) await Promise.allSettled(all);
  };

  return {
    add: (work) => {
      const leave = (): void => {
        all.delete(work);
      };
      all.add(work);
      work.then(leave, leave);
      return work;
    },
    drain: (limit) => within(limit, empty()),
  };
};
