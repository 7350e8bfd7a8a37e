import { setTimeout as pause } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { minute } from '../src/domain/instant.ts';
import { usageSchema } from './answering.ts';
import type { Arguments } from './arguments.ts';
import { rounded } from './figures.ts';
import { type Answered, explained, openFilledStore } from './filled-store.ts';
import { startProcess } from './own-process.ts';
import { alike, freshTicket } from './ripe-tickets.ts';
import type { Server } from './server.ts';
import { nameOf, openWire } from './wire.ts';
import { openWorkplace } from './workplace.ts';

/** Of one minute in which nothing is due. */
interface Minute {
  readonly open: number;
  readonly cpuMs: number;
  readonly queries: number;
  readonly slackCalls: number;
  readonly memoryMb: number;
}

export interface Idle {
  readonly tierline: Minute;
  /** The same with no ticket at all. */
  readonly empty: Minute;
  /** Processor time with the tickets, to that without. */
  readonly cpuRatio: number;
  readonly memoryRatio: number;
  /** Every question that was asked, and what answers it. */
  readonly queries: readonly (Answered & { readonly query: string })[];
  readonly allFromIndexes: boolean;
}

/** What a desk costs while nothing happens, with many open tickets and with none. */
export const measureIdle = async (server: Server, options: Arguments, say: (line: string) => void): Promise<Idle> => {
  const empty = await watched(server, 0, options.idleSeconds);
  say(`nothing open: ${JSON.stringify(empty.minute)}`);
  const full = await watched(server, options.idleOpen, options.idleSeconds);
  say(`${options.idleOpen} open: ${JSON.stringify(full.minute)}`);
  return {
    tierline: full.minute,
    empty: empty.minute,
    cpuRatio: rounded(full.minute.cpuMs / empty.minute.cpuMs),
    memoryRatio: rounded(full.minute.memoryMb / empty.minute.memoryMb),
    queries: full.queries,
    allFromIndexes: full.queries.every(({ scans }) => !scans),
  };
};

const watched = async (server: Server, open: number, seconds: number) => {
  const database = await server.fresh('idle');
  const filled = await openFilledStore(database.uri);
  const wire = await openWire(database.uri);
  const slack = await openWorkplace(false);
  try {
    if (open > 0) {
      // As they would be: an audit mends a deadline that is not what the clocks say.
      const fresh = await freshTicket(filled.store.tickets, Date.now());
      await filled.fill(open, (index) => alike(fresh, index + 1));
    }
    const own = await startProcess('tierline-process.ts', {
      ...{ apiUrl: slack.apiUrl, botToken: slack.tokens.bot, appToken: slack.tokens.app },
      ...{ mongodbUri: wire.uri, paced: true },
    });
    try {
      await own.ask('idle');
      const usage = async () => usageSchema.parse(await own.ask('usage', 'tidy'));
      const before = await usage();
      const calls = slack.calls.length;
      wire.clear();
      await pause(seconds * 1000);
      const commands = wire.commands();
      const after = await usage();
      const aMinute = minute / (seconds * 1000);
      return {
        minute: {
          open,
          cpuMs: rounded((after.cpuMs - before.cpuMs) * aMinute),
          queries: rounded(commands.length * aMinute),
          slackCalls: rounded((slack.calls.length - calls) * aMinute),
          memoryMb: rounded(after.rss / 2 ** 20),
        },
        queries: await answersTo(filled.db, commands),
      };
    } finally {
      await own.stop();
    }
  } finally {
    await slack.stop();
    await wire.close();
    await filled.close();
    await database.drop();
  }
};

/** An insert looks for nothing, and a `getMore` goes on with a find that stands here by itself. */
const asksNothing: ReadonlySet<string> = new Set(['insert', 'getMore']);

/** Each different question once. */
const answersTo = async (db: mongo.Db, commands: readonly mongo.Document[]): Promise<Idle['queries']> => {
  const different = new Map<string, mongo.Document>();
  const asking = commands.filter((command) => !asksNothing.has(nameOf(command)));
  for (const command of asking) different.set(shapeOf(command), command);
  const answers = [];
  for (const [query, command] of different) answers.push({ query, ...(await answerTo(db, command)) });
  return answers;
};

/** What a command asks for: a find says it as it is, an update or a deletion in its first item. */
const filterOf = ({ filter, query, updates, deletes }: mongo.Document): mongo.Document =>
  filter ?? query ?? updates?.[0]?.q ?? deletes?.[0]?.q ?? {};

/**
 * What names one `_id` is found by it. Not every server's explanation knows its own first index: one says of it, as of nothing
 * else, that it looks through all.
 */
const answerTo = async (db: mongo.Db, command: mongo.Document): Promise<Answered> =>
  typeof filterOf(command)._id === 'string'
    ? { indexes: ['_id_'], scans: false, examined: 1 }
    : explained(db, bare(command));

/** A question without its values. */
const shapeOf = (command: mongo.Document): string => {
  const { sort = {} } = command;
  const filter = filterOf(command);
  const kind = (value: unknown): string =>
    typeof value === 'object' && value !== null ? Object.keys(value).join() : '';
  const of = (part: object): string =>
    Object.entries(part)
      .map(([field, value]) => `${field} ${kind(value)}`.trim())
      .join(', ');
  return `${nameOf(command)} ${String(Object.values(command)[0])} by ${of(filter) || 'nothing'}; sorted by ${of(sort) || 'nothing'}`;
};

/** Without what belongs to the connection it came over. */
const bare = (command: mongo.Document): mongo.Document => {
  const foreign = new Set([
    'lsid',
    '$db',
    '$clusterTime',
    'txnNumber',
    'writeConcern',
    'readConcern',
    '$readPreference',
  ]);
  return Object.fromEntries(Object.entries(command).filter(([field]) => !foreign.has(field)));
};
