/** One workspace to play in: a local Slack, a clock, and a bot that can be stopped and started on the same database. */
import type { Tierline } from '../src/app.ts';
import { type DemoBot, manifestApp, startDemoBot, within } from './demo-app.ts';
import type { Cast } from './demo-cast.ts';
import { furnish } from './demo-furniture.ts';
import type { PageFaults } from './page/protocol.ts';
import { type PageClockwork, pageClock } from './page-clock.ts';
import { type Slack, startSlack } from './slack.ts';

type BotState = PageFaults['bot'];

export type PageStage = {
  readonly slack: Slack;
  readonly cast: Cast;
  readonly clock: PageClockwork;
  /** null while it is stopped. */
  bot(): Tierline | null;
  botState(): BotState;
  startBot(): Promise<void>;
  stopBot(): Promise<void>;
  /** Lets everything that was begun come to its end. */
  calm(): Promise<void>;
  /** Carries out what is due now. */
  tick(): Promise<void>;
  /** Has the bot look for what it missed. */
  lookBack(): Promise<void>;
  stop(): Promise<void>;
};

/** Without Slack's rate limits: they would have people wait, and a long move of the clock stop at every second of a burst. */
export type PageStageOptions = Omit<DemoBot, 'limits'> & {
  /** Epoch ms. */
  readonly startAt: number;
  /** Whether real time flows on the clock between moves. */
  readonly flows: boolean;
};

const stopLimitMs = 8_000;

/** @throws StartError when the bot cannot start */
export const startPageStage = async ({ startAt, flows, ...given }: PageStageOptions): Promise<PageStage> => {
  const clock = pageClock(startAt, flows);
  const { furniture, cast } = furnish(given.plan, manifestApp());
  const slack = await startSlack({ furniture, clock, limits: false });
  let bot: Tierline | null = null;
  let state: BotState = 'stopped';

  const calm = async (): Promise<void> => {
    for (let isCalm = false; !isCalm; ) {
      await slack.unbusy();
      await bot?.idle();
      isCalm = !slack.isBusy();
    }
  };

  const startBot = async (): Promise<void> => {
    if (state !== 'stopped') return;
    state = 'starting';
    try {
      bot = await startDemoBot({ ...given, limits: false }, slack, clock);
      state = 'running';
    } catch (error) {
      state = 'stopped';
      throw error;
    }
  };

  const stopBot = async (): Promise<void> => {
    if (bot === null || state !== 'running') return;
    state = 'stopping';
    const leaving = bot;
    bot = null;
    await within(stopLimitMs, leaving.stop());
    state = 'stopped';
  };

  try {
    await startBot();
  } catch (error) {
    await slack.stop();
    throw error;
  }
  return {
    slack,
    cast,
    clock,
    bot: () => bot,
    botState: () => state,
    startBot,
    stopBot,
    calm,
    tick: async () => {
      await bot?.tick();
    },
    lookBack: async () => {
      await bot?.audit();
      await bot?.tick();
    },
    stop: async () => {
      await stopBot();
      await slack.stop();
    },
  };
};
