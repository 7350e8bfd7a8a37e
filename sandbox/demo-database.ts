/** The demo's own database on whichever server there is; nothing of it stays. */
import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import { type Database, startDatabase } from './database.ts';

export type DemoDatabase = {
  readonly uri: string;
  /** For people: which server this is. */
  readonly name: string;
  stop(): Promise<void>;
};

const dropLimitMs = 3_000;

export const startDemoDatabase = async (say: (line: string) => void): Promise<DemoDatabase> => {
  let name = '';
  const database = await startDatabase({
    say: (line) => {
      name = line;
      say(line);
    },
  });
  const uri = database.uriFor(`tierline_demo_${randomUUID().slice(0, 8)}`);
  return {
    uri,
    name: name.replace(/^Database: /, ''),
    stop: async () => {
      // A server of our own goes with all its data; of somebody else's server we take ours away.
      if (database.kind === 'given') await drop(uri, database);
      await database.stop();
    },
  };
};

const drop = async (uri: string, { kind }: Database): Promise<void> => {
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: dropLimitMs });
  try {
    await client.db().dropDatabase();
  } catch (cause) {
    throw new Error(
      `Cannot remove the demo's database from the ${kind} server: ${uri.split('/').at(-1)?.split('?')[0]} stays`,
      {
        cause,
      },
    );
  } finally {
    await client.close();
  }
};
