/** Work that goes on after the ack: nobody waits for it but a shutdown. */
export interface Afterwards {
  /** Starts work at once. A failure goes to `failed`, and never further. */
  run(work: () => Promise<unknown>, failed: (error: unknown) => unknown): void;
  /** Resolves when nothing is in hand any more. */
  idle(): Promise<void>;
}

export const createAfterwards = (): Afterwards => {
  const inHand = new Set<Promise<unknown>>();
  return {
    run: (work, failed) => {
      const running: Promise<unknown> = work()
        .catch(failed)
        // Where even the telling fails nobody is left to hear of it, and it must not end the process.
        .catch(() => {})
        .finally(() => inHand.delete(running));
      inHand.add(running);
    },
    idle: async () => {
      while (inHand.size > 0) await Promise.allSettled([...inHand]);
    },
  };
};
