import { SocketModeClient } from '@slack/socket-mode';
import type { Logger, WebClientOptions } from '@slack/web-api';
import { z } from 'zod';
import { type Duration, second } from '../domain/instant.ts';
import { within } from './within.ts';

/** What Slack sends over a socket: an event, a press, a form, a command. */
export interface Envelope {
  readonly envelope_id: string;
  /** Absent, or without an inner event, in what is not for listeners. */
  readonly body?: unknown;
  readonly retry_num?: number;
  readonly retry_reason?: string;
  /** Rejects when the connection is gone. */
  readonly ack: (response?: unknown) => Promise<void>;
}

export interface SocketConnection {
  /** `leaving`: Slack will close it soon, and gives the reason. `closed`: it is gone. Settles with what comes first. */
  readonly over: Promise<{ readonly how: 'leaving' | 'closed'; readonly reason: string }>;
  /** Settles when it is gone, whoever ended it. */
  readonly gone: Promise<void>;
  isOpen(): boolean;
  /** Ends it, politely where the other side plays along. Never rejects; takes at most a second. */
  close(): Promise<void>;
}

export interface SocketOptions {
  readonly appToken: string;
  /** Base of the Web API; `null` for Slack's own. */
  readonly apiUrl: string | null;
  readonly logger: Logger;
  /** In place of the platform's own, for those who count. */
  readonly fetch?: NonNullable<WebClientOptions['fetch']>;
  /** How long an answer to a ping may take before the connection counts as dead; 15 s when left out. */
  readonly pongWithin?: Duration;
}

/**
 * Opens one connection and waits until Slack greets on it.
 *
 * @throws when Slack gives no address, or does not greet within 10 s
 */
export const openSocketConnection = async (
  options: SocketOptions,
  take: (envelope: Envelope) => void,
): Promise<SocketConnection> => {
  const client = newClient(options);
  const gone = new Promise<void>((resolve) => {
    client.on('disconnected', () => resolve());
  });
  const over = new Promise<Awaited<SocketConnection['over']>>((resolve) => {
    client.on('leaving', (reason: string) => resolve({ how: 'leaving', reason }));
    client.on('disconnected', () => resolve({ how: 'closed', reason: 'connection lost' }));
  });
  client.on('slack_event', take);
  const close = async (): Promise<void> => {
    client.on('connected', () => client.websocket?.disconnect());
    await within(politeFor, client.disconnect());
    // Slack does not always answer a close; asked a second time, the client drops the connection.
    client.websocket?.disconnect();
  };
  try {
    const greeting = client.start().catch((error: unknown) => {
      throw error ?? new Error('Opening a connection failed: it was closed before Slack greeted');
    });
    if (await within(openFor, greeting))
      return { over, gone, isOpen: () => client.websocket?.isActive() ?? false, close };
    throw new Error(`Opening a connection failed: no greeting within ${openFor} ms`);
  } catch (error) {
    await close();
    throw error;
  }
};

const openFor: Duration = 10 * second;
const politeFor: Duration = second;
/** Longer than the client's own 5 s: a busy process may be slow to see a pong. */
const pongFor: Duration = 15 * second;

const newClient = ({ appToken, apiUrl, logger, fetch, pongWithin = pongFor }: SocketOptions): SocketModeClient =>
  new GentleClient({
    appToken,
    logger,
    clientPingTimeout: pongWithin,
    // Its own reconnecting leaves a gap of seconds, and an unhandled rejection when it fails for good.
    autoReconnectEnabled: false,
    // Made anew for each client, which writes into it.
    clientOptions: {
      ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
      ...(fetch === undefined ? {} : { fetch }),
      allowAbsoluteUrls: false,
      timeout: openFor,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
  });

const frameShape = z.looseObject({ type: z.string(), reason: z.string().default(''), payload: z.unknown().optional() });
const withEvent = z.object({ event: z.object({ type: z.string() }) });

/**
 * Slack's client, but it does not hang up at once when Slack announces the end of a connection, since acks may still be
 * owed on it; and it survives an envelope without an event inside, which kills version 3.1.0.
 */
class GentleClient extends SocketModeClient {
  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const frame = isBinary || typeof data !== 'string' ? null : frameIn(data);
    if (frame === null) return;
    if (frame.type === 'disconnect') {
      this.emit('leaving', frame.reason);
      return;
    }
    const isEventless = frame.type === 'events_api' && !withEvent.safeParse(frame.payload).success;
    // Under another type it is passed on, to be acknowledged, without being looked into.
    await super.onWebSocketMessage(isEventless ? JSON.stringify({ ...frame, type: 'eventless' }) : data, isBinary);
  }
}

/** `null` for what is no frame: nothing that Slack waits for an answer to. */
const frameIn = (data: string): z.infer<typeof frameShape> | null => {
  try {
    return frameShape.parse(JSON.parse(data));
  } catch {
    return null;
  }
};
