import mongoose, { type Connection } from 'mongoose';
import { minute } from '../../src/domain/instant.ts';
import { dueBetween, numberedBetween, withThreads } from '../../src/store/audit-tickets.ts';
import { connectStore, type Store } from '../../src/store/connection.ts';
import {
  dueBy,
  everDue,
  everUnsaid,
  inThread,
  listed,
  numbered,
  type Question,
  recentOf,
  unsaidBy,
} from '../../src/store/ticket-queries.ts';
import { aChange, aNotice, aRecord, openingTime } from '../support/a-record.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aSilentLog } from './a-silent-log.ts';
import { ticketStoreContract } from './ticket-store-contract.ts';

const commands: string[] = [];
let database: FreshDatabase;
let one: Store;
let two: Store;
let raw: Connection;

beforeAll(async () => {
  database = await freshDatabase();
  const onCommand = (name: string): void => {
    commands.push(name);
  };
  // Both at once, as replicas start: on an empty database each makes what is missing.
  [one, two] = await Promise.all([
    connectStore(database.uri, aSilentLog, { numbersAtOnce: 10, onCommand }),
    connectStore(database.uri, aSilentLog, { numbersAtOnce: 10 }),
  ]);
  raw = await mongoose.createConnection(database.uri).asPromise();
});

afterAll(async () => {
  await Promise.all([one.close(), two.close(), raw.close()]);
  await database.drop();
});

const forget = async (): Promise<void> => {
  await raw.collection('tickets').deleteMany({});
};

describe('tickets in MongoDB', () => {
  ticketStoreContract(async () => ({ one: one.tickets, two: two.tickets, forget }));
});

describe('a question to the tickets', () => {
  beforeAll(async () => {
    for (let number = 1; number <= 30; number += 1) {
      await one.tickets.insert(
        aRecord({ ticket: { number }, ...(number % 3 ? {} : { sayAt: openingTime, dueAt: null }) }),
      );
    }
  });
  afterAll(forget);

  const statuses = ['open', 'waiting'] as const;
  const questions: readonly (readonly [string, Question, string])[] = [
    ['by number', numbered('T1', 3), 'ticket.team_1_ticket.number_1'],
    ['by thread', inThread('T1', 'C1:1.2'), 'foundBy_1'],
    ['by customer in a channel', recentOf('T1', 'U1', 'C1', openingTime), 'foundBy_1'],
    ['whether messages are known', withThreads('T1', ['C1:1.2', 'C1:1.3']), 'foundBy_1'],
    ['running tickets in turn', dueBetween(openingTime, openingTime + minute), 'dueAt_1'],
    ['all tickets in turn', numberedBetween('T1', 7, 9), 'ticket.team_1_ticket.number_1'],
    ['what is due', dueBy(openingTime), 'dueAt_1'],
    ['what is unsaid', unsaidBy(openingTime), 'sayAt_1'],
    ['the next deadline', everDue, 'dueAt_1'],
    ['the next notice', everUnsaid, 'sayAt_1'],
    ["a customer's list", listed({ team: 'T1', customer: 'U1', statuses }), 'foundBy_1'],
    ["the list of a customer's company", listed({ team: 'T1', customer: 'U1', company: 'T9', statuses }), 'foundBy_1'],
    ["an owner's list", listed({ team: 'T1', owner: 'U1', statuses }), 'foundBy_1'],
    ["a tier's list", listed({ team: 'T1', tier: 2, statuses }), 'foundBy_1'],
    ['the list of all that is open', listed({ team: 'T1', statuses }), 'foundBy_1'],
  ];

  it.each(questions)('is answered from an index: %s', async (_name, { filter, sort }, index) => {
    const cursor = raw.collection('tickets').find({ ...filter }, { limit: 10 });
    const { queryPlanner } = await cursor.sort({ ...sort }).explain('queryPlanner');
    const stages = stagesOf(queryPlanner.winningPlan);
    expect(stages.map(({ stage }) => stage)).not.toContain('COLLSCAN');
    expect(stages.flatMap(({ indexName }) => indexName ?? [])).toContain(index);
  });
});

interface Stage {
  readonly stage: string;
  readonly indexName?: string;
}

/** All stages of a plan, from whatever depth; MongoDB 7 wraps them in `queryPlan`. */
const stagesOf = (plan: unknown): readonly Stage[] => {
  if (typeof plan !== 'object' || plan === null) return [];
  const own = 'stage' in plan && typeof plan.stage === 'string' ? [plan as Stage] : [];
  return [...own, ...Object.values(plan).flatMap(stagesOf)];
};

describe('a ticket that was changed by hand', () => {
  afterEach(forget);

  it.each([
    ['without a guard and names', { $unset: { guard: 1, foundBy: 1 } }],
    ['with a guard of other times', { $set: { guard: '7 said' } }],
  ] as const)('is written again, and found in its lists and threads: %s', async (_, change) => {
    const record = aRecord();
    await one.tickets.insert(record);
    await raw.collection<{ _id: string }>('tickets').updateOne({ _id: record.ticket.id }, change);
    expect(await one.tickets.save(record, aChange(record))).toBe(false);
    const read = await two.tickets.load(record.ticket.id);
    expect(read).toEqual(record);
    expect((await one.tickets.list({ team: 'T1', statuses: ['open'] }, { skip: 0, limit: 10 })).total).toBe(1);
    expect(await one.tickets.byThread('T1', record.ticket.threads[0] ?? '')).toEqual(record);
    expect(await one.tickets.save(record, aChange(record))).toBe(true);
  });
});

describe('round trips', () => {
  afterAll(forget);

  const tripsOf = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    commands.length = 0;
    await work();
    return commands.filter((name) => !['hello', 'ping', 'endSessions'].includes(name));
  };

  it('are one for each step of a ticket', async () => {
    const { tickets } = one;
    const record = aRecord({ notices: { n1: aNotice() }, sayAt: openingTime });
    const saying = { by: 'a', until: openingTime + minute };
    const leased = { ...record, saying, sayAt: saying.until };
    const outcome = { said: ['n1'], withdrawn: [], postponed: [], anchors: {}, sayAt: null, saying: null };
    expect(await tripsOf(() => tickets.insert(record))).toEqual(['insert']);
    expect(await tripsOf(() => tickets.load(record.ticket.id))).toEqual(['find']);
    expect(await tripsOf(() => tickets.byNumber('T1', 1))).toEqual(['find']);
    expect(await tripsOf(() => tickets.lease(record, saying))).toEqual(['update']);
    expect(await tripsOf(() => tickets.recordSaid(leased, outcome))).toEqual(['update']);
    expect(await tripsOf(() => tickets.save(record, aChange(record)))).toEqual(['update']);
    expect(await tripsOf(() => tickets.insert(record))).toEqual(['insert', 'find']);
    expect(await tripsOf(() => tickets.nextInstant())).toEqual(['find', 'find']);
  });

  it('are one for ten numbers, or for as many as are waited for, for a batch that is full and for a short list', async () => {
    const { tickets } = one;
    for (let number = 2; number <= 5; number += 1) await tickets.insert(aRecord({ ticket: { number } }));
    const later = openingTime + 90 * minute;
    expect(await tripsOf(() => tickets.due(later, 3))).toEqual(['find']);
    expect(await tripsOf(() => tickets.due(openingTime, 3))).toEqual(['find']);
    const filter = { team: 'T1', statuses: ['open'] as const };
    expect(await tripsOf(() => tickets.list(filter, { skip: 0, limit: 10 }))).toEqual(['find']);
    expect(await tripsOf(() => tickets.list(filter, { skip: 0, limit: 2 }))).toEqual(['find', 'aggregate']);
    await tickets.nextNumber('T-TRIPS');
    const nine = async () => Promise.all(Array.from({ length: 9 }, () => tickets.nextNumber('T-TRIPS')));
    expect(await tripsOf(nine)).toEqual([]);
    expect(await tripsOf(nine)).toEqual(['findAndModify']);
    const burst = async () => Promise.all(Array.from({ length: 51 }, () => tickets.nextNumber('T-TRIPS')));
    expect(await tripsOf(burst)).toEqual(['findAndModify', 'findAndModify']);
  });
});

describe('collections', () => {
  it('are made before the first write, with their indexes', async () => {
    const names = (await raw.listCollections()).map(({ name }) => name).toSorted();
    expect(names).toEqual(['audits', 'counters', 'desks', 'policies', 'prompts', 'tickets']);
    expect(await raw.collection('tickets').indexes()).toHaveLength(5);
  });
});
