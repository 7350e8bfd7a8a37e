import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Program } from './database-process.ts';
import type { Find, Search } from './database-ways.ts';

const version = '0.7.0b3';

const environmentIn = (cache: string): string => join(cache, `secantusdb-${version}`);

/**
 * SecantusDB in a private virtual environment. It is built under a name of this process and renamed when it is whole: what
 * bears the final name is never half made, and of two processes that build at once the second throws its own away.
 */
const find: Find = async ({ say, env, cache }) => {
  const home = environmentIn(cache);
  if (existsSync(home)) return { program: programIn(home) };
  const draft = `${home}.of-${process.pid}`;
  try {
    mkdirSync(cache, { recursive: true });
    say(`Database: fetching SecantusDB ${version} into ${home}, once (some 25 MB)`);
    await shown(say, env, 'python3', ['-m', 'venv', '--clear', draft]);
    await shown(say, env, join(draft, 'bin', 'python'), [
      ...['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--progress-bar', 'off'],
      // Building from source would need a compiler and many minutes.
      ...['--retries', '1', '--only-binary', ':all:', `secantusdb==${version}`],
    ]);
    publish(draft, home);
    return { program: programIn(home) };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
};

/** Puts aside an environment that does not start, for instance after its Python was removed. */
const repair = async ({ say, cache }: Search): Promise<void> => {
  const home = environmentIn(cache);
  const broken = `${home}.broken.of-${process.pid}`;
  say(`Database: ${home} is broken and is built anew`);
  try {
    renameSync(home, broken);
  } catch {
    return; // another process has put it aside already
  }
  rmSync(broken, { recursive: true, force: true });
};

/** The two steps of the last way. */
export const secantus = { find, repair } as const;

const publish = (draft: string, home: string): void => {
  try {
    renameSync(draft, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  }
};

const programIn = (home: string): Program => ({
  // Through the interpreter: the first line of the installed script still names the place where it was built.
  command: join(home, 'bin', 'python'),
  argumentsFor: (port, folder) => [
    ...[join(home, 'bin', 'secantusd-py'), '--host', '127.0.0.1', '--port', String(port)],
    // Without it a killed server forgets writes that it has acknowledged.
    ...['--storage-path', folder, '--log-level', 'ERROR', '--sync-on-commit'],
    // A replica set of one writes down what differs with every update, for followers that it has not.
    '--standalone',
  ],
});

/** Runs a command, saying each of its lines. @throws with its last line when it fails */
const shown = (say: Search['say'], env: Search['env'], command: string, args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...env } });
    const lines: string[] = [];
    const read = (line: string): void => {
      lines.push(line.trim());
      say(`  ${line.trim()}`);
    };
    createInterface(child.stdout).on('line', read);
    createInterface(child.stderr).on('line', read);
    child.once('error', (error) => reject(new Error(`cannot run ${command} (${error.message})`)));
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(lines.findLast((line) => line !== '') ?? `${command} ended with ${code}`)),
    );
  });
