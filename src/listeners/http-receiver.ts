import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type App, HTTPReceiver } from '@slack/bolt';
import type { Logger } from '@slack/web-api';
import { type Duration, minute, second } from '../domain/instant.ts';
import type { Clock, Log } from '../flows/ports.ts';
import { ackAfterWork, isEvent } from './ack-after-work.ts';
import { createHearing } from './hearing.ts';
import { createInHand } from './in-hand.ts';
import type { SlackReceiver } from './socket-receiver.ts';

/** The port that Slack's requests come to. It is not the receiver's own: whoever watches the process asks there too. */
interface RequestDoor {
  isOpen(): boolean;
  lend(handler: RequestListener): void;
}

export interface HttpReceiverOptions {
  readonly signingSecret: string;
  readonly door: RequestDoor;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly log: Log;
  /** How long `stop` waits for what is in hand. */
  readonly drainFor: Duration;
}

/**
 * Slack's signed requests on `/slack/events`, with acknowledgement after the write: see {@link ackAfterWork}, also for
 * what `app.error` must do. What a listener throws is answered 500, so that Slack sends an event again.
 *
 * Bolt's `processBeforeResponse` is off on purpose: it would hold a press's acknowledgement until its listener has ended,
 * and the sentence that is due after two seconds (14.1) could not be said.
 *
 * While it stops, events are refused, so that Slack sends them again; presses, forms and commands, which are not sent
 * again, are still taken until nothing is in hand. From then on every request is refused.
 */
export const createHttpReceiver = ({
  signingSecret,
  door,
  clock,
  logger,
  log,
  drainFor,
}: HttpReceiverOptions): SlackReceiver => {
  const inHand = createInHand();
  const hearing = createHearing(clock, quietFor);
  let state: 'closed' | 'taking' | 'stopping' = 'closed';

  const receiver = new HTTPReceiver({
    signingSecret,
    logger,
    endpoints: '/slack/events',
    bodyLimit,
    unhandledRequestTimeoutMillis: slackWaits,
    unhandledRequestHandler: ({ response }) => {
      log.warn('not acknowledged in time');
      refuse(response, 504);
    },
    processEventErrorHandler: async ({ error, response }) => {
      // What failed is told by `app.error`; what merely came too late was told above.
      if (!('code' in error) || error.code !== 'ERR_HTTP_HEADERS_SENT')
        log.warn('handling failed', { why: error.message });
      refuse(response, 500);
      return true;
    },
  });

  const take = (app: App, event: Event): Promise<void> => {
    if (state === 'closed' || (state === 'stopping' && isEvent(event.body))) {
      throw new Error('Taking a request failed: this process stops');
    }
    hearing.heard();
    return inHand.add(takeIn(app, event));
  };

  const takeIn = async (app: App, event: Event): Promise<void> => {
    try {
      await ackAfterWork(app, event);
    } catch (error) {
      if (isEvent(event.body)) hearing.failed(event.retryNum);
      throw error;
    }
  };

  const connected = (): boolean => state === 'taking' && door.isOpen();

  return {
    init: (app) => receiver.init(acknowledgingAfterWork(app, take)),
    start: async () => {
      state = 'taking';
      door.lend((request, response) => {
        if (state === 'closed') refuse(response, 503);
        else if (isFromLater(request)) refuse(response, 401);
        else handled(receiver, request, response);
      });
    },
    stop: async () => {
      if (state === 'closed') return;
      state = 'stopping';
      if (!(await inHand.drain(drainFor))) log.warn('stopped with work in hand');
      state = 'closed';
    },
    connected,
    hears: () => connected() && hearing.isSound(),
  };
};

type Event = Parameters<App['processEvent']>[0];

/** Bolt throws for an address that is not Slack's. */
const handled = (receiver: HTTPReceiver, ...[request, response]: Parameters<RequestListener>): void => {
  try {
    receiver.requestListener(request, response);
  } catch {
    refuse(response, 404);
  }
};

/** Bolt refuses what was signed more than five minutes ago, but not what will have been: that could be sent again for years. */
const isFromLater = ({ headers }: IncomingMessage): boolean =>
  Number(headers['x-slack-request-timestamp'] ?? 0) * second > Date.now() + replayWindow;

const replayWindow: Duration = 5 * minute;

/**
 * Whether requests still reach our door only requests can tell. Slack tries each for six minutes: a shorter silence has lost
 * nothing.
 */
const quietFor: Duration = 6 * minute;

/** Bytes. The largest that Slack sends is a form with all its fields full, written as a web form. */
const bodyLimit = 2 * 1024 * 1024;

/** Slack hangs up after three seconds. */
const slackWaits: Duration = 3 * second;

/** The same App, but the way in from the receiver. */
const acknowledgingAfterWork = (app: App, take: (app: App, event: Event) => Promise<void>): App =>
  Object.create(app, {
    processEvent: {
      value: async (event: Event) => take(app, event),
    },
  });

const refuse = (response: ServerResponse, status: number): void => {
  if (response.headersSent) return;
  response.writeHead(status);
  response.end();
};
