/** What the local Slack reads the time from: epoch milliseconds. */
export type Clock = { now(): number };

export type MovedClock = Clock & {
  /** Jumps to an instant (epoch ms). Backwards is refused: Slack's ts only rise. */
  moveTo(at: number): void;
  /** Jumps by so many milliseconds. */
  moveBy(ms: number): void;
};

/**
 * A clock that a test or the demo moves by hand. Frozen, it stands still between moves; flowing, real time
 * passes on top of the jumps.
 */
export const movedClock = (startAt: number, { flows }: { readonly flows: boolean }): MovedClock => {
  let base = startAt;
  let since = performance.now();
  const now = (): number => (flows ? base + Math.floor(performance.now() - since) : base);
  const moveTo = (at: number): void => {
    if (at < now()) throw new Error(`Cannot move the clock back from ${now()}: ${at} is earlier`);
    base = at;
    since = performance.now();
  };
  return { now, moveTo, moveBy: (ms) => moveTo(now() + ms) };
};
