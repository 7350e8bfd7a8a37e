import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { greet } from './database-greeting.ts';
import { folderPrefix } from './database-leftovers.ts';
import { freePort, type Program, type Running, run, type Site } from './database-process.ts';
import { withDatabase } from './database-uri.ts';
import type { Kind } from './database-ways.ts';

/** A running database server. After `restart` it has the same port and data, and another `pid`. */
export type Database = {
  readonly kind: Kind;
  /** Without the name of a database; never printed, for a given one may hold a password. */
  readonly uri: string;
  readonly uriFor: (name: string) => string;
  /** Of MongoDB, as the server itself reports it. */
  readonly version: string;
  readonly pid: number | null;
  /** Ends it and removes its data, if both are ours. */
  readonly stop: () => Promise<void>;
  /** SIGKILL, and waits for the end. @throws for a given server */
  readonly kill: () => Promise<void>;
  /** @throws for a given server */
  readonly restart: () => Promise<void>;
};

/** Starts `program` on a free port, on `dataDir` or else on a temporary folder. @throws when it does not start or is too old */
export const ownDatabase = async (
  kind: Kind,
  program: Program,
  cache: string,
  dataDir: string | undefined,
): Promise<Database> => {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), folderPrefix));
  mkdirSync(folder, { recursive: true });
  const site: Site = { port: await freePort(), folder, keep: dataDir !== undefined, cache };
  let running: Running | null = null;
  const kill = async (): Promise<void> => {
    await running?.kill();
    running = null;
  };
  const stop = async (): Promise<void> => {
    await kill();
    if (!site.keep) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const restart = async (): Promise<void> => {
    await kill();
    running = await run(program, site);
  };
  try {
    await restart();
    const { version, uri } = await greet(`mongodb://127.0.0.1:${site.port}/`);
    const uriFor = (name: string): string => withDatabase(uri, name);
    return {
      kind,
      uri,
      uriFor,
      version,
      stop,
      kill,
      restart,
      get pid() {
        return running?.pid ?? null;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
