import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../simulation/bundle.ts';

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A program of this repository, run as people run it: as a process of its own. */
export interface OwnProcess {
  /** Everything it has written so far, to either stream. */
  output(): string;
  /** Settles when it has written this. @throws when it ends before, or writes nothing of the kind within 30 s */
  untilSaid(words: string): Promise<void>;
  signal(name: 'SIGTERM' | 'SIGUSR2'): void;
  /** How it ended; `null` where a signal did it. */
  readonly ended: Promise<number | null>;
  /** Ends it at once, if it still runs. */
  kill(): Promise<void>;
}

export interface ProcessOptions {
  readonly command: readonly string[];
  /** All of its environment but `PATH` and `HOME`. */
  readonly env: Readonly<Record<string, string>>;
  /** Where it runs; a folder without `.env`, so that nothing but `env` is read. */
  readonly cwd: string;
}

const patience = 30_000;

export const startProcess = ({ command: [program = '', ...args], env, cwd }: ProcessOptions): OwnProcess => {
  const child = spawn(program, args, { cwd, env: { ...passed(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      changed();
    });
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve(code);
      changed();
    });
  });
  const untilSaid = (words: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (error: Error | null): void => {
        clearTimeout(timer);
        listeners.delete(look);
        if (error === null) resolve();
        else reject(error);
      };
      const look = (): void => {
        if (output.includes(words)) end(null);
        else if (hasEnded(child)) end(new Error(`It ended without saying "${words}":\n${output}`));
      };
      const timer = setTimeout(() => end(new Error(`It does not say "${words}":\n${output}`)), patience);
      listeners.add(look);
      look();
    });
  return {
    output: () => output,
    untilSaid,
    signal: (name) => void child.kill(name),
    ended,
    kill: async () => {
      if (!hasEnded(child)) child.kill('SIGKILL');
      await ended;
    },
  };
};

/** Runs to the end: the exit code and everything written. */
export const runProcess = async (
  options: ProcessOptions,
  limit = patience,
): Promise<{ readonly code: number | null; readonly output: string }> => {
  const own = startProcess(options);
  const timer = setTimeout(() => void own.kill(), limit);
  try {
    return { code: await own.ended, output: own.output() };
  } finally {
    clearTimeout(timer);
  }
};

/** A TypeScript file of the repository, run as the package's scripts run it, without npm around it. */
export const sourceCommand = (path: string): readonly string[] => [
  process.execPath,
  '--import',
  import.meta.resolve('tsx'),
  `${root}${path}`,
];

/** Remove it in `afterAll`. */
export interface BuiltCommand {
  readonly command: readonly string[];
  remove(): void;
}

/** The same, translated once: that takes most of a start. */
export const builtCommand = async (path: string): Promise<BuiltCommand> => {
  const { path: program, remove } = await bundle(new URL(`../../${path}`, import.meta.url));
  return { command: [process.execPath, program], remove };
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const passed = (): Readonly<Record<string, string>> =>
  Object.fromEntries(['PATH', 'HOME'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
