import { parseArgs } from 'node:util';
import { buildBot } from './build.ts';
import { type RunResult, runOnce } from './run.ts';
import { scale } from './scale.ts';
import { countOf, type Finding } from './verdict.ts';

/** `npm run chaos -- --runs 100 --seed N [--break NAME] [--lanes N]` */
const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '100' },
      seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
      break: { type: 'string' },
      lanes: { type: 'string', default: '6' },
      trace: { type: 'boolean', default: false },
    },
  });
  const runs = wholeNumber('runs', values.runs);
  const seed = wholeNumber('seed', values.seed);
  const lanes = Math.min(wholeNumber('lanes', values.lanes), runs);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(
    `Chaos: ${runs} runs from seed ${seed}, ${lanes} at a time${values.break ? `, broken on purpose: ${values.break}` : ''}`,
  );
  const startedAt = performance.now();
  const build = await buildBot(values.break ?? null);
  const results: RunResult[] = [];
  const pending = Array.from({ length: runs }, (_, index) => seed + index);
  try {
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
          const result = await runOnce({
            seed: next,
            entry: build.entry,
            lasts: 10_000,
            issues: [3, 5],
            isMild: false,
          });
          results.push(result);
          say(lineOf(result, results.length, runs));
          if (values.trace) say(traceOf(result));
        }
      }),
    );
  } finally {
    build.remove();
  }
  summarise(results, (performance.now() - startedAt) / 1_000, say);
};

const wholeNumber = (name: string, given: string): number => {
  if (!/^\d+$/.test(given)) throw new Error(`Reading --${name} failed: '${given}' is no whole number`);
  return Number(given);
};

const lineOf = (
  { seed, findings, kills, injected, deeds, endedAlone }: RunResult,
  done: number,
  runs: number,
): string => {
  const faults = Object.values(injected).reduce((sum, each) => sum + each, 0);
  const facts = `${deeds} deeds, ${kills.bots + kills.database} kills, ${faults} faults`;
  const verdict = findings.length === 0 ? 'all as promised' : countOf(findings);
  const details = [
    ...findings.map(({ kind, what }) => `\n    ${kind}: ${what}`),
    ...endedAlone.map((lines) => `\n    a process ended by itself; it wrote last:\n${lines}`),
  ].join('');
  const again = findings.length === 0 ? '' : `\n    again with: npm run chaos -- --runs 1 --seed ${seed}`;
  return `${String(done).padStart(4)}/${runs} seed ${seed}: ${facts}: ${verdict}${details}${again}`;
};

/** Everything Slack received, and what the bots wrote. */
const traceOf = ({ evidence, output }: RunResult): string =>
  [
    JSON.stringify(evidence.affairs, null, 1),
    ...evidence.slack
      .messages()
      .map(({ at, channel, threadTs, ts, user, text, metadata }) =>
        [at, channel, threadTs ?? '', ts, user, JSON.stringify(metadata?.event_payload ?? null), text].join(' '),
      ),
    ...evidence.slack.faults.api.met.map(({ at, method, fault }) => `${at} fault ${method} ${JSON.stringify(fault)}`),
    JSON.stringify(evidence.obstacles),
    output,
  ].join('\n');

const summarise = (results: readonly RunResult[], seconds: number, say: (line: string) => void): void => {
  const sum = (count: (result: RunResult) => number): number => results.reduce((all, each) => all + count(each), 0);
  const names = [...new Set(results.flatMap(({ injected }) => Object.keys(injected)))].sort();
  const byName = names.map((name) => `${name} ${sum(({ injected }) => injected[name] ?? 0)}`);
  const faults = sum(({ injected }) => Object.values(injected).reduce((all, each) => all + each, 0));
  const findings: readonly Finding[] = results.flatMap((each) => each.findings);
  const failed = results.filter((each) => each.findings.length > 0).map(({ seed }) => seed);
  say('');
  say(`${results.length} runs in ${seconds.toFixed(0)} s, ${sum(({ deeds }) => deeds)} deeds of people`);
  say(
    `kills: ${sum(({ kills }) => kills.bots + kills.database)} (bots ${sum(({ kills }) => kills.bots)}, database ${sum(({ kills }) => kills.database)}); ` +
      `processes that ended by themselves: ${sum((each) => each.endedAlone.length)}, starts refused: ${sum(({ startsRefused }) => startsRefused)}`,
  );
  say(`faults: ${faults} (${byName.join(', ')})`);
  say(
    `scale: 1:${scale} for Slack's waits, the settings of 13.6 and what counts as late; a call's limit and landing, 20 s, in full`,
  );
  if (failed.length > 0) say(`failed seeds: ${failed.join(', ')}`);
  const endedAlone = sum((each) => each.endedAlone.length);
  if (endedAlone > 0) say(`failed: ${endedAlone} processes ended by themselves, in seeds ${seedsEndedAlone(results)}`);
  say(countOf(findings));
  process.exitCode = findings.length === 0 && endedAlone === 0 ? 0 : 1;
};

const seedsEndedAlone = (results: readonly RunResult[]): string =>
  results
    .filter(({ endedAlone }) => endedAlone.length > 0)
    .map(({ seed }) => seed)
    .join(', ');

// The bots end with us, also when somebody has seen enough.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
process.setMaxListeners(100);

await main();
