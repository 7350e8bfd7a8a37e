/** Lets time pass: the clock stops at each instant at which something is due, and waits until all is said. */
import type { PageStage } from './page-stage.ts';

export type Passing = {
  /** Asked at each stop; true ends the way there. */
  readonly isEnded?: () => boolean;
  /** Called after each stop. */
  readonly onStop?: () => void;
};

/** Far more than one instant can ask for: whatever stays due then is left to later. */
const mostLooksAtOnce = 50;
const skipMs = 1_000;

/**
 * Carries out what is due up to `at` (epoch ms, a full second), each thing at its own instant, to the second. The clock is left
 * at the last.
 * @returns whether it was ended on the way
 */
export const passInstants = async (stage: PageStage, at: number, passing: Passing = {}): Promise<boolean> => {
  const { clock } = stage;
  await stage.calm();
  for (let looks = 0; ; ) {
    if (passing.isEnded?.() === true) return true;
    const next = await nextStop(stage);
    if (next === null || next > at) return false;
    looks = next > clock.now() ? 0 : looks + 1;
    if (looks > mostLooksAtOnce) {
      // With a fault in the way something may stay due for ever: time goes on all the same.
      if (clock.now() >= at) return false;
      clock.moveTo(Math.min(at, clock.now() + skipMs));
      looks = 0;
    } else clock.moveTo(next);
    await stage.tick();
    await stage.calm();
    passing.onStop?.();
  }
};

/** What is due within one second is carried out at its end, together. */
const dueGridMs = 1_000;
/** What Slack put off is said as often as the bot's own schedule looks. */
const sayGridMs = 5_000;

const upTo = (at: number, grid: number): number => Math.ceil(at / grid) * grid;

/** Where moves begin and end: then many small ones stop where a long one does. */
export const secondAfter = (at: number): number => upTo(at, dueGridMs);

/**
 * When the bot next wants something, or Slack delivers once more what was not taken; null when neither does. The stops lie on a
 * grid of the clock itself, so that many small moves have the same ones as a long move.
 */
const nextStop = async ({ bot, slack }: PageStage): Promise<number | null> => {
  const { dueAt, sayAt } = (await bot()?.wanted()) ?? { dueAt: null, sayAt: null };
  const stops = [
    slack.nextRedelivery(),
    dueAt === null ? null : secondAfter(dueAt),
    sayAt === null ? null : upTo(sayAt, sayGridMs),
  ].filter((at) => at !== null);
  return stops.length === 0 ? null : Math.min(...stops);
};

/** Long enough for what Slack put off by some seconds. */
const breath = 20_000;

/** Lets everything that was begun come to its end, with the next tries of what Slack put off. */
export const settle = async (stage: PageStage): Promise<void> => {
  await passInstants(stage, secondAfter(stage.clock.now() + breath));
};
