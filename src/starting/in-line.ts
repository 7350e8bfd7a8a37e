type Line = (job: () => Promise<void>) => Promise<void>;

/** However often it is asked for while a run waits for its turn: that run sees all of it. */
export const onceWaiting = (line: Line, job: () => Promise<void>): (() => Promise<void>) => {
  let isWaiting = false;
  return async () => {
    if (isWaiting) return;
    isWaiting = true;
    await line(async () => {
      isWaiting = false;
      await job();
    });
  };
};

/** Runs jobs one after the other: two readings of the desk at once would take each other's changes for their own. */
export const oneAfterAnother = (): Line => {
  let last: Promise<void> = Promise.resolve();
  return (job) => {
    const mine = last.then(job, job);
    last = mine.catch(() => {});
    return mine;
  };
};
