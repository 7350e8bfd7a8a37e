import type { Duration } from '../domain/instant.ts';

/** Waits for work, but no longer than a limit (real time). True when it ended, false when the limit came first. */
export const within = async (limit: Duration, work: Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limit);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
};
