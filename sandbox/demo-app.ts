/** The demo's bot: the app that its manifest describes, started on a local Slack. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { startTierline, type Tierline } from '../src/app.ts';
import { createLog } from '../src/logger.ts';
import type { Clock } from './clock.ts';
import type { DeskPlan } from './demo-policy.ts';
import type { Slack } from './slack.ts';
import type { AppSeed } from './slack-furniture.ts';

export type DemoBot = {
  readonly plan: DeskPlan;
  /** The text the plan was read from. */
  readonly text: string;
  readonly mongodbUri: string;
  /** Whether Slack's rate limits are kept by the bot, and enforced by the local Slack. */
  readonly limits: boolean;
  /** Hears what the bot logs at `warn` and above. */
  readonly onLog: (line: string) => void;
};

/** Starts the bot in moved time: whoever starts it says when to look. */
export const startDemoBot = (
  { plan, text, mongodbUri, limits, onLog }: DemoBot,
  slack: Slack,
  clock: Clock,
): Promise<Tierline> =>
  startTierline({
    botToken: slack.tokens.bot,
    connection: { kind: 'socket', appToken: slack.tokens.app },
    slackApiUrl: slack.apiUrl,
    port: 0,
    host: '127.0.0.1',
    mongodbUri,
    leaseSeconds: 30,
    drainSeconds: 3,
    deskPlan: plan,
    deskFileText: text,
    sweepCron: null,
    ...(limits ? {} : { pacing: 'none' as const }),
    clock,
    log: createLog('warn', onLog),
  });

const manifestSchema = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
  features: z.object({
    app_home: z.object({ home_tab_enabled: z.boolean() }),
    slash_commands: z.array(z.object({ command: z.string(), description: z.string(), usage_hint: z.string() })),
    shortcuts: z.array(
      z.object({
        name: z.string(),
        type: z.enum(['message', 'global']),
        callback_id: z.string(),
        description: z.string(),
      }),
    ),
  }),
});

export const readManifest = (): z.infer<typeof manifestSchema> =>
  manifestSchema.parse(parse(readFileSync(fileURLToPath(new URL('../manifest.yml', import.meta.url)), 'utf8')));

/** The app with just what its manifest asks for. */
export const manifestApp = (): AppSeed => {
  const { oauth_config, settings, features } = readManifest();
  return {
    name: 'Tierline',
    scopes: oauth_config.scopes.bot,
    botEvents: settings.event_subscriptions.bot_events,
    commands: features.slash_commands.map(({ command }) => command),
  };
};

/** A bot that does not stop must not keep us from tidying up after it. */
export const within = async (ms: number, work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => {}), limit]);
  clearTimeout(timer);
};
