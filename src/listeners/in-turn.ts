import type { Incoming } from '../flows/incoming.ts';

const turns = new Map<string, Promise<unknown>>();

/** What one person does in one channel goes one after the other: the second may join what the first opens (2.4). */
export const inTurn = async <T>({ channel, userId }: Incoming, work: () => Promise<T>): Promise<T> => {
  const key = `${channel}:${userId}`;
  const before = turns.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(key, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(key) === mine) turns.delete(key);
  }
};
