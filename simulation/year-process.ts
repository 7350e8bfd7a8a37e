import { readSettings } from './settings.ts';
import { runWorld, yearOf } from './world.ts';
import type { Answer } from './years.ts';

/** Simulates the years it is asked for, one after the other, until whoever asks is gone. */
const { seed, broken } = readSettings(process.argv.slice(2), 1);

// Failures are made by the thousand and read by nobody: a year that fails is told again where they are kept.
Error.stackTraceLimit = 0;

process.on('disconnect', () => process.exit());
process.on('message', async (year) => {
  const result = await runWorld(yearOf(seed, broken, Number(year)));
  const { user, system } = process.cpuUsage();
  const answer: Answer = { result, worked: (user + system) / 1000 };
  process.send?.(answer);
});
