import { minute, second } from '../domain/instant.ts';
import type { Rate } from './bucket.ts';

/** The methods that are paced: those that say something, and those that look for what was said. */
export type PacedMethod =
  | 'chat.postMessage'
  | 'chat.update'
  | 'chat.postEphemeral'
  | 'conversations.history'
  | 'conversations.replies';

interface Limit {
  readonly name: string;
  readonly rate: Rate;
}

/** Short bursts are tolerated, says Slack, and not how short. A new ticket says three things in its tier's channel. */
const perChannel: Rate = { every: second, burst: 3 };

/** Several hundred a minute in a workspace. */
const perWorkspace: Rate = { every: minute / 300, burst: 20 };

const tier3: Rate = { every: minute / 50, burst: 10 };
const tier4: Rate = { every: minute / 100, burst: 20 };

/** The limits of a call, the narrowest first: that is the one a 429 is taken to be about. */
export type Limits = (method: PacedMethod, channel: string) => readonly [Limit, ...Limit[]];

/** What Slack allows (docs.slack.dev/apis/web-api/rate-limits). */
export const slackLimits: Limits = (method, channel) => {
  switch (method) {
    case 'chat.postMessage':
      return [
        { name: `${method} ${channel}`, rate: perChannel },
        { name: method, rate: perWorkspace },
      ];
    case 'chat.postEphemeral':
      return [{ name: method, rate: tier4 }];
    case 'chat.update':
    case 'conversations.history':
    case 'conversations.replies':
      return [{ name: method, rate: tier3 }];
  }
};

/** Whether Slack counts the calls of a method for each channel by itself. */
export const isPerChannel = (method: string): boolean => method === 'chat.postMessage';

/** None of our own; what Slack refuses is obeyed all the same. For where time stands still, and where throughput is measured. */
export const noLimits: Limits = (method, channel) => [
  { name: isPerChannel(method) ? `${method} ${channel}` : method, rate: { every: 0, burst: 1 } },
];
