import { type Connection, Schema } from 'mongoose';
import { day, type Instant, second } from '../domain/instant.ts';
import { isDuplicate } from './duplicate.ts';
import { reaching } from './store-unreachable-error.ts';

/** Remembers which threads were asked "Open a ticket?", so that each is asked once (2.10). */
export interface PromptStore {
  /**
   * `ask`: the caller asks now and then calls `asked`. `ask-again`: the same, but one who began before was not heard of again,
   * and may have asked. `busy`: another is about to ask, and may yet fail. `asked`: it was asked.
   */
  askOnce(key: string, now: Instant): Promise<Turn>;
  asked(key: string, now: Instant): Promise<void>;
  /** Nothing was asked: the next delivery asks at once. */
  notAsked(key: string): Promise<void>;
}

type Turn = 'ask' | 'ask-again' | 'asked' | 'busy';

interface Prompt {
  readonly _id: string;
  readonly startedAt: Instant;
  /** `null` until the question has reached Slack. */
  readonly askedAt: Instant | null;
  /** A date, for MongoDB forgets by dates only. */
  readonly forgetAt: Date;
}

/**
 * One who began to ask and has not finished after this long has failed, and what they sent has landed or never will. Well
 * within the minute after which Slack sends a message again: the try after that comes five minutes later, and is the last.
 */
const patience = 20 * second;
const remembered = 30 * day;

const schema = new Schema<Prompt>(
  { _id: String, startedAt: Number, askedAt: Number, forgetAt: Date },
  { collection: 'prompts', strict: 'throw', versionKey: false },
);
schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

/** One round trip each; `askOnce` of a thread that is known takes two, and three to take it over. */
export const promptStore = (connection: Connection) => {
  const prompts = connection.model<Prompt>('Prompt', schema);

  const askOnce = async (key: string, now: Instant): Promise<Turn> => {
    try {
      await prompts.insertOne({ _id: key, startedAt: now, askedAt: null, forgetAt: new Date(now + remembered) });
      return 'ask';
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return turnAfter(key, now);
    }
  };

  /** Where another began before. */
  const turnAfter = async (key: string, now: Instant): Promise<Turn> => {
    const begun = await prompts.findOne({ _id: key }).lean();
    if (begun === null) return 'busy';
    const { askedAt, startedAt } = begun;
    if (askedAt !== null) return 'asked';
    if (startedAt >= now - patience) return 'busy';
    const taken = await prompts.updateOne({ _id: key, askedAt, startedAt }, { $set: { startedAt: now } });
    return taken.matchedCount === 1 ? 'ask-again' : 'busy';
  };

  const asked = async (key: string, now: Instant): Promise<void> => {
    await prompts.updateOne({ _id: key }, { $set: { askedAt: now } });
  };

  const notAsked = async (key: string): Promise<void> => {
    await prompts.deleteOne({ _id: key, askedAt: null });
  };

  const store: PromptStore = {
    askOnce: (key, now) => reaching(() => askOnce(key, now)),
    asked: (key, now) => reaching(() => asked(key, now)),
    notAsked: (key) => reaching(() => notAsked(key)),
  };
  return { store, models: [prompts] };
};
