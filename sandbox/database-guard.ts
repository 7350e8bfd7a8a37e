import { type ChildProcess, spawn } from 'node:child_process';

// The guard's standard input is a pipe that only our process holds. When we end, however we end, the pipe closes: no
// polling, and no mistaking of a reused process id. It waits a moment before it tidies, since a dying server still writes.
const program = `
  const [server, ...leavings] = process.argv.slice(1);
  const { rmSync } = require('node:fs');
  process.stdin.resume().on('close', () => {
    try { process.kill(Number(server), 'SIGKILL'); } catch {}
    setTimeout(() => leavings.forEach((path) => rmSync(path, { recursive: true, force: true, maxRetries: 5 })), 300);
  });
`;

/**
 * Starts a small process that kills `server` and removes `leavings` when the present process ends without having done so
 * itself, even by SIGKILL. Kill it before stopping the server on purpose.
 */
export const guard = (server: number, leavings: readonly string[]): ChildProcess => {
  const watcher = spawn(process.execPath, ['-e', program, String(server), ...leavings], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    // An inspector or a loader asked for in NODE_OPTIONS is meant for us, not for the guard.
    env: { PATH: process.env.PATH },
  });
  watcher.unref();
  const pipe: unknown = watcher.stdin;
  if (hasUnref(pipe)) pipe.unref();
  return watcher;
};

const hasUnref = (value: unknown): value is { unref(): void } =>
  typeof value === 'object' && value !== null && 'unref' in value && typeof value.unref === 'function';
