/** What moves the whole workspace happens one after the other: moves of the clock, scenes, stops and starts of the bot. */
export type Turns = {
  run<T>(job: () => Promise<T>): Promise<T>;
  isTaken(): boolean;
};

export const createTurns = (): Turns => {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    run: async (job) => {
      waiting += 1;
      const mine = last.then(job, job);
      last = mine.catch(() => {});
      try {
        return await mine;
      } finally {
        waiting -= 1;
      }
    },
    isTaken: () => waiting > 0,
  };
};
