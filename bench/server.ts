import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import type { Database } from '../sandbox/database.ts';
import { withDatabase } from '../sandbox/database-uri.ts';

/** The server that desk and peers share, and a database of their own for each round. */
export interface Server {
  /** Of the server, without the name of a database. */
  readonly uri: string;
  fresh(name: string): Promise<FreshDatabase>;
}

interface FreshDatabase {
  readonly uri: string;
  drop(): Promise<void>;
}

export const serverAt = (uri: string): Server => ({
  uri,
  fresh: async (name) => {
    const own = withDatabase(uri, `tierline_bench_${name}_${randomUUID().slice(0, 8)}`);
    const drop = async (): Promise<void> => {
      const client = new mongo.MongoClient(own);
      try {
        await client.db().dropDatabase();
      } finally {
        await client.close();
      }
    };
    return { uri: own, drop };
  },
});

/** What is said of the server beside the figures. */
export const described = ({ kind, version }: Database): string => `${kind}, MongoDB ${version}`;
