import mongoose, { mongo } from 'mongoose';
import { type Duration, second } from '../domain/instant.ts';

/** The database did not answer. The work may be tried again; a write may or may not have landed (14.5). */
class StoreUnreachableError extends Error {
  override readonly name = 'StoreUnreachableError';
  readonly code = 'store-unreachable';
}

/** What a person who starts something is told when {@link reaching} the database failed, in a sentence (13.5). */
export const whyNoStore = (error: unknown): string => {
  if (error instanceof StoreUnreachableError) {
    return 'MONGODB_URI: no database answers there. Is it running, and is the address right?';
  }
  return `MONGODB_URI: the database cannot be used (${error instanceof Error ? error.message : String(error)})`;
};

/** Nobody waits longer for one answer: see {@link reaching}. */
const patience: Duration = 10 * second;

/**
 * Runs database work. The driver (7.5) never settles what it writes in the instant in which its connection ends, so it is
 * given up after a while: it may have landed, as when the connection is lost.
 *
 * @param limit how long at most; `null` for work that may take as long as it takes
 * @throws StoreUnreachableError where the server cannot be reached or does not answer; other errors as they are
 */
export const reaching = async <T>(work: () => Promise<T>, limit: Duration | null = patience): Promise<T> => {
  try {
    return await (limit === null ? work() : answered(work(), limit));
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    throw new StoreUnreachableError(`Reaching the database failed: ${error.message}`, { cause: error });
  }
};

const answered = async <T>(work: Promise<T>, limit: Duration): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const giveUp = (): void =>
      reject(new StoreUnreachableError(`Reaching the database failed: no answer within ${limit} ms`));
    timer = setTimeout(giveUp, limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

const isUnreachable = (error: unknown): error is Error =>
  error instanceof mongoose.Error.MongooseServerSelectionError ||
  error instanceof mongo.MongoNetworkError ||
  error instanceof mongo.MongoServerSelectionError ||
  error instanceof mongo.MongoNotConnectedError ||
  error instanceof mongo.MongoTopologyClosedError ||
  isEndedSocket(error) ||
  (error instanceof mongo.MongoServerError && isSteppingDown(error.code));

/**
 * What Node says of a write to a socket that the other side has just ended. The driver (7.8) lets it through as it is, and now and
 * then to nobody. The same code with a system call is another's, as of a log that nobody reads any more.
 */
export const isEndedSocket = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'EPIPE' && !('syscall' in error);

/** A server that shuts down, or hands over to another member of its replica set, still answers: with one of these. */
const steppingDown: ReadonlySet<unknown> = new Set([91, 189, 10107, 11600, 11602, 13435, 13436]);
const isSteppingDown = (code: unknown): boolean => steppingDown.has(code);
