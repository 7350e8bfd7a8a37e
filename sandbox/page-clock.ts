/** The page's clock: real time flows on it while people read and press, and it stands still while it is moved. */
import type { Clock } from './clock.ts';

export type PageClockwork = Clock & {
  /** Jumps forward; never back. */
  moveTo(at: number): void;
  /** Stands still until `flow`. */
  hold(): void;
  flow(): void;
};

/** @param flows false: it moves by hand alone, for those who compare two records to the millisecond */
export const pageClock = (startAt: number, flows: boolean): PageClockwork => {
  let base = startAt;
  let since: number | null = flows ? performance.now() : null;
  const now = (): number => (since === null ? base : base + Math.floor(performance.now() - since));
  const set = (at: number, isFlowing: boolean): void => {
    base = at;
    since = isFlowing ? performance.now() : null;
  };
  return {
    now,
    moveTo: (at) => {
      if (at > now()) set(at, since !== null);
    },
    hold: () => set(now(), false),
    flow: () => set(now(), flows),
  };
};
