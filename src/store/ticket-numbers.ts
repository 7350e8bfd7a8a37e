import { type Connection, type Model, Schema } from 'mongoose';
import { unlessThere } from './duplicate.ts';
import { reaching } from './store-unreachable-error.ts';

interface Counter {
  readonly _id: string;
  /** The last number given out, to whichever process. */
  readonly last: number;
}

const schema = new Schema<Counter>(
  { _id: String, last: Number },
  { collection: 'counters', strict: 'throw', versionKey: false },
);

const counterModel = (connection: Connection): Model<Counter> => connection.model<Counter>('Counter', schema);

/** The last number that any process has reserved; 0 where none has. One round trip. */
export const lastNumber = async (connection: Connection, team: string): Promise<number> =>
  (await counterModel(connection).findById(team).lean<Counter>())?.last ?? 0;

interface Block {
  next: number;
  readonly last: number;
}

/**
 * Ticket numbers of a workspace (1). A process reserves them in blocks, so that most cost no round trip: `atOnce`, or as many as
 * are waited for, where those are more. What is left of a block when it ends is a gap, and never used.
 */
export const ticketNumbers = (connection: Connection, atOnce: number) => {
  const model = counterModel(connection);
  const blocks = new Map<string, Block>();
  const reservations = new Map<string, Promise<void>>();
  const waiting = new Map<string, number>();

  const reserve = async (team: string): Promise<void> => {
    // Given up where no answer comes, or all who come later would wait for it too.
    const by = Math.max(atOnce, waiting.get(team) ?? 0);
    const last = await reaching(() => increased(team, by));
    blocks.set(team, { next: last - by + 1, last });
  };

  const increased = async (team: string, by: number): Promise<number> => {
    const counter = await model
      .findOneAndUpdate({ _id: team }, { $inc: { last: by } }, { returnDocument: 'after' })
      .lean<Counter>();
    if (counter !== null) return counter.last;
    // Inserted rather than upserted: of two upserts at once one may fail, or find nothing.
    await unlessThere(() => model.insertOne({ _id: team, last: 0 }));
    return increased(team, by);
  };

  /** Those who come while a block is being reserved wait for the same one. */
  const reserved = (team: string): Promise<void> => {
    const running = reservations.get(team) ?? reserve(team).finally(() => reservations.delete(team));
    reservations.set(team, running);
    return running;
  };

  const take = (team: string): number | null => {
    const block = blocks.get(team);
    return block !== undefined && block.next <= block.last ? block.next++ : null;
  };

  const count = (team: string, by: 1 | -1): void => {
    waiting.set(team, (waiting.get(team) ?? 0) + by);
  };

  const waitFor = async (team: string): Promise<number> => {
    count(team, 1);
    try {
      for (;;) {
        await reserved(team);
        const number = take(team);
        if (number !== null) return number;
      }
    } finally {
      count(team, -1);
    }
  };

  const next = async (team: string): Promise<number> => take(team) ?? waitFor(team);

  return { model, next };
};
