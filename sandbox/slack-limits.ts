/** Slack's rate limits, on the clock: tiers per method and minute, one post a second and channel. */
import type { Clock } from './clock.ts';

export type Tier = 'tier1' | 'tier2' | 'tier3' | 'tier4' | 'post' | 'none';

type Bucket = { tokens: number; at: number };

const PER_MINUTE: Readonly<Record<Exclude<Tier, 'post' | 'none'>, number>> = {
  tier1: 1,
  tier2: 20,
  tier3: 50,
  tier4: 100,
};
const POSTS_PER_MINUTE = 600;

export type Limiter = {
  /** Takes one call; 0 when it is within the limits, else the seconds to wait (`Retry-After`). */
  take(method: string, tier: Tier, channel: string): number;
};

/** `channelBurst` posts in one channel pass at once, then one a second. */
export const createLimiter = (clock: Clock, channelBurst: number): Limiter => {
  const buckets = new Map<string, Bucket>();

  const waitFor = (key: string, capacity: number, perSecond: number): number => {
    const now = clock.now();
    const bucket = buckets.get(key) ?? { tokens: capacity, at: now };
    buckets.set(key, bucket);
    bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    // Refilling in fractions must not leave a caller who waited exactly long enough a hair short.
    return bucket.tokens >= 1 - 1e-6 ? 0 : Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond - 1e-6));
  };

  const spend = (key: string): void => {
    const bucket = buckets.get(key);
    if (bucket) bucket.tokens = Math.max(0, bucket.tokens - 1);
  };

  return {
    take: (method, tier, channel) => {
      if (tier === 'none') return 0;
      const perMinute = tier === 'post' ? POSTS_PER_MINUTE : PER_MINUTE[tier];
      const waits = [waitFor(method, perMinute, perMinute / 60)];
      if (tier === 'post') waits.push(waitFor(`${method} ${channel}`, channelBurst, 1));
      const wait = Math.max(...waits);
      if (wait > 0) return wait;
      spend(method);
      if (tier === 'post') spend(`${method} ${channel}`);
      return 0;
    },
  };
};
