import {
  LogLevel,
  type WebAPICallResult,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from '@slack/web-api';
import { z } from 'zod';
import { callLimit } from '../src/delivery/slack-client.ts';
import { type Instant, second } from '../src/domain/instant.ts';
import type { Closures } from './closures.ts';
import { type Faults, mishaps } from './faults.ts';
import type { Life } from './life.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { Mark, SlackMessage, SlackModel } from './slack-model.ts';

/** What a message was given to show, and when the process began to send it. */
export interface Drawing {
  readonly blocks: readonly unknown[];
  readonly begunAt: Instant;
}

export interface ClientParts {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly random: Random;
  readonly life: Life;
  readonly slack: SlackModel;
  readonly closures: Closures;
  /** Whether Slack shows the marks of messages when it is asked for them. */
  readonly showsMarks: boolean;
  readonly received: (message: SlackMessage) => void;
  readonly shown: (channel: string, ts: string, drawing: Drawing) => void;
  /** What is to be redrawn is not there, and stays as it was. */
  readonly notRedrawn: (channel: string, ts: string) => void;
}

const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** The product's own Slack client, but for what leaves the process: that goes to the model of Slack, in moved time. */
export class SimulatedClient extends WebClient {
  readonly parts: ClientParts;

  constructor(parts: ClientParts) {
    super('xoxb-simulated', { logger: silent, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });
    this.parts = parts;
  }

  override apiCall(method: string, options: Record<string, unknown> = {}): Promise<WebAPICallResult> {
    const { scheduler, faults, random, life } = this.parts;
    return new Promise((resolve, reject) => {
      const fate = faults.fateOf('slack');
      const there = fate === 'slow' ? Math.floor(random.between(second, 2 * callLimit)) : 20 * faults.latency();
      const begunAt = scheduler.now();
      // Who wakes after the time limit may look at the clock first, and give up an answer that lies there.
      const isGivenUp = (): boolean => scheduler.now() - begunAt > callLimit && random.chance(0.5);
      const settle = (work: () => void): void =>
        life.reach(() => (isGivenUp() ? reject(lostCall('ETIMEDOUT')) : work()));
      if (there > callLimit) {
        scheduler.in(callLimit, () => settle(() => reject(lostCall('ETIMEDOUT'))));
      }
      if (fate === 'asleep') life.sleep(Math.floor(random.between(mishaps.asleep.least, mishaps.asleep.most)));
      scheduler.in(there, () => {
        if (faults.isDown('slack', scheduler.now())) return settle(() => reject(this.downError()));
        if (fate === 'never' && random.chance(0.5)) return life.die();
        if (fate === 'limited') return settle(() => reject(new WebAPIRateLimitedError(random.whole(1, 30))));
        if (fate === 'refused')
          return settle(() => reject(random.chance(0.5) ? unavailable() : lostCall('ECONNREFUSED')));
        const answer = answerOf(method, options, begunAt, this.parts);
        if (fate === 'never') return life.die();
        if (fate === 'lost') return settle(() => reject(random.chance(0.5) ? unavailable() : lostCall('ECONNRESET')));
        return settle(() => (answer.ok ? resolve(answer) : reject(new WebAPIPlatformError(answer))));
      });
    });
  }

  downError(): Error {
    return this.parts.random.chance(0.5) ? unavailable() : lostCall('ECONNREFUSED');
  }
}

const unavailable = (): Error => new WebAPIHTTPError(503, 'Service Unavailable', {});

const lostCall = (code: string): Error => new WebAPIRequestError(Object.assign(new Error(code), { code }));

const options = z.object({
  channel: z.string().default(''),
  users: z.string().default(''),
  blocks: z.array(z.unknown()).default([]),
  ts: z.string().nullish(),
  thread_ts: z.string().nullish(),
  oldest: z.string().default('0'),
  limit: z.number().default(100),
  cursor: z.string().default(''),
  metadata: z
    .object({
      event_type: z.string(),
      event_payload: z.object({ ticket: z.string(), notice: z.string(), others: z.string() }),
    })
    .nullish(),
});

const directChannel = (userId: string): string => `D${userId}`;

type Answer =
  | ({ readonly ok: true; readonly [field: string]: unknown } & WebAPICallResult)
  | { readonly ok: false; readonly error: string };

const answerOf = (method: string, given: unknown, begunAt: Instant, parts: ClientParts): Answer => {
  const { slack, received, shown, showsMarks } = parts;
  const { channel: to, ts, thread_ts: threadTs, metadata, blocks, ...range } = options.parse(given);
  const channel = to.startsWith('U') ? directChannel(to) : to;
  const refusal = parts.closures.refusalOf(method, to, ts ?? threadTs ?? null);
  if (refusal !== null) {
    parts.faults.count('slack refused for good');
    if (method === 'chat.update') parts.notRedrawn(channel, ts ?? '');
    return { ok: false, error: refusal };
  }
  switch (method) {
    case 'chat.postMessage': {
      const message = slack.post({ channel, threadTs: threadTs ?? null, words: null, mark: metadata ?? null });
      received(message);
      if (message.threadTs === null) shown(channel, message.ts, { blocks, begunAt });
      return { ok: true, channel, ts: message.ts };
    }
    case 'chat.update':
      shown(channel, ts ?? '', { blocks, begunAt });
      return { ok: true, channel, ts };
    case 'chat.postEphemeral':
      return { ok: true, message_ts: '1.000001' };
    case 'conversations.open':
      return { ok: true, channel: { id: directChannel(range.users) } };
    case 'conversations.history':
    case 'conversations.replies': {
      const within = method === 'conversations.history' ? null : (ts ?? null);
      const found = slack.since(channel, within, Math.floor(Number(range.oldest) * 1000));
      const from = Number(range.cursor === '' ? 0 : range.cursor);
      const page = found.slice(from, from + range.limit);
      const more = from + range.limit < found.length ? String(from + range.limit) : '';
      const messages = page.map((each) => ({ ts: each.ts, ...(showsMarks ? marked(each.mark) : {}) }));
      return { ok: true, messages, response_metadata: { next_cursor: more } };
    }
    case 'chat.getPermalink':
      return { ok: true, permalink: `https://desk.example.test/archives/${channel}/p1` };
    default:
      throw new Error(`Calling '${method}' failed: the model of Slack does not know it`);
  }
};

const marked = (mark: Mark | null): { readonly metadata?: Mark } => (mark === null ? {} : { metadata: mark });
