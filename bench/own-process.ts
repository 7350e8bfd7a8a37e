import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { bundle } from '../simulation/bundle.ts';

/** A process of its own, so that what it costs is its own cost. */
export interface OwnProcess {
  /** Asks it to do something it knows by name. @throws what it throws, or when it ends meanwhile */
  ask(what: string, detail?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

const answer = z.object({ id: z.number(), result: z.unknown().optional(), error: z.string().nullable() });

/** Nothing that is asked of a process takes longer: 10 minutes. */
const patience = 600_000;

const { scripts } = z
  .object({ scripts: z.object({ start: z.string() }) })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));
const flagsOfStart = scripts.start.split(' ').filter((word) => word.startsWith('--'));

/** How Node runs a file: what is the desk's own as `npm start` runs it, its peers with nothing asked for. */
const flagsFor = (file: string): readonly string[] => (file.startsWith('bare-') ? [] : flagsOfStart);

/** Starts a file of this folder, built as `npm start` builds it. Its log goes nowhere, its complaints to ours. */
export const startProcess = async (file: string, settings: unknown): Promise<OwnProcess> => {
  const program = await bundle(new URL(file, import.meta.url));
  const child = fork(program.path, {
    execArgv: ['--expose-gc', ...flagsFor(file), ...profiling()],
    env: { ...process.env, BENCH_SETTINGS: JSON.stringify(settings), NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let last = 0;
  const ended = once(child, 'exit').then(() => {
    program.remove();
    for (const { reject } of waiting.values()) reject(new Error(`Asking ${file} failed: it has ended`));
  });
  child.on('message', (message) => {
    const { id, result, error } = answer.parse(message);
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === null) one?.resolve(result);
    else one?.reject(new Error(`${file}: ${error}`));
  });
  const ask = (what: string, detail: unknown = null): Promise<unknown> =>
    new Promise((resolve, reject) => {
      last += 1;
      const id = last;
      const timer = setTimeout(() => reject(new Error(`Asking ${file} for ${what} failed: no answer`)), patience);
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          settle(value);
        };
      waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
      child.send({ id, what, detail });
    });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const limit = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ask('stop').catch(() => {});
      // It ends by itself, and may write a profile first.
      await ended;
      clearTimeout(limit);
    }
    await ended;
  };
  await ask('start').catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { ask, stop };
};

/** `BENCH_PROFILE=folder` leaves a profile of each process there. */
const profiling = (): readonly string[] => {
  const folder = process.env.BENCH_PROFILE ?? '';
  return folder === '' ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
};
