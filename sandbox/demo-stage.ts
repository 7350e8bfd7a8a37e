/** The demo's bot and local Slack on one moved clock. */
import { movedClock } from './clock.ts';
import { type DemoBot, manifestApp, startDemoBot, within } from './demo-app.ts';
import { type Cast, namesOfCast } from './demo-cast.ts';
import { furnish } from './demo-furniture.ts';
import { type Slack, startSlack } from './slack.ts';

export type Stage = {
  readonly slack: Slack;
  readonly cast: Cast;
  /** The moved instant, epoch ms. */
  now(): number;
  /** A person, channel or group by name. */
  nameOf(id: string): string;
  /** Lets everything that was begun come to its end, with the next tries of what Slack put off for some seconds. */
  settle(): Promise<void>;
  /** Moves the clock to the next instant at which the bot wants to act, no later than `at`, and lets it. @returns whether there was one */
  advance(at: number): Promise<boolean>;
  /** Moves the clock. */
  moveTo(at: number): void;
  /** Has the bot look at its desk again, as it does every minute. */
  keepDesk(): Promise<void>;
  stop(): Promise<void>;
};

/** @param startAt epoch ms */
export type StageOptions = DemoBot & { readonly startAt: number };

/** What Slack put off is tried again within this time. */
const breath = 20_000;
const mostLooks = 1_000;
const echoMs = 6;
const stopLimitMs = 5_000;

export const startStage = async ({ startAt, ...given }: StageOptions): Promise<Stage> => {
  // Frozen between moves: a rate limit then ends because the bot asked for a later instant, never by waiting.
  const clock = movedClock(startAt, { flows: false });
  const { furniture, cast } = furnish(given.plan, manifestApp());
  const slack = await startSlack({ furniture, clock, limits: given.limits });
  const bot = await startDemoBot(given, slack, clock).catch(async (error: unknown) => {
    await slack.stop();
    throw error;
  });
  const quiet = async (): Promise<void> => {
    for (let round = 0; round < 2; round += 1) {
      await slack.quiet();
      await bot.idle();
    }
  };
  const advance = async (at: number): Promise<boolean> => {
    const next = await bot.nextInstant();
    if (next === null || next > at) return false;
    if (next > clock.now()) clock.moveTo(next);
    await bot.tick();
    // What a tick does it has done when it returns; only the echo of its messages is still on its way.
    await slack.quiet(echoMs);
    await bot.idle();
    return true;
  };
  const settle = async (): Promise<void> => {
    await quiet();
    const until = clock.now() + breath;
    for (let looks = 0; await advance(until); looks += 1) {
      if (looks > mostLooks) throw new Error('Settling failed: something stays due');
    }
  };
  return {
    slack,
    cast,
    now: clock.now,
    nameOf: namesOfCast(furniture),
    settle,
    advance,
    moveTo: clock.moveTo,
    keepDesk: () => bot.keepDesk(),
    stop: async () => {
      await within(stopLimitMs, bot.stop());
      await slack.stop();
    },
  };
};
