import { type Collection, mongo } from 'mongoose';
import type { Duration } from '../domain/instant.ts';
import { isDuplicate } from './duplicate.ts';
import { createRightOfWay } from './right-of-way.ts';
import { reaching } from './store-unreachable-error.ts';
import type { GuardedUpdate } from './ticket-changes.ts';
import type { TicketDocument } from './ticket-document.ts';
import { type BatchLimits, type Landed, writeBatches } from './write-batches.ts';

/** What somebody waits for goes out on its own while there is little of it; marks of what was said go together. */
const acts: BatchLimits = { most: 40, atOnce: 1 };
const marks: BatchLimits = { most: 40, atOnce: 1 };
/** So long a mark lets acts go first: nobody waits for it, and its lease lasts far longer. */
const marksYield: Duration = 300;

/**
 * The writes of tickets, in small bulks (14.4). A bulk tells how many of its updates landed, not which: where not all did,
 * the documents are read once more.
 */
export const ticketWrites = (collection: Collection<TicketDocument>) => {
  const update = async (updates: readonly GuardedUpdate[]): Promise<readonly Landed<boolean>[]> => {
    const [first] = updates;
    if (first !== undefined && updates.length === 1) {
      const { matchedCount } = await collection.updateOne(first.filter, first.update);
      return [{ outcome: matchedCount === 1 }];
    }
    const { matched, errors } = await bulk(updates.map(({ filter, update }) => ({ updateOne: { filter, update } })));
    if (matched === updates.length) return updates.map(() => ({ outcome: true }));
    const documents = await read(updates.map(({ filter }) => filter._id));
    return updates.map((each, index) => {
      if (errors.has(index)) return { error: errors.get(index) };
      const document = documents.get(each.filter._id);
      return { outcome: document !== undefined && each.isIn(document) };
    });
  };

  const insert = async (documents: readonly TicketDocument[]): Promise<readonly Landed<'stored' | 'exists'>[]> => {
    const { errors } = await bulk(documents.map((document) => ({ insertOne: { document } })));
    return Promise.all(
      documents.map(async ({ _id }, index) => {
        const error = errors.get(index);
        if (error === undefined) return { outcome: 'stored' };
        // A number given twice is a fault; only the same ticket twice is expected (2.4).
        const exists = isDuplicate(error) && (await collection.findOne({ _id }, { projection: { _id: 1 } })) !== null;
        return exists ? { outcome: 'exists' } : { error };
      }),
    );
  };

  /** @throws when the bulk as a whole failed: each of its writes may have landed or not */
  const bulk = async (
    writes: readonly mongo.AnyBulkWriteOperation<TicketDocument>[],
  ): Promise<{ readonly matched: number; readonly errors: ReadonlyMap<number, unknown> }> => {
    try {
      const { matchedCount } = await collection.bulkWrite([...writes], { ordered: false });
      return { matched: matchedCount, errors: new Map() };
    } catch (error) {
      if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
      const failed = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
      // Without a word on single writes it is the whole that failed.
      if (failed.length === 0) throw error;
      return { matched: error.matchedCount, errors: new Map(failed.map((each) => [each.index, asError(each)])) };
    }
  };

  const read = async (ids: readonly string[]): Promise<ReadonlyMap<string, TicketDocument>> => {
    const documents = await collection.find({ _id: { $in: [...new Set(ids)] } }).toArray();
    return new Map(documents.map((document) => [document._id, document]));
  };

  const way = createRightOfWay();
  const acting =
    <Write, Outcome>(send: (writes: readonly Write[]) => Promise<readonly Landed<Outcome>[]>) =>
    (writes: readonly Write[]) =>
      way.first(() => reaching(() => send(writes)));

  return {
    insert: writeBatches(acting(insert), acts),
    act: writeBatches(acting(update), acts),
    mark: writeBatches((updates: readonly GuardedUpdate[]) => reaching(() => update(updates)), {
      ...marks,
      turn: () => way.clear(marksYield),
    }),
  };
};

const asError = ({ code, errmsg }: mongo.WriteError): Error =>
  new mongo.MongoServerError({ message: errmsg ?? 'a write was refused', code });
