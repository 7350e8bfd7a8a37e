import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';

const recordOf = z.object({ owner: z.number().int(), server: z.number().int(), folder: z.string(), keep: z.boolean() });

/** Who started which server (process ids) on which data folder, and whether the folder outlives the server. */
type Leftover = Readonly<z.infer<typeof recordOf>>;

/** Every data folder of ours starts so; nothing else is ever removed. */
export const folderPrefix = 'tierline-database-';

/** Writes down a running server, so that a later run can end it if nobody else did. @returns the record's path */
export const remember = (cache: string, leftover: Leftover): string => {
  mkdirSync(cache, { recursive: true });
  const path = join(cache, `server-${leftover.server}.json`);
  writeFileSync(path, JSON.stringify(leftover));
  return path;
};

/** Ends servers and removes folders whose owner is gone: after a power cut the guard is gone as well. */
export const sweepLeftovers = (cache: string): void => {
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (/^server-\d+\.json$/.test(name)) sweepServer(path);
    const builder = /\.of-(\d+)$/.exec(name)?.[1];
    if (builder !== undefined && !isAlive(Number(builder))) rmSync(path, { recursive: true, force: true });
  }
};

const sweepServer = (path: string): void => {
  const leftover = readRecord(path);
  if (leftover !== null && isAlive(leftover.owner)) return;
  if (leftover !== null) {
    // A process id may belong to somebody else by now; the folder in its command line cannot.
    if (commandLineOf(leftover.server).includes(leftover.folder)) endAtOnce(leftover.server);
    if (!leftover.keep && basename(leftover.folder).startsWith(folderPrefix))
      rmSync(leftover.folder, { recursive: true, force: true, maxRetries: 5 });
  }
  rmSync(path, { force: true });
};

const readRecord = (path: string): Leftover | null => {
  try {
    return recordOf.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null; // half written by a process that was killed meanwhile, or swept by another one
  }
};

const endAtOnce = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // another run swept it a moment ago
  }
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const commandLineOf = (pid: number): string => {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return ''; // no such process any more
  }
};
