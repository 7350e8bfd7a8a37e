import { readEnvironment, readSettings } from './config.ts';
import { firstBreak } from './domain/verify.ts';
import { createLog } from './logger.ts';
import { connectStore, type Store } from './store/connection.ts';
import { whyNoStore } from './store/store-unreachable-error.ts';

/** `npm run verify`: checks every ticket's record and names the first break (9.1). Exit 0: all hold together. */
const main = async (): Promise<number> => {
  const settings = readSettings(readEnvironment(process.cwd()));
  if (!settings.ok) return refuse(settings.lines);
  const log = createLog(settings.config.logLevel, (line) => process.stderr.write(line));
  let store: Store;
  try {
    store = await connectStore(settings.config.mongodbUri, log);
  } catch (error) {
    return refuse([whyNoStore(error)]);
  }
  return check(store);
};

const check = async (store: Store): Promise<number> => {
  try {
    let checked = 0;
    for await (const record of store.tickets.every()) {
      const broken = firstBreak(record);
      if (broken !== null) {
        process.stdout.write(`The record is broken. ${broken}\n`);
        return 1;
      }
      checked += 1;
    }
    process.stdout.write(`${checked} ${checked === 1 ? 'ticket' : 'tickets'} checked: every record holds together.\n`);
    return 0;
  } finally {
    await store.close();
  }
};

const refuse = (lines: readonly string[]): number => {
  process.stderr.write(`Tierline did not verify.\n${lines.map((line) => `  - ${line}\n`).join('')}`);
  return 1;
};

process.exitCode = await main();
