import type { Server, ServerResponse } from 'node:http';
import { type App, HTTPReceiver } from '@slack/bolt';
import type { Logger } from '@slack/web-api';
import { type Duration, second } from '../domain/instant.ts';
import type { Log } from '../flows/ports.ts';
import { ackAfterWork } from './ack-after-work.ts';
import { createInHand } from './in-hand.ts';
import type { SlackReceiver } from './socket-receiver.ts';
import { within } from './within.ts';

export interface HttpReceiverOptions {
  readonly signingSecret: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly logger: Logger;
  readonly log: Log;
  /** How long `stop` waits for what is in hand. */
  readonly drainFor: Duration;
}

export interface HttpReceiver extends SlackReceiver {
  /** The port it listens on. @throws before `start` */
  port(): number;
}

/**
 * Slack's signed requests on `/slack/events`, with acknowledgement after the write: see {@link ackAfterWork}, also for
 * what `app.error` must do. What a listener throws is answered 500, so that Slack sends an event again.
 *
 * Bolt's `processBeforeResponse` is off on purpose: it would hold a press's acknowledgement until its listener has ended,
 * and the sentence that is due after two seconds (14.1) could not be said.
 */
export const createHttpReceiver = ({
  signingSecret,
  port,
  logger,
  log,
  drainFor,
}: HttpReceiverOptions): HttpReceiver => {
  const inHand = createInHand();
  let server: Server | null = null;

  const receiver = new HTTPReceiver({
    signingSecret,
    port,
    logger,
    endpoints: '/slack/events',
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

  return {
    init: (app) => receiver.init(acknowledgingAfterWork(app, (work) => inHand.add(work))),
    start: async () => {
      server = await receiver.start(port);
    },
    stop: async () => {
      if (server === null) return;
      const closed = receiver.stop();
      if (!(await inHand.drain(drainFor))) log.warn('stopped with work in hand');
      // Connections kept open for a next request would hold up the close.
      server.closeIdleConnections();
      if (!(await within(politeFor, closed))) server.closeAllConnections();
      server = null;
      await closed;
    },
    connected: () => server?.listening ?? false,
    port: () => {
      const address = server?.address();
      if (address === null || address === undefined || typeof address === 'string') {
        throw new Error('Naming the port failed: the receiver does not listen');
      }
      return address.port;
    },
  };
};

/** Slack hangs up after three seconds. */
const slackWaits: Duration = 3 * second;

/** For answers that are on their way. */
const politeFor: Duration = second;

/** The same App, but the way in from the receiver. */
const acknowledgingAfterWork = (app: App, count: (work: Promise<void>) => Promise<void>): App =>
  Object.create(app, {
    processEvent: {
      value: (event: Parameters<App['processEvent']>[0]) => count(ackAfterWork(app, event)),
    },
  });

const refuse = (response: ServerResponse, status: number): void => {
  if (response.headersSent) return;
  response.writeHead(status);
  response.end();
};
