import { type ChildProcess, fork } from 'node:child_process';
import type { Duration } from '../src/domain/instant.ts';
import { bundle } from './bundle.ts';
import type { Settings } from './settings.ts';
import type { WorldResult } from './world.ts';

export interface Simulated {
  /** In the order of the years. */
  readonly results: readonly WorldResult[];
  /** Time that processors spent on it, all processes together. */
  readonly worked: Duration;
}

/** What a process sends back for a year; `worked` counts all it has done so far. */
export interface Answer {
  readonly result: WorldResult;
  readonly worked: Duration;
}

/** Simulates years side by side, a process for each, until all are done or, unless `all` is wanted, one has failed. */
export const runAll = async (settings: Settings): Promise<Simulated> => {
  const program = await bundle(new URL('year-process.ts', import.meta.url));
  try {
    return await runOn(program.path, settings);
  } finally {
    program.remove();
  }
};

const runOn = async (program: string, settings: Settings): Promise<Simulated> => {
  const found = new Map<number, WorldResult>();
  let next = 1;
  const isOver = (): boolean =>
    next > settings.years || (!settings.all && [...found.values()].some(({ violation }) => violation !== null));
  const worked = await Promise.all(
    Array.from({ length: settings.processes }, async () => {
      const child = startChild(program, settings);
      let soFar: Duration = 0;
      while (!isOver()) {
        const year = next;
        next += 1;
        const { result, worked } = await answerOf(child, year);
        soFar = worked;
        found.set(year, result);
        progress(found.size, settings.years);
      }
      child.disconnect();
      return soFar;
    }),
  );
  return {
    results: [...found].sort(([a], [b]) => a - b).map(([, result]) => result),
    worked: worked.reduce((sum, each) => sum + each, 0),
  };
};

const startChild = (program: string, { seed, broken }: Settings): ChildProcess =>
  fork(program, ['--seed', seed, ...[...broken].flatMap((name) => ['--break', name])], {
    // Much is made and soon forgotten: with room for it, little is looked at twice.
    execArgv: ['--max-semi-space-size=64'],
  });

const answerOf = (child: ChildProcess, year: number): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`Simulating year ${year} failed: exit ${code}`));
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      if (isAnswer(answer)) resolve(answer);
      else reject(new Error(`Simulating year ${year} failed: no result came back`));
    });
    child.send(year);
  });

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'result' in value && 'worked' in value;

const progress = (done: number, years: number): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${years} years`);
};
