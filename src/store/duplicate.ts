import { mongo } from 'mongoose';

/** Whether a write failed because its `_id`, or another unique value, is there already. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof mongo.MongoServerError && error.code === 11_000;

/** Runs an insert that another process may have done already, which is as good. */
export const unlessThere = async (insert: () => Promise<unknown>): Promise<void> => {
  try {
    await insert();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
};
