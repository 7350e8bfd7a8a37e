import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Duration, second } from '../src/domain/instant.ts';
import { breakages } from './breakages.ts';
import { faultKinds } from './faults.ts';
import { readSettings, type Settings, usage } from './settings.ts';
import { shorten } from './shrink.ts';
import { everything, runWorld, type WorldOptions, type WorldResult } from './world.ts';

/** A year of a seed is a world of its own: a desk, its people, its faults. */
const yearOf = ({ seed, broken }: Settings, year: number): WorldOptions => ({
  ...everything(`${seed}/${year}`, 365),
  broken,
});

const run = async (settings: Settings): Promise<void> => {
  if (settings.breaksEach) return breakEach(settings);
  if (settings.only !== null) return tellOne(settings, settings.only);
  const begun = performance.now();
  const { results, worked } = await runAll(settings);
  const failed = results.filter(({ violation }) => violation !== null);
  report(results, { took: performance.now() - begun, worked });
  const [first] = failed;
  if (first === undefined) return;
  process.exitCode = 1;
  await tellFailure(settings, first, failed.length);
};

interface Simulated {
  /** In the order of the years. */
  readonly results: readonly WorldResult[];
  /** Time that processors spent on it, all processes together. */
  readonly worked: Duration;
}

/** What a process sends back for a year; `worked` counts all it has done so far. */
interface Answer {
  readonly result: WorldResult;
  readonly worked: Duration;
}

const runAll = async (settings: Settings): Promise<Simulated> => {
  const found = new Map<number, WorldResult>();
  let next = 1;
  const isOver = (): boolean =>
    next > settings.years || (!settings.all && [...found.values()].some(({ violation }) => violation !== null));
  const worked = await Promise.all(
    Array.from({ length: settings.processes }, async () => {
      const child = startChild(settings);
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

const startChild = ({ seed, broken }: Settings): ChildProcess =>
  fork(fileURLToPath(import.meta.url), ['--seed', seed, ...[...broken].flatMap((name) => ['--break', name])], {
    env: { ...process.env, SIMULATED_YEARS: 'one at a time' },
    // Much is made and soon forgotten: with room for it, little is looked at twice.
    execArgv: [...process.execArgv, '--max-semi-space-size=64'],
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

/** Breaks one promise after the other, and says which year noticed. */
const breakEach = async (settings: Settings): Promise<void> => {
  for (const breakage of breakages) {
    const { results } = await runAll({ ...settings, broken: new Set([breakage]) });
    const year = results.findIndex(({ violation }) => violation !== null);
    const violation = results[year]?.violation ?? null;
    if (violation === null) process.exitCode = 1;
    const noticed = violation === null ? 'not noticed' : `year ${year + 1}, day ${violation.day}: ${violation.message}`;
    console.log(`${breakage.padEnd(20)} ${noticed}`);
  }
};

const progress = (done: number, years: number): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${years} years`);
};

const report = (
  results: readonly WorldResult[],
  time: { readonly took: Duration; readonly worked: Duration } | null = null,
): void => {
  const sum = (of: (result: WorldResult) => number): number => results.reduce((total, each) => total + of(each), 0);
  const hash = createHash('sha256');
  for (const result of results) hash.update(result.hash);
  const faults = sum((each) => faultKinds.reduce((total, kind) => total + each.faults[kind], 0));
  const shown = (count: number): string => count.toLocaleString('en');
  if (time !== null) {
    const [took, worked] = [time.took, time.worked].map((ms) => (ms / second).toFixed(1));
    console.log(`${results.length} years in ${took} s, ${worked} s of processor time`);
  }
  console.log(`tickets ${shown(sum((each) => each.tickets))}, steps ${shown(sum((each) => each.steps))}`);
  console.log(`messages in Slack ${shown(sum((each) => each.posts))}, faults injected ${shown(faults)}:`);
  for (const kind of faultKinds) console.log(`  ${kind}: ${shown(sum((each) => each.faults[kind]))}`);
  console.log(`hash ${hash.digest('hex')}`);
  const failed = results.filter(({ violation }) => violation !== null);
  console.log(`violations ${failed.length}`);
  for (const { seed, violation } of failed) console.log(`  ${seed}, day ${violation?.day}: ${violation?.message}`);
};

const tellFailure = async (settings: Settings, failed: WorldResult, failures: number): Promise<void> => {
  const year = Number(failed.seed.split('/').at(-1));
  console.log(`\n${failures} failed; the first is year ${year} of seed ${settings.seed}: ${failed.violation?.message}`);
  console.log(`Again: npm run simulate -- --seed ${settings.seed} --only ${year}${brokenArguments(settings)}`);
  const { options, result, tries } = await shorten(yearOf(settings, year), failed);
  console.log(
    `Shortened in ${tries} tries to ${options.days} days, ${options.customers} customers, ${options.replicas} replicas, ` +
      `faults: ${[...options.faults].filter((kind) => result.faults[kind] > 0).join(', ') || 'none'}`,
  );
  console.log(result.violation?.message ?? '');
  for (const line of result.violation?.story ?? []) console.log(line);
};

const brokenArguments = ({ broken }: Settings): string => [...broken].map((name) => ` --break ${name}`).join('');

const tellOne = async (settings: Settings, year: number): Promise<void> => {
  const result = await runWorld({ ...yearOf(settings, year), hear: (line) => console.log(line) });
  report([result]);
  if (result.violation === null) return;
  process.exitCode = 1;
  console.log(result.violation.message);
  for (const line of result.violation.story) console.log(line);
};

const serve = (settings: Settings): void => {
  process.on('message', async (year) => {
    const result = await runWorld(yearOf(settings, Number(year)));
    const { user, system } = process.cpuUsage();
    const answer: Answer = { result, worked: (user + system) / 1000 };
    process.send?.(answer);
  });
};

try {
  const settings = readSettings(process.argv.slice(2), availableParallelism());
  if (process.env.SIMULATED_YEARS === undefined) await run(settings);
  else serve(settings);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(usage);
  process.exitCode = 1;
}
