import { mongo } from 'mongoose';
import type { Instant } from '../src/domain/instant.ts';
import type { TicketRecord } from '../src/flows/ports.ts';
import { connectStore, type Store } from '../src/store/connection.ts';
import { documentOf, type TicketDocument } from '../src/store/ticket-document.ts';

/** A database with the desk's own collections and indexes, which can be filled faster than people write. */
export interface FilledStore {
  readonly store: Store;
  readonly tickets: mongo.Collection<TicketDocument>;
  readonly db: mongo.Db;
  /** Puts so many tickets there, made one by one. */
  fill(count: number, make: (index: number) => TicketRecord): Promise<void>;
  close(): Promise<void>;
}

const atOnce = 1_000;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

export const openFilledStore = async (uri: string): Promise<FilledStore> => {
  const store = await connectStore(uri, silent);
  const client = new mongo.MongoClient(uri, { ignoreUndefined: true, writeConcern: { w: 'majority', journal: true } });
  const db = client.db();
  const tickets = db.collection<TicketDocument>('tickets');
  return {
    store,
    tickets,
    db,
    fill: async (count, make) => {
      for (let from = 0; from < count; from += atOnce) {
        const length = Math.min(atOnce, count - from);
        const documents = Array.from({ length }, (_, index) => documentOf(make(from + index)));
        await tickets.insertMany(documents, { ordered: false });
      }
    },
    close: async () => {
      await store.close();
      await client.close();
    },
  };
};

/** Which index answers a question, and how much is looked at for it. */
export interface Answered {
  readonly indexes: readonly string[];
  readonly scans: boolean;
  readonly examined: number;
}

/** Has the server explain a command while carrying it out. */
export const explained = async (db: mongo.Db, command: mongo.Document): Promise<Answered> => {
  const plan = await db.command({ explain: command, verbosity: 'executionStats' });
  const stages = stagesOf(plan.queryPlanner ?? plan);
  return {
    indexes: [...new Set(stages.flatMap(({ index }) => index ?? []))],
    scans: stages.some(({ stage }) => stage === 'COLLSCAN'),
    examined: Number(plan.executionStats?.totalDocsExamined ?? Number.NaN),
  };
};

interface Stage {
  readonly stage: string;
  readonly index: string | null;
}

/** All stages of a plan, from whatever depth. */
const stagesOf = (plan: unknown): readonly Stage[] => {
  if (typeof plan !== 'object' || plan === null) return [];
  const index = 'indexName' in plan && typeof plan.indexName === 'string' ? plan.indexName : null;
  const own = 'stage' in plan && typeof plan.stage === 'string' ? [{ stage: plan.stage, index }] : [];
  return [...own, ...Object.values(plan).flatMap(stagesOf)];
};

/** The question for what is due, as the store asks it. */
export const dueCommand = (now: Instant, limit: number): mongo.Document => ({
  find: 'tickets',
  filter: { dueAt: { $lte: now } },
  sort: { dueAt: 1 },
  limit,
});
