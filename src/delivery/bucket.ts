import { type Duration, type Instant, second } from '../domain/instant.ts';

/** So many calls at once, then one each `every`; 0 where there is no limit. */
export interface Rate {
  readonly every: Duration;
  readonly burst: number;
}

/** What may still be called under one limit. Between any two instants it lets through `burst` calls and one each `every`. */
export interface Bucket {
  /** From when the next call may begin. */
  freeAt(now: Instant): Instant;
  /** Nothing has been called for so long that all of the burst may be called at once. */
  isFull(now: Instant): boolean;
  take(now: Instant): void;
  /** The call was not needed after all. */
  giveBack(now: Instant): void;
  /** The slot behind everything that was promised so far; `reserve` promises it. */
  nextSlot(now: Instant): Instant;
  reserve(now: Instant): void;
  /** Slack said that it was too many: half the pace from now on, and nothing before `until` (14.4). */
  slowDown(now: Instant, until: Instant): void;
  isSlowed(now: Instant): boolean;
  /** Slack wants no call at that instant. */
  isClosedAt(at: Instant): boolean;
  /** The time between two calls at the present pace. */
  interval(now: Instant): Duration;
}

const slowest = 1 / 32;

/** Half the pace is made good in 100 s: fast enough for one process, gentle enough for several that share a limit. */
const recovery = 0.005 / second;

export const createBucket = ({ every, burst }: Rate): Bucket => {
  /** When all that was called so far has been worked off at one call each interval. */
  let doneAt: Instant = 0;
  /** The same of what was promised. */
  let promisedAt: Instant = 0;
  let closedUntil: Instant = 0;
  let slowed: { readonly at: Instant; readonly pace: number } | null = null;

  const paceAt = (now: Instant): number =>
    slowed === null ? 1 : Math.min(1, slowed.pace + Math.max(0, now - slowed.at) * recovery);
  const interval = (now: Instant): Duration => Math.ceil(every / paceAt(now));
  const leeway = (now: Instant): Duration => (burst - 1) * interval(now);
  const isFull = (now: Instant): boolean => Math.max(doneAt, closedUntil) <= now;

  return {
    freeAt: (now) => Math.max(now, closedUntil, doneAt - leeway(now)),
    isFull,
    take: (now) => {
      doneAt = Math.max(doneAt, now) + interval(now);
      promisedAt = Math.max(promisedAt, doneAt);
    },
    giveBack: (now) => {
      doneAt -= interval(now);
    },
    nextSlot: (now) => Math.max(now, closedUntil, Math.max(promisedAt, doneAt) - leeway(now)),
    reserve: (now) => {
      promisedAt = Math.max(promisedAt, doneAt, now, closedUntil) + interval(now);
    },
    slowDown: (now, until) => {
      // Calls that were under way together are told so together: that is one lesson, not several.
      if (closedUntil <= now) slowed = { at: now, pace: Math.max(slowest, paceAt(now) / 2) };
      closedUntil = Math.max(closedUntil, until);
      // No burst at once when it is over.
      doneAt = Math.max(doneAt, closedUntil + leeway(now));
    },
    isSlowed: (now) => paceAt(now) < 1,
    isClosedAt: (at) => at < closedUntil,
    interval,
  };
};
