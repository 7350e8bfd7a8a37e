import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { guard } from './database-guard.ts';
import { remember } from './database-leftovers.ts';

/** A database server that can be started here. */
export type Program = {
  readonly command: string;
  readonly argumentsFor: (port: number, folder: string) => readonly string[];
};

/** Where a server runs. `keep`: its folder outlives it. `cache`: where running servers are written down. */
export type Site = {
  readonly port: number;
  readonly folder: string;
  readonly keep: boolean;
  readonly cache: string;
};

/** A started server and the way to end it at once (SIGKILL), its guard and its record with it. */
export type Running = { readonly pid: number; readonly kill: () => Promise<void> };

const startLimit = 20_000;

/**
 * Starts `program` and waits until its port takes connections. It neither keeps our process alive nor outlives it.
 * @throws with the server's own last words when it ends first or is not ready within 20 s
 */
export const run = async (program: Program, site: Site): Promise<Running> => {
  const log = join(site.folder, 'server.log');
  const output = openSync(log, 'a');
  // Detached, so that Ctrl-C reaches the desk alone and it can finish its writes.
  const child = spawn(program.command, program.argumentsFor(site.port, site.folder), {
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  const failure = new Promise<Error>((resolve) => child.once('error', resolve));
  if (child.pid === undefined) throw await failure;
  child.unref();
  const record = remember(site.cache, { owner: process.pid, server: child.pid, folder: site.folder, keep: site.keep });
  const watcher = guard(child.pid, site.keep ? [record] : [record, site.folder]);
  const kill = async (): Promise<void> => {
    await end(watcher);
    await end(child);
    rmSync(record, { force: true });
  };
  if (await isListening(child, site.port)) return { pid: child.pid, kill };
  await kill();
  throw new Error(`Cannot start ${program.command}: ${lastWords(log)}`);
};

/** A port that nobody listens on at the moment. */
export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('Cannot find a free port: no address was given');
  return address.port;
};

const isListening = async (child: ChildProcess, port: number): Promise<boolean> => {
  const deadline = performance.now() + startLimit;
  while (performance.now() < deadline && child.exitCode === null && child.signalCode === null) {
    if (await takesConnections(port)) return true;
    await pause(20);
  }
  return false;
};

const takesConnections = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.ref(); // otherwise nothing would keep us here until it has ended
  child.kill('SIGKILL');
  await ended;
};

const lastWords = (log: string): string =>
  readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' ').slice(-500) || 'it ended without a word';
