import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { EnvHttpProxyAgent, fetch } from 'undici';
import type { Program } from './database-process.ts';
import type { Find } from './database-ways.ts';

const probeLimit = 1_500;

/** A `mongod` on the PATH. */
export const mongodOnPath: Find = async ({ env }) => {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const name = process.platform === 'win32' ? 'mongod.exe' : 'mongod';
  const path = folders.map((folder) => join(folder, name)).find(isExecutable);
  return path === undefined ? { missing: 'there is none' } : { program: mongod(path) };
};

/** The `mongod` that mongodb-memory-server keeps in its cache, or downloads. */
export const mongodOfMemoryServer: Find = async ({ say, env }) => {
  // A second and a third attempt would cost 7 s where the host is unknown; none at all is not a choice it offers.
  process.env.MONGOMS_MAX_RETRIES ??= '1';
  const { DryMongoBinary, MongoBinary } = await import('mongodb-memory-server');
  const { version } = await DryMongoBinary.generateOptions(
    env.MONGOMS_VERSION ? { version: env.MONGOMS_VERSION } : undefined,
  );
  const cached = await DryMongoBinary.locateBinary({ version });
  if (cached !== undefined) return { program: mongod(cached) };
  const host = env.MONGOMS_DOWNLOAD_URL ?? env.MONGOMS_DOWNLOAD_MIRROR ?? 'https://fastdl.mongodb.org';
  const obstacle = await obstacleTo(host);
  if (obstacle !== null) return { missing: `${new URL(host).host} is out of reach (${obstacle})` };
  say(`Database: downloading MongoDB ${version}, once`);
  return { program: mongod(await MongoBinary.getPath({ version })) };
};

const mongod = (command: string): Program => ({
  command,
  argumentsFor: (port, folder) => ['--port', String(port), '--bind_ip', '127.0.0.1', '--dbpath', folder],
});

/** Asks briefly, because the download itself would wait 60 s in a network that swallows packets. */
const obstacleTo = async (host: string): Promise<string | null> => {
  const dispatcher = new EnvHttpProxyAgent();
  try {
    await fetch(host, { method: 'HEAD', signal: AbortSignal.timeout(probeLimit), dispatcher });
    return null;
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'no answer';
  } finally {
    await dispatcher.destroy();
  }
};

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};
