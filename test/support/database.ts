import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import { withDatabase } from '../../sandbox/database-uri.ts';

/** A database of its own for a test file. One a file: creating many is slow on the fallback server. */
export type FreshDatabase = { readonly uri: string; readonly drop: () => Promise<void> };

/** An empty database on the server that `global-setup.ts` started for the whole run. Drop it in `afterAll`. */
export const freshDatabase = async (): Promise<FreshDatabase> => {
  const server = process.env.TEST_DATABASE_URI;
  if (server === undefined) throw new Error('Cannot make a test database: no server was started for this run');
  const uri = withDatabase(server, `tierline_test_${randomUUID().slice(0, 8)}`);
  const drop = async (): Promise<void> => {
    const client = new mongo.MongoClient(uri);
    try {
      await client.db().dropDatabase();
    } finally {
      await client.close();
    }
  };
  return { uri, drop };
};
