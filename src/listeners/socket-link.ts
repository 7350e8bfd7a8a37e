import { setTimeout as pause } from 'node:timers/promises';
import { WebAPIRateLimitedError } from '@slack/web-api';
import { type Duration, second } from '../domain/instant.ts';
import type { Log } from '../flows/ports.ts';
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
  let current: SocketConnection | null = null;
  let kept: Promise<void> = Promise.resolve();
  let failures = 0;

  const connect = async (): Promise<Connection> => {
    const work = new Set<Promise<void>>();
    const connection = await openSocketConnection(socket, (envelope) => {
      const task = handle(envelope).finally(() => work.delete(task));
      work.add(task);
    });
    return { ...connection, idle: () => Promise.allSettled(work), openedAt: performance.now() };
  };

  /** The replacement is opened while the old connection still finishes what it took. */
  const keep = async (first: Connection | null): Promise<void> => {
    for (let connection = first; !stopping.signal.aborted; connection = await tryAgain()) {
      if (connection === null) continue;
      current = connection;
      const { how, reason } = await Promise.race([connection.over, stopped]);
      if (stopping.signal.aborted) break;
      log.info('socket ends', { how, reason });
      // One that ends as soon as it is open (too many of them, Socket Mode switched off) is no success.
      if (performance.now() - connection.openedAt > steadyAfter) failures = 0;
      part(connection, how);
    }
  };

  const part = (connection: Connection, how: 'leaving' | 'closed'): void => {
    const parting = (how === 'closed' ? Promise.resolve(true) : within(partingFor, connection.idle()))
      .then(connection.close)
      .finally(() => leaving.delete(parting));
    leaving.add(parting);
  };

  const tryAgain = async (): Promise<Connection | null> => {
    if (failures > 0) await pause(waitAfter(failures), undefined, stopping).catch(() => {});
    if (stopping.signal.aborted) return null;
    failures += 1;
    try {
      return await connect();
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
      await kept;
      const last = current;
      current = null;
      await Promise.all([...leaving, last?.close()]);
    },
  };
};

interface Connection extends SocketConnection {
  idle(): Promise<unknown>;
  /** On the process's own steady clock. */
  readonly openedAt: number;
}

const partingFor: Duration = 5 * second;
const steadyAfter: Duration = 10 * second;
const longest: Duration = 10 * second;

/** 0.1 s, 0.2 s, 0.4 s … up to 10 s: real time, since it is the network that is waited for. */
const waitAfter = (failures: number): Duration => Math.min(longest, 50 * 2 ** failures);
