import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Windows } from './windows.ts';

export interface FleetOptions {
  readonly count: number;
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  /** A folder without `.env`. */
  readonly cwd: string;
  /** Told when no process is up, and when one is again. */
  readonly nobodyUp: Windows;
}

/** Bot processes as a supervisor keeps them: whichever ends is started again. */
export interface Fleet {
  /** Settles when every process has said that it started. @throws when not all have within a minute */
  ready(): Promise<void>;
  /** SIGKILL to the process in this place, which stays away so long. False where it was down already. */
  kill(place: number, awayMs: number): boolean;
  readonly kills: readonly number[];
  /** SIGTERM: it finishes what is in hand, and comes back. False where it was down already. */
  terminate(place: number): boolean;
  /** SIGSTOP, and SIGCONT after so long: it knows nothing of the time between. False where it was down or stopped already. */
  suspend(place: number, forMs: number): boolean;
  readonly suspensions: readonly { readonly from: number; readonly to: number }[];
  /** The last lines of each process that ended and that nobody killed, but for those that would not start while Slack failed them (13.4). */
  readonly endedAlone: readonly string[];
  readonly startsRefused: number;
  /** What the process in each place has written, its last lines. */
  output(): string;
  stop(): Promise<void>;
}

interface Place {
  child: ChildProcess | null;
  isUp: boolean;
  isSuspended: boolean;
  awayMs: number;
  output: string;
}

const patience = 60_000;
const keptOutput = 20_000;

export const startFleet = ({ count, entry, env, cwd, nobodyUp }: FleetOptions): Fleet => {
  const kills: number[] = [];
  const suspensions: { readonly from: number; readonly to: number }[] = [];
  const endedAlone: string[] = [];
  let startsRefused = 0;
  let stopped = false;
  const places = Array.from(
    { length: count },
    (): Place => ({ child: null, isUp: false, isSuspended: false, awayMs: 0, output: '' }),
  );

  const look = (): void => {
    if (places.some(({ isUp, isSuspended }) => isUp && !isSuspended)) nobodyUp.end();
    else nobodyUp.begin();
  };

  const run = (place: Place): Promise<void> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [entry], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
      place.child = child;
      let said = '';
      const read = (chunk: string): void => {
        said = `${said}${chunk}`.slice(-keptOutput);
        place.output = `${place.output}${chunk}`.slice(-keptOutput);
        if (place.isUp || !chunk.includes('"msg":"started"')) return;
        place.isUp = true;
        look();
      };
      child.stdout.setEncoding('utf8').on('data', read);
      child.stderr.setEncoding('utf8').on('data', read);
      child.once('exit', () => {
        if (said.includes('"start-refused"')) startsRefused += 1;
        else if (!child.killed && !stopped) endedAlone.push(lastLines(said));
        place.isUp = false;
        place.isSuspended = false;
        place.child = null;
        look();
        resolve();
      });
    });

  const keep = async (place: Place): Promise<void> => {
    while (!stopped) {
      await run(place);
      const away = place.awayMs;
      place.awayMs = 0;
      if (!stopped) await pause(away === 0 ? 200 : away);
    }
  };

  // Whatever ends us must not leave them behind.
  const killAll = (): void => {
    for (const { child } of places) child?.kill('SIGKILL');
  };
  process.on('exit', killAll);
  look();
  const kept = places.map(keep);

  return {
    ready: async () => {
      const since = performance.now();
      while (!places.every(({ isUp }) => isUp)) {
        if (performance.now() - since > patience) {
          throw new Error(`Starting the bots failed: ${places.map(({ output }) => output).join('\n')}`);
        }
        await pause(20);
      }
    },
    kill: (index, awayMs) => {
      const place = places[index];
      if (!place?.child || !place.isUp) return false;
      place.awayMs = awayMs;
      place.child.kill('SIGKILL');
      kills.push(Date.now());
      return true;
    },
    kills,
    terminate: (index) => {
      const place = places[index];
      if (!place?.child || !place.isUp || place.isSuspended) return false;
      place.child.kill('SIGTERM');
      return true;
    },
    suspend: (index, forMs) => {
      const place = places[index];
      const child = place?.child;
      if (!child?.pid || !place?.isUp || place.isSuspended || child.killed) return false;
      // Not `child.kill`: after that nobody could tell whether it ended by itself.
      process.kill(child.pid, 'SIGSTOP');
      place.isSuspended = true;
      suspensions.push({ from: Date.now(), to: Date.now() + forMs });
      look();
      setTimeout(() => {
        if (place.child !== child || child.pid === undefined) return;
        process.kill(child.pid, 'SIGCONT');
        place.isSuspended = false;
        look();
      }, forMs);
      return true;
    },
    suspensions,
    get startsRefused() {
      return startsRefused;
    },
    endedAlone,
    output: () => places.map(({ output }, index) => `bot ${index + 1}:\n${output}`).join('\n'),
    stop: async () => {
      stopped = true;
      killAll();
      await Promise.all(kept);
      process.off('exit', killAll);
    },
  };
};

const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-12).join('\n');
