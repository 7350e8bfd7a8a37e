import { availableParallelism } from 'node:os';
import { breakages } from './breakages.ts';
import { report } from './report.ts';
import { readSettings, type Settings, usage } from './settings.ts';
import { shorten } from './shrink.ts';
import { runWorld, type WorldResult, yearOf } from './world.ts';
import { runAll } from './years.ts';

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

const tellFailure = async (settings: Settings, failed: WorldResult, failures: number): Promise<void> => {
  const year = Number(failed.seed.split('/').at(-1));
  console.log(`\n${failures} failed; the first is year ${year} of seed ${settings.seed}: ${failed.violation?.message}`);
  console.log(`Again: npm run simulate -- --seed ${settings.seed} --only ${year}${brokenArguments(settings)}`);
  const { options, result, tries } = await shorten(yearOf(settings.seed, settings.broken, year), failed);
  console.log(
    `Shortened in ${tries} tries to ${options.days} days, ${options.customers} customers, ${options.replicas} replicas, ` +
      `faults: ${[...options.faults].filter((kind) => result.faults[kind] > 0).join(', ') || 'none'}`,
  );
  console.log(result.violation?.message ?? '');
  for (const line of result.violation?.story ?? []) console.log(line);
};

const brokenArguments = ({ broken }: Settings): string => [...broken].map((name) => ` --break ${name}`).join('');

const tellOne = async (settings: Settings, year: number): Promise<void> => {
  const result = await runWorld({ ...yearOf(settings.seed, settings.broken, year), hear: (line) => console.log(line) });
  report([result]);
  if (result.violation === null) return;
  process.exitCode = 1;
  console.log(result.violation.message);
  for (const line of result.violation.story) console.log(line);
};

try {
  await run(readSettings(process.argv.slice(2), availableParallelism()));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(usage);
  process.exitCode = 1;
}
