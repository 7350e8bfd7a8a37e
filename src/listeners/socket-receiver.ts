import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { z } from 'zod';
import type { Duration } from '../domain/instant.ts';
import type { Clock, Log } from '../flows/ports.ts';
import { ackAfterWork, isEvent } from './ack-after-work.ts';
import { createHearing } from './hearing.ts';
import { createInHand } from './in-hand.ts';
import type { Envelope, SocketOptions } from './socket-connection.ts';
import { createSocketLink } from './socket-link.ts';

/** A receiver of which one can ask whether Slack reaches it. */
export interface SlackReceiver extends Receiver {
  connected(): boolean;
  /** Whether all that Slack sends is taken in: see {@link Hearing}. */
  hears(): boolean;
}

export interface SocketReceiverOptions extends SocketOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** How many connections to keep; two leave no gap when one is renewed. Slack allows an app ten. */
  readonly connections: number;
  /** How long `stop` waits for what is in hand. */
  readonly drainFor: Duration;
}

/**
 * Socket Mode with acknowledgement after the write: see {@link ackAfterWork}, also for what `app.error` must do.
 *
 * `start` resolves once one connection is greeted and rejects when none is; from then on lost connections are opened anew
 * without end. `stop` leaves new events to be sent again, still takes presses, forms and commands (they are not), waits
 * for what is in hand, and hangs up.
 */
export const createSocketReceiver = (options: SocketReceiverOptions): SlackReceiver => {
  const { clock, log, connections, drainFor, ...socket } = options;
  const inHand = createInHand();
  const hearing = createHearing(clock, null);
  let app: App | null = null;
  let isStopping = false;

  const handle = async (envelope: Envelope): Promise<void> => {
    const event = eventIn(envelope, log);
    if (event === null) return acknowledge(envelope, undefined, log);
    if (app === null || (isStopping && isEvent(event.body))) return;
    try {
      await ackAfterWork(app, event);
    } catch (error) {
      if (isEvent(event.body)) hearing.failed(event.retryNum);
      // What failed is told by `app.error`.
      const why = error instanceof Error ? error.message : String(error);
      log.warn('handling failed', { envelope: envelope.envelope_id, why });
    }
  };

  const links = Array.from({ length: connections }, () =>
    createSocketLink({ ...socket, log, handle: (envelope) => inHand.add(handle(envelope)) }),
  );

  const connected = (): boolean => links.some((link) => link.isConnected());

  return {
    init: (given) => {
      app = given;
    },
    start: async () => {
      const opened = await Promise.allSettled(links.map((link) => link.open()));
      const failed = opened.find((each) => each.status === 'rejected');
      if (failed === undefined || opened.some((each) => each.status === 'fulfilled')) return;
      await Promise.all(links.map((link) => link.close()));
      throw failed.reason;
    },
    stop: async () => {
      isStopping = true;
      if (!(await inHand.drain(drainFor))) log.warn('stopped with work in hand');
      await Promise.all(links.map((link) => link.close()));
      // What came while they were being closed.
      await inHand.drain(drainFor);
    },
    connected,
    hears: () => connected() && hearing.isSound(),
  };
};

const bodyShape = z.record(z.string(), z.unknown());

/** `null` when there is nothing in it for listeners. */
const eventIn = (envelope: Envelope, log: Log): ReceiverEvent | null => {
  const { body, retry_num, retry_reason } = envelope;
  const parsed = bodyShape.safeParse(body);
  if (!parsed.success) return null;
  return {
    body: parsed.data,
    ...(retry_num === undefined ? {} : { retryNum: retry_num }),
    ...(retry_reason === undefined ? {} : { retryReason: retry_reason }),
    ack: (response: unknown) => acknowledge(envelope, response, log),
  };
};

/** What was to be stored is stored: a lost acknowledgement must not stop the listener. Slack sends events again. */
const acknowledge = async (envelope: Envelope, response: unknown, log: Log): Promise<void> => {
  try {
    await envelope.ack(response);
  } catch (error) {
    log.warn('acknowledgement did not reach Slack', { envelope: envelope.envelope_id, error });
  }
};
