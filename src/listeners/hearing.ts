import { type Duration, type Instant, minute } from '../domain/instant.ts';
import type { Clock } from '../flows/ports.ts';

/** Whether what Slack sends is taken in, as far as one process can know of it. */
export interface Hearing {
  /** Something came from Slack. */
  heard(): void;
  /** An event could not be taken in; which try of Slack's it was, 0 or absent for the first. */
  failed(retryNum: number | undefined): void;
  /** False in silence, and for a while after an event was lost: whoever audits takes that for an outage. */
  isSound(): boolean;
}

/** Slack sends an event again at once, after a minute and after five more: then never again. */
const lastTry = 3;
/** Longer than the silence that counts as an outage. */
const deafAfterLoss: Duration = 4 * minute;

/**
 * @param quietFor after so long without a word nobody can know that they are heard; `null` where the connection itself tells
 */
export const createHearing = (clock: Clock, quietFor: Duration | null): Hearing => {
  let heardAt: Instant = clock.now();
  let lostAt: Instant = Number.NEGATIVE_INFINITY;
  return {
    heard: () => {
      heardAt = clock.now();
    },
    failed: (retryNum = 0) => {
      if (retryNum >= lastTry) lostAt = clock.now();
    },
    isSound: () => {
      const now = clock.now();
      return now - lostAt >= deafAfterLoss && (quietFor === null || now - heardAt < quietFor);
    },
  };
};
