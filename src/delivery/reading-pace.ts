import { type Duration, hour, type Instant, minute } from '../domain/instant.ts';
import type { Clock } from '../flows/ports.ts';

/** How often something may be read that others need too, by method. */
export interface ReadingPace {
  /** Whether one more call may be made now; counts it. */
  take(method: string): boolean;
  /** Slack refused for so long, or did not say for how long. */
  tooMany(method: string, after: Duration | null): void;
}

/** Slack allows fifty a minute; most of them are for those who have to look up what they said. */
const mostAMinute = 15;
/** Apps that are sold outside Slack's marketplace may read once a minute. Whoever was refused keeps to that for a while. */
const slowFor = hour;

/** In memory: another process keeps a pace of its own, and only one reads at a time. */
export const createReadingPace = (clock: Clock): ReadingPace => {
  const calls = new Map<string, readonly Instant[]>();
  const slowUntil = new Map<string, Instant>();
  const closedUntil = new Map<string, Instant>();

  return {
    take: (method) => {
      const now = clock.now();
      if ((closedUntil.get(method) ?? 0) > now) return false;
      const recent = (calls.get(method) ?? []).filter((at) => at > now - minute);
      const most = (slowUntil.get(method) ?? 0) > now ? 1 : mostAMinute;
      if (recent.length >= most) return false;
      calls.set(method, [...recent, now]);
      return true;
    },
    tooMany: (method, after) => {
      closedUntil.set(method, clock.now() + (after ?? minute));
      slowUntil.set(method, clock.now() + slowFor);
    },
  };
};
