/**
 * What the desk costs, beside peers that do the least: `npm run bench`, `npm run bench -- --json`.
 * Shorter: `--only intake,claim`, `--rounds 2`, `--open 300000`. Progress goes to stderr.
 */
import { startDatabase } from '../sandbox/database.ts';
import { readArguments } from './arguments.ts';
import { measure } from './measure.ts';
import { tableOf } from './table.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const main = async (): Promise<void> => {
  const options = readArguments(process.argv.slice(2));
  const database = await startDatabase({ say });
  try {
    const results = await measure(database, options, say);
    process.stdout.write(`${options.json ? JSON.stringify(results, null, 2) : tableOf(results)}\n`);
  } finally {
    await database.stop();
  }
};

// Agenda, stopped in the midst of its work, leaves questions open that nobody waits for.
process.on('uncaughtException', (error) => {
  if (error.name !== 'MongoClientClosedError') throw error;
});

await main().catch((error: unknown) => {
  say(`The benchmark failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
// Agenda leaves timers behind.
process.exit();
