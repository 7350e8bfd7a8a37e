import { type Collection, mongo } from 'mongoose';
import type { Duration } from '../domain/instant.ts';
import { isDuplicate } from './duplicate.ts';
import { reaching } from './store-unreachable-error.ts';
import type { GuardedUpdate } from './ticket-changes.ts';
import type { TicketDocument } from './ticket-document.ts';
import { createWriteLane, type Landed } from './write-lane.ts';

/**
 * What somebody waits for goes first, and of a crowd a part: while the server works on it, those who waited for the part before
 * go on with their work. Marks of what was said, for which nobody waits and whose lease lasts far longer, go after, all together.
 */
const acts = { most: 40, part: 1 / 4, yields: 0 };
const marks: { readonly most: number; readonly part: number; readonly yields: Duration } = {
  most: 40,
  part: 1,
  yields: 2_000,
};

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

  const lane = createWriteLane();
  const sent = (updates: readonly GuardedUpdate[]) => reaching(() => update(updates));
  return {
    insert: lane({ send: (documents: readonly TicketDocument[]) => reaching(() => insert(documents)), ...acts }),
    act: lane({ send: sent, ...acts }),
    mark: lane({ send: sent, ...marks }),
  };
};

const asError = ({ code, errmsg }: mongo.WriteError): Error =>
  new mongo.MongoServerError({ message: errmsg ?? 'a write was refused', code });
