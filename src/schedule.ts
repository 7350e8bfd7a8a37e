import { createTask, schedule } from 'node-cron';
import type { Duration } from './domain/instant.ts';
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

/** The longest of the next ten times between two runs of a cron line. */
export const longestPause = (cron: string): Duration => {
  const task = createTask(cron, () => {});
  const runs = task.getNextRuns(11);
  void task.destroy();
  return Math.max(0, ...runs.slice(1).map((run, index) => run.getTime() - (runs[index]?.getTime() ?? run.getTime())));
};
