import { setTimeout as pause } from 'node:timers/promises';
import { WebAPIRateLimitedError } from '@slack/web-api';
import { type Duration, second } from '../domain/instant.ts';
import type { Log } from '../flows/ports.ts';
import { createInHand } from './in-hand.ts';
import { type Envelope, openSocketConnection, type SocketConnection, type SocketOptions } from './socket-connection.ts';
import { within } from './within.ts';

/** A connection to Slack that is opened anew whenever it ends. */
export interface SocketLink {
  /** Opens the first connection and keeps one from then on. @throws when the first cannot be opened; it is tried on */
  open(): Promise<void>;
  isConnected(): boolean;
  close(): Promise<void>;
}

export interface LinkOptions extends SocketOptions {
  readonly log: Log;
  /** Handles one envelope to its end; never rejects. */
  readonly handle: (envelope: Envelope) => Promise<void>;
}

export const createSocketLink = ({ handle, log, ...socket }: LinkOptions): SocketLink => {
  const stopping = new AbortController();
  const leaving = new Set<Promise<void>>();
  let current: Connection | null = null;
  let kept: Promise<void> = Promise.resolve();
  let failures = 0;

  const connect = async (): Promise<Connection> => {
    const inHand = createInHand();
    const connection = await openSocketConnection(socket, (envelope) => {
      void inHand.add(handle(envelope));
    });
    return { ...connection, drain: () => inHand.drain(ackedWithin), openedAt: performance.now() };
  };

  const keep = async (first: Connection | null): Promise<void> => {
    for (let connection = first; !stopping.signal.aborted; connection = await tryAgain()) {
      if (connection === null) continue;
      // Only now that there is a replacement the old one may go: between the two nothing is missed.
      if (current !== null) part(current);
      current = connection;
      const { how, reason } = await Promise.race([connection.over, stopped]);
      if (stopping.signal.aborted) break;
      log.info('socket ends', { how, reason });
      // One that ends as soon as it is open (too many of them, Socket Mode switched off) is no success.
      if (performance.now() - connection.openedAt > steadyAfter) failures = 0;
    }
  };

  /**
   * Slack goes on sending over it until it closes it, as it has announced; who closes first loses what is on its way. Acks
   * are owed on it for what it brought.
   */
  const part = (connection: Connection): void => {
    const parting = within(partingFor, Promise.race([connection.gone, stopped]))
      .then(connection.drain)
      .then(connection.close)
      .finally(() => leaving.delete(parting));
    leaving.add(parting);
  };

  const tryAgain = async (): Promise<Connection | null> => {
    if (failures > 0) await pause(waitAfter(failures), undefined, stopping).catch(() => {});
    if (stopping.signal.aborted) return null;
    failures += 1;
    try {
      const connection = await connect();
      if (!stopping.signal.aborted) return connection;
      await connection.close();
      return null;
    } catch (error) {
      log.warn('opening a socket failed', { failures, error });
      if (error instanceof WebAPIRateLimitedError) {
        await pause(error.retryAfter * second, undefined, stopping).catch(() => {});
      }
      return null;
    }
  };

  const stopped = new Promise<{ how: 'closed'; reason: string }>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve({ how: 'closed', reason: 'stopped' }));
  });

  return {
    open: async () => {
      try {
        const first = await connect();
        kept = keep(first);
      } catch (error) {
        failures = 1;
        kept = keep(null);
        throw error;
      }
    },
    isConnected: () => current?.isOpen() ?? false,
    close: async () => {
      stopping.abort();
      // One that is only now being opened hangs up by itself as soon as it is.
      await within(politeFor, kept);
      const last = current;
      current = null;
      await Promise.all([...leaving, last?.close()]);
    },
  };
};

interface Connection extends SocketConnection {
  drain(): Promise<boolean>;
  /** On the process's own steady clock. */
  readonly openedAt: number;
}

/** Slack closes a connection some ten seconds after its warning. */
const partingFor: Duration = 15 * second;
/** Slack waits no longer for an ack. */
const ackedWithin: Duration = 3 * second;
const steadyAfter: Duration = 10 * second;
const politeFor: Duration = second;
/** Ten links that all fail still ask less often than Slack allows an app (50 a minute). */
const longest: Duration = 15 * second;

/** 0.1 s, 0.2 s, 0.4 s … up to 15 s: real time, since it is the network that is waited for. */
const waitAfter = (failures: number): Duration => Math.min(longest, 50 * 2 ** failures);
