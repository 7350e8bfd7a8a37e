/** A moment in epoch milliseconds, UTC. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Duration = number;

export const second: Duration = 1_000;
export const minute: Duration = 60 * second;
export const hour: Duration = 60 * minute;
export const day: Duration = 24 * hour;
