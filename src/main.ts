import { StartError, startTierline } from './app.ts';
import { readEnvironment, readSettings } from './config.ts';
import { createLog } from './logger.ts';

/** Reads the settings, starts the desk, and stops it gently (13.4, 13.5). */
const main = async (): Promise<void> => {
  const settings = readSettings(readEnvironment(process.cwd()));
  if (!settings.ok) return refuse(settings.lines);
  const { config, deskPlan, deskFileText } = settings;
  const log = createLog(config.logLevel, (line) => process.stdout.write(line));

  // A fault nobody caught cannot be mended from here: say what it was, and let the supervisor start anew.
  for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(fault, (error) => {
      log.error('fault', { kind: fault, error });
      process.exit(1);
    });
  }

  const clock = { now: Date.now };
  const tierline = await startTierline({ ...config, deskPlan, deskFileText, clock, log }).catch((error: unknown) => {
    if (!(error instanceof StartError)) throw error;
    log.error('start refused', { error });
    return refuse(error.lines);
  });
  if (tierline === undefined) return;

  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    // Who asks twice means it.
    if (stopping) process.exit(1);
    stopping = true;
    log.info('stopping', { signal });
    const limit = setTimeout(
      () => {
        log.warn('stopped with work in hand');
        process.exit(1);
      },
      (config.drainSeconds + 5) * 1000,
    );
    await tierline.stop();
    clearTimeout(limit);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
};

const refuse = (lines: readonly string[]): undefined => {
  process.stderr.write(`Tierline did not start.\n${lines.map((line) => `  - ${line}\n`).join('')}`);
  process.exitCode = 1;
};

await main();
