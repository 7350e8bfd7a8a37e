import { mongodOfMemoryServer, mongodOnPath } from './database-mongod.ts';
import type { Program } from './database-process.ts';
import { secantus } from './database-secantus.ts';

/** Which server it is (15.3). */
export type Kind = 'given' | 'mongod on the PATH' | 'mongodb-memory-server' | 'SecantusDB';

/** What a search may use: a line of progress, the environment, and the folder for what is fetched once. */
export type Search = {
  readonly say: (line: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cache: string;
};

/** Looks for a server, fetching it where it must. `missing` completes the sentence "no such server: …". */
export type Find = (search: Search) => Promise<{ readonly program: Program } | { readonly missing: string }>;

/** One way to a server. `repair` puts right what was found but did not start; absent where nothing can be done. */
export type Way = {
  readonly kind: Exclude<Kind, 'given'>;
  readonly find: Find;
  readonly repair: ((search: Search) => Promise<void>) | null;
};

/** In the order in which they are tried. */
export const ways: readonly Way[] = [
  { kind: 'mongod on the PATH', find: mongodOnPath, repair: null },
  { kind: 'mongodb-memory-server', find: mongodOfMemoryServer, repair: null },
  { kind: 'SecantusDB', find: secantus.find, repair: secantus.repair },
];
