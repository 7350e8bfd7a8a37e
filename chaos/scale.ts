/**
 * How much shorter everything is here than in life: the settings of 13.6, Slack's own waits, and what counts as late. Two
 * waits stay as they are, since no setting names them: a call's limit of 10 s and the 10 s after it (14.3).
 */
export const scale = 10;

const second = 1_000;

/** Milliseconds of real time for so many of life's. */
const scaled = (ms: number): number => ms / scale;

/** Settings of 13.6, shortened; cron knows nothing shorter than a second. */
export const settings = {
  SWEEP_CRON: '* * * * * *',
  AUDIT_CRON: `*/${scaled(180)} * * * * *`,
  LEASE_SECONDS: `${scaled(30)}`,
  DRAIN_SECONDS: `${Math.round(scaled(25))}`,
  LOG_LEVEL: 'info',
} as const;

/** Slack's pauses before it sends an event again: at once, after 1 min, after 5 min. */
export const redeliverAfterMs: readonly number[] = [0, scaled(60 * second), scaled(300 * second)];

/** What comes later than this after a process could act is late. */
export const lateAfter = scaled(60 * second);

/** An unclear call is looked up only when it can no longer land: its limit of 10 s, and 10 s more (14.3). */
export const landing = 20 * second;

/** What a `Retry-After` of half a minute is here; Slack counts in whole seconds. */
export const retryAfterSeconds = Math.round(scaled(30));
