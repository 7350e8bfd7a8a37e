/** The demo's bot and local Slack on one moved clock. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { startTierline } from '../src/app.ts';
import { createLog } from '../src/logger.ts';
import { movedClock } from './clock.ts';
import { type Cast, namesOfCast } from './demo-cast.ts';
import { furnish } from './demo-furniture.ts';
import type { DeskPlan } from './demo-policy.ts';
import { type Slack, startSlack } from './slack.ts';
import type { AppSeed } from './slack-furniture.ts';

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

export type StageOptions = {
  readonly plan: DeskPlan;
  readonly text: string;
  readonly mongodbUri: string;
  /** Epoch ms. */
  readonly startAt: number;
  /** Hears what the bot logs at `warn` and above. */
  readonly onLog: (line: string) => void;
};

/** What Slack put off is tried again within this time. */
const breath = 20_000;
const mostLooks = 1_000;
const echoMs = 6;
const stopLimitMs = 5_000;

export const startStage = async ({ plan, text, mongodbUri, startAt, onLog }: StageOptions): Promise<Stage> => {
  // Frozen between moves: a rate limit then ends because the bot asked for a later instant, never by waiting.
  const clock = movedClock(startAt, { flows: false });
  const { furniture, cast } = furnish(plan, manifestApp());
  const slack = await startSlack({ furniture, clock, limits: true });
  const bot = await startTierline({
    botToken: slack.tokens.bot,
    connection: { kind: 'socket', appToken: slack.tokens.app },
    slackApiUrl: slack.apiUrl,
    port: 0,
    mongodbUri,
    leaseSeconds: 30,
    drainSeconds: 3,
    deskPlan: plan,
    deskFileText: text,
    sweepCron: null,
    clock,
    log: createLog('warn', onLog),
  }).catch(async (error: unknown) => {
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

const manifestSchema = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
  features: z.object({ slash_commands: z.array(z.object({ command: z.string() })) }),
});

/** The app with just what its manifest asks for. */
const manifestApp = (): AppSeed => {
  const file = fileURLToPath(new URL('../manifest.yml', import.meta.url));
  const { oauth_config, settings, features } = manifestSchema.parse(parse(readFileSync(file, 'utf8')));
  return {
    name: 'Tierline',
    scopes: oauth_config.scopes.bot,
    botEvents: settings.event_subscriptions.bot_events,
    commands: features.slash_commands.map(({ command }) => command),
  };
};

/** A bot that does not stop must not keep us from tidying up after it. */
const within = async (ms: number, work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => {}), limit]);
  clearTimeout(timer);
};
