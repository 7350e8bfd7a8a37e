import type { Duration } from '../domain/instant.ts';

/** Lets work that somebody waits for go before work that nobody does. */
export interface RightOfWay {
  /** Work that goes first, from its beginning to its end. */
  first<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing that goes first is under way, and after `most` milliseconds at the latest. */
  clear(most: Duration): Promise<void>;
}

export const createRightOfWay = (): RightOfWay => {
  const waiting = new Set<() => void>();
  let underWay = 0;

  return {
    first: async (work) => {
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
        if (underWay === 0) for (const go of waiting) go();
      }
    },
    clear: (most) =>
      new Promise((resolve) => {
        if (underWay === 0) return resolve();
        const go = (): void => {
          clearTimeout(timer);
          waiting.delete(go);
          resolve();
        };
        const timer = setTimeout(go, most);
        waiting.add(go);
      }),
  };
};
