import { startDatabase } from '../../sandbox/database.ts';
import { hold } from './database-held.ts';

/** One server for the whole run. The workers inherit its address through the environment. */
export default async (): Promise<void> => {
  const database = await startDatabase({ say: (line) => process.stdout.write(`${line}\n`) });
  process.env.TEST_DATABASE_URI = database.uri;
  hold(database);
};
