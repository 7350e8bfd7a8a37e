import { type Logger, WebClient, type WebClientOptions } from '@slack/web-api';
import { type Duration, second } from '../domain/instant.ts';

/** No call lasts longer, whatever the network does. An unclear post may still land this long after it began. */
export const callLimit: Duration = 10 * second;

export interface SlackClientOptions {
  readonly token: string;
  /** Base of the Web API; `null` for Slack's own. */
  readonly apiUrl: string | null;
  readonly logger: Logger;
  /** Less than {@link callLimit} where somebody waits for the answer. */
  readonly limit?: Duration;
  /** In place of the platform's own, for those who count. */
  readonly fetch?: NonNullable<WebClientOptions['fetch']>;
}

/**
 * The client for saying and reading. It tries each call once: a post whose outcome is unclear must be looked up before
 * it is repeated (14.3), and a `Retry-After` holds up its own channel only, not the whole client (14.4).
 */
export const createSlackClient = ({ token, apiUrl, logger, limit = callLimit, fetch }: SlackClientOptions): WebClient =>
  new WebClient(token, {
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    ...(fetch === undefined ? {} : { fetch }),
    // The token goes to `slackApiUrl` and nowhere else.
    allowAbsoluteUrls: false,
    timeout: limit,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger,
  });
