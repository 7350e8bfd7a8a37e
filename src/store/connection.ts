import mongoose, { type Connection, type ConnectOptions, mongo } from 'mongoose';
import { second } from '../domain/instant.ts';
import type { AuditStore } from '../flows/audit-ports.ts';
import type { Log, TicketStore } from '../flows/ports.ts';
import { auditStore } from './audit-store.ts';
import { type DeskStore, deskStore } from './desk-store.ts';
import { type PromptStore, promptStore } from './prompt-store.ts';
import { reaching } from './store-unreachable-error.ts';
import { ticketStore } from './ticket-store.ts';

export interface Store {
  readonly tickets: TicketStore;
  readonly desks: DeskStore;
  readonly prompts: PromptStore;
  readonly audits: AuditStore;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** How many ticket numbers a process reserves in one round trip; 10 unless told. */
  readonly numbersAtOnce?: number;
  /** Hears the name of each command sent to the server, for those who count round trips. */
  readonly onCommand?: (name: string) => void;
}

const settings: ConnectOptions = {
  // What an ack depends on must survive a crash of the server and a change of the primary (14.1).
  writeConcern: { w: 'majority', journal: true },
  // Collections and indexes are made before the first write; made beside it, some servers lock up.
  autoCreate: false,
  autoIndex: false,
  bufferCommands: false,
  // A value that is absent stays absent, so that hashes still fit after a read (9.1).
  ignoreUndefined: true,
  // A press has 2 s (14.1): within them it must be known that no server answers, so that one can say so (14.5).
  serverSelectionTimeoutMS: 1.5 * second,
  connectTimeoutMS: 2 * second,
  heartbeatFrequencyMS: 2 * second,
};

/**
 * Connects to MongoDB and makes collections and indexes where they are missing; replicas may start at once.
 *
 * @throws StoreUnreachableError within about 2 s when no server is there, or 4 s when it does not answer
 */
export const connectStore = async (uri: string, log: Log, options: StoreOptions = {}): Promise<Store> => {
  const connection = await connected(uri, options);
  const tickets = ticketStore(connection, options.numbersAtOnce ?? 10);
  const desks = deskStore(connection);
  const prompts = promptStore(connection);
  const audits = auditStore(connection);
  try {
    const models = [...tickets.models, ...desks.models, ...prompts.models, ...audits.models];
    // The indexes of many tickets take as long as they take.
    await reaching(() => prepare(models), null);
  } catch (error) {
    await connection.close();
    throw error;
  }
  const silence = reportChanges(connection, log);
  const close = async (): Promise<void> => {
    silence();
    await connection.close();
  };
  return { tickets: tickets.store, desks: desks.store, prompts: prompts.store, audits: audits.store, close };
};

const connected = async (uri: string, options: StoreOptions): Promise<Connection> => {
  refuseUnreadable(uri);
  try {
    return await opened(uri, options);
  } catch (error) {
    // Whoever starts can wait, other than whoever presses: a server that is only slow is asked once more.
    if (wasRefused(error)) throw error;
    return opened(uri, options);
  }
};

/** Whether the driver knows more than that time is over: that nothing listens there, or that what listens is something else. */
const wasRefused = (error: unknown): boolean => {
  const cause = error instanceof Error ? error.cause : null;
  if (!(cause instanceof mongoose.Error.MongooseServerSelectionError)) return true;
  const { reason } = cause as { readonly reason?: mongo.TopologyDescription };
  const servers = [...(reason?.servers.values() ?? [])];
  return servers.some(({ error: why }) => why !== null);
};

const opened = async (uri: string, { onCommand }: StoreOptions): Promise<Connection> => {
  const connection = mongoose.createConnection();
  try {
    await reaching(() => connection.openUri(uri, { ...settings, monitorCommands: onCommand !== undefined }));
  } catch (error) {
    await connection.close();
    throw error;
  }
  if (onCommand !== undefined) connection.getClient().on('commandStarted', (event) => onCommand(event.commandName));
  return connection;
};

/** The driver's own complaint is dropped: it repeats pieces of the text, and a password may be in them. */
const refuseUnreadable = (uri: string): void => {
  try {
    new mongo.MongoClient(uri);
  } catch {
    throw new Error(
      'Reading MONGODB_URI failed: it is not a MongoDB connection string (signs such as : / @ in a password need % codes)',
    );
  }
};

interface Preparable {
  createCollection(): Promise<unknown>;
  createIndexes(): Promise<void>;
}

/** One after the other: what is there already is left as it is. */
const prepare = async (models: readonly Preparable[]): Promise<void> => {
  for (const model of models) {
    await model.createCollection();
    await model.createIndexes();
  }
};

/** Logs the loss and the return of the database. @returns an end to it */
const reportChanges = (connection: Connection, log: Log): (() => void) => {
  const lost = (): void => log.warn('database lost');
  const back = (): void => log.info('database back');
  connection.on('disconnected', lost);
  connection.on('connected', back);
  return () => {
    connection.off('disconnected', lost);
    connection.off('connected', back);
  };
};
