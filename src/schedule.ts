import { schedule } from 'node-cron';
import type { Log } from './flows/ports.ts';

/** A job and the cron line, with seconds, that says when to look. */
export interface Job {
  readonly name: string;
  readonly cron: string;
  run(): Promise<void>;
}

/**
 * Runs each job when its cron line says so; a tick that comes while the job still runs is skipped. Cron says only
 * when to look, never what is due: what is due is in the database.
 *
 * @returns stops all jobs and waits for those that run
 */
export const startSchedule = (jobs: readonly Job[], log: Log): (() => Promise<void>) => {
  const running = new Map<string, Promise<void>>();
  const tasks = jobs.map(({ name, cron, run }) =>
    schedule(
      cron,
      () => {
        if (running.has(name)) return;
        const work = run()
          .catch((error: unknown) => log.error('job failed', { job: name, error }))
          .finally(() => running.delete(name));
        running.set(name, work);
      },
      { name },
    ),
  );
  return async () => {
    await Promise.all(tasks.map((task) => task.destroy()));
    await Promise.all(running.values());
  };
};
