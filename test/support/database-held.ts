import type { Database } from '../../sandbox/database.ts';

let held: Database | null = null;

/** Keeps the server between the start and the end of a run. */
export const hold = (database: Database): void => {
  held = database;
};

/** Stops the server that is held, if any. */
export const release = async (): Promise<void> => {
  await held?.stop();
  held = null;
};
