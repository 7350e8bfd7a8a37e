import { constants } from 'node:os';
import { StartError, startTierline, type Tierline } from './app.ts';
import { readEnvironment, readSettings } from './config.ts';
import type { Log } from './flows/ports.ts';
import { createLog } from './logger.ts';
import { isEndedSocket } from './store/store-unreachable-error.ts';

/** Reads the settings, starts the desk, and stops it gently (13.4, 13.5). */
const main = async (): Promise<void> => {
  const settings = readSettings(readEnvironment(process.cwd()));
  if (!settings.ok) return refuse(settings.lines);
  const { config, deskPlan, deskFileText } = settings;
  const log = createLog(config.logLevel, (line) => process.stdout.write(line));

  // A fault nobody caught cannot be mended from here: say what it was, and let the supervisor start anew. A socket that the
  // database ended is none: whoever waits for an answer on it gives up in time.
  for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(fault, (error) => {
      if (isEndedSocket(error)) return log.warn('a connection was ended by the other side', { error });
      log.error('fault', { kind: fault, error });
      process.exit(1);
    });
  }

  const clock = { now: Date.now };
  const starting = startTierline({ ...config, deskPlan, deskFileText, clock, log }).catch((error: unknown) => {
    if (!(error instanceof StartError)) throw error;
    log.error('start refused', { error });
    return refuse(error.lines);
  });
  // Heard from the first moment: a supervisor may change its mind while the desk still starts.
  stopOnSignal(starting, config.drainSeconds, log);
  await starting;
};

/**
 * The first signal drains and exits 0, also when the limit ends it: what is left then is stored and goes on elsewhere, or
 * is sent again by Slack. The second exits at once with 128 and its number, as whoever is ended by a signal.
 */
const stopOnSignal = (starting: Promise<Tierline | undefined>, drainSeconds: number, log: Log): void => {
  let stage: string | null = null;

  const stop = async (signal: 'SIGTERM' | 'SIGINT'): Promise<void> => {
    if (stage !== null) {
      log.warn('stopped at once', { signal, left: stage });
      process.exit(128 + constants.signals[signal]);
    }
    stage = 'start';
    log.info('stopping', { signal, drainSeconds });
    setTimeout(() => {
      log.warn('stopped at the drain limit', { left: stage });
      process.exit(0);
    }, drainSeconds * 1_000);
    const tierline = await starting;
    await tierline?.stop((next) => {
      stage = next;
    });
    process.exit();
  };

  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
};

const refuse = (lines: readonly string[]): undefined => {
  process.stderr.write(`Tierline did not start.\n${lines.map((line) => `  - ${line}\n`).join('')}`);
  process.exitCode = 1;
};

await main();
