import { setTimeout as sleep } from 'node:timers/promises';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { createPacer, type Pacer } from '../delivery/pacer.ts';
import type { Fetch } from '../delivery/slack-fetch.ts';
import { noLimits, slackLimits } from '../delivery/slack-rates.ts';
import { second } from '../domain/instant.ts';
import type { Self } from '../listeners/bolt-app.ts';
import { createHttpReceiver } from '../listeners/http-receiver.ts';
import { createSocketReceiver, type SlackReceiver } from '../listeners/socket-receiver.ts';
import { sdkLogger } from '../logger.ts';
import type { Meters } from '../watching/meters.ts';
import type { Watching } from '../watching/watching.ts';
import type { AppOptions } from './app-options.ts';
import { reasonOf, StartError } from './start-error.ts';

/** Two, so that one carries on while Slack renews the other; Slack allows an app ten (13.2). */
const socketConnections = 2;

/** Which workspace and bot the token is for. @throws StartError when Slack does not take it, or does not answer */
export const whoAmI = async (client: WebClient): Promise<Self> => {
  try {
    const { team_id: team, user_id: botUserId, bot_id: botId } = await client.auth.test();
    if (team === undefined || botUserId === undefined || botId === undefined)
      throw new Error('the answer is incomplete');
    return { team, botUserId, botId };
  } catch (cause) {
    throw new StartError([refusedToken('SLACK_BOT_TOKEN', cause)], { cause });
  }
};

/** Slack's own troubles: no token is to blame. */
const passing: ReadonlySet<string> = new Set([
  'service_unavailable',
  'internal_error',
  'fatal_error',
  'request_timeout',
]);

const refusedToken = (setting: string, cause: unknown): string =>
  cause instanceof WebAPIPlatformError && !passing.has(cause.data.error)
    ? `${setting}: Slack does not take it (${cause.data.error})`
    : `Slack does not answer (${reasonOf(cause)})`;

/** The way that Slack's events come by. */
export const receiverFor = (
  { connection, drainSeconds, clock, log }: AppOptions,
  apiUrl: string | null,
  door: Watching,
  fetch: Fetch,
): SlackReceiver => {
  const drainFor = drainSeconds * second;
  const logger = sdkLogger(log, 'receiver');
  switch (connection.kind) {
    case 'socket':
      return createSocketReceiver({
        appToken: connection.appToken,
        apiUrl,
        fetch,
        connections: socketConnections,
        clock,
        logger,
        log,
        drainFor,
      });
    case 'http':
      return createHttpReceiver({ signingSecret: connection.signingSecret, door, clock, logger, log, drainFor });
  }
};

/** Over HTTP nothing is opened that could fail. */
export const startReceiver = async (starting: Promise<unknown>): Promise<void> => {
  try {
    await starting;
  } catch (cause) {
    throw new StartError([refusedToken('SLACK_APP_TOKEN', cause)], { cause });
  }
};

/** In time moved by hand nobody can wait: what is too much is put off at once. */
export const pacerFor = ({ clock, pacing, sweepCron, leaseSeconds }: AppOptions) =>
  createPacer({
    clock,
    limits: pacing === 'none' ? noLimits : slackLimits,
    // Begun at the latest while the notice is still this process's to say: see `stillHolds`.
    patience: sweepCron === null ? 0 : (leaseSeconds * second) / 5,
    wait: (ms) => sleep(ms),
  });

/** Tells which notices were tried from those that were only put off. */
export const countedPacer = (pacer: Pacer, { sending }: Meters): Pacer => ({
  ...pacer,
  run: (call, work) => pacer.run(call, sending(call.key, work)),
});
