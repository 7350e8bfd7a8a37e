import { mongo } from 'mongoose';
import { hostsOf, withOption } from './database-uri.ts';

const oldestMajor = 6;

/** Asks a server who it is. @throws when it does not answer within 5 s or is too old (15.4) */
export const greet = async (uri: string): Promise<{ version: string; uri: string }> => {
  const client = new mongo.MongoClient(withOption(uri, 'serverSelectionTimeoutMS', '5000'));
  try {
    await client.connect().catch((cause: unknown) => {
      const state = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Cannot reach the database at ${hostsOf(uri)}: ${state}`, { cause });
    });
    const admin = client.db('admin');
    const [{ version }, { setName }] = await Promise.all([
      admin.command({ buildInfo: 1 }),
      admin.command({ hello: 1 }),
    ]);
    if (Number.parseInt(version, 10) < oldestMajor)
      throw new Error(`Cannot use MongoDB ${version}: it must be ${oldestMajor} or newer`);
    // With retryable writes SecantusDB scans all its retry records on each write.
    return { version, uri: setName === 'secantus' ? withOption(uri, 'retryWrites', 'false') : uri };
  } finally {
    await client.close();
  }
};
