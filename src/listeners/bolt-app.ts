import { App, type Receiver } from '@slack/bolt';
import type { Logger, WebClientOptions } from '@slack/web-api';
import { type Duration, second } from '../domain/instant.ts';

/** Who the bot is, as `auth.test` says. */
export interface Self {
  readonly team: string;
  readonly botUserId: string;
  readonly botId: string;
}

export interface BoltOptions {
  readonly receiver: Receiver;
  readonly botToken: string;
  readonly apiUrl: string | null;
  readonly self: Self;
  readonly logger: Logger;
  /** In place of the platform's own, for those who count. */
  readonly fetch: NonNullable<WebClientOptions['fetch']>;
}

/** A trigger lives three seconds: a form that is not open by then never will be. */
const formLimit: Duration = 2.5 * second;

/** Bolt, told who it is, so that it asks nothing before it acks; with no memory of its own and no retries. */
export const createBoltApp = ({ receiver, botToken, apiUrl, self, logger, fetch }: BoltOptions): App =>
  new App({
    receiver,
    authorize: async () => ({ botToken, botId: self.botId, botUserId: self.botUserId, teamId: self.team }),
    convoStore: false,
    logger,
    clientOptions: {
      ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
      fetch,
      allowAbsoluteUrls: false,
      timeout: formLimit,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
  });
