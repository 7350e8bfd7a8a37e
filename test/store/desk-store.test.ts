import mongoose, { type Connection } from 'mongoose';
import type { Policy } from '../../src/domain/policy.ts';
import { connectStore, type Store } from '../../src/store/connection.ts';
import { openingTime } from '../support/a-record.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aSilentLog } from './a-silent-log.ts';

let database: FreshDatabase;
let one: Store;
let two: Store;
let raw: Connection;

beforeAll(async () => {
  database = await freshDatabase();
  [one, two] = await Promise.all([connectStore(database.uri, aSilentLog), connectStore(database.uri, aSilentLog)]);
  raw = await mongoose.createConnection(database.uri).asPromise();
});
afterAll(async () => {
  await Promise.all([one.close(), two.close(), raw.close()]);
  await database.drop();
});

// The store keeps a policy as it is, whatever is in it.
const policy = (title: string) => ({ title, review: { effective: '2026-03-01', next: null } }) as unknown as Policy;
const file = (title: string) => ({ policy: policy(title), hash: `hash of ${title}` });
const titlesOf = async (team: string) => (await two.desks.policies(team)).map((version) => version.policy.title);

describe('a desk file', () => {
  it('is published as version 1 at the first start', async () => {
    const outcome = await one.desks.publishFromFile('T1', file('First'), openingTime);
    expect(outcome).toEqual({ happened: 'published', version: 1 });
    expect(await two.desks.policies('T1')).toEqual([
      { version: 1, policy: policy('First'), publishedAt: openingTime, by: 'DESK_FILE', why: 'first start' },
    ]);
  });

  it('is left alone while it stays the same', async () => {
    await one.desks.publishFromFile('T2', file('First'), openingTime);
    const again = await two.desks.publishFromFile('T2', file('First'), openingTime + 1);
    expect(again).toEqual({ happened: 'unchanged', version: 1 });
    expect(await titlesOf('T2')).toEqual(['First']);
  });

  it('is published as the next version when it has changed, and the old ones stay', async () => {
    await one.desks.publishFromFile('T3', file('First'), openingTime);
    const changed = await one.desks.publishFromFile('T3', file('Second'), openingTime + 1);
    expect(changed).toEqual({ happened: 'published', version: 2 });
    expect(await one.desks.publishFromFile('T3', file('First'), openingTime + 2)).toMatchObject({ version: 3 });
    expect(await titlesOf('T3')).toEqual(['First', 'Second', 'First']);
  });

  it('is ignored once desk or policy were changed in Slack', async () => {
    await one.desks.publishFromFile('T4', file('First'), openingTime);
    await raw.collection<{ _id: string }>('desks').updateOne({ _id: 'T4' }, { $set: { changedInSlack: true } });
    const ignored = await one.desks.publishFromFile('T4', file('Second'), openingTime + 1);
    expect(ignored).toEqual({ happened: 'ignored', version: 1 });
    expect(await titlesOf('T4')).toEqual(['First']);
  });

  it('is published once by replicas that start together', async () => {
    for (const [round, title] of ['First', 'Second', 'Third'].entries()) {
      const starts = Array.from({ length: 8 }, (_, i) =>
        (i % 2 ? one : two).desks.publishFromFile('T5', file(title), openingTime + round),
      );
      const outcomes = await Promise.all(starts);
      expect(outcomes.filter(({ happened }) => happened === 'published')).toHaveLength(1);
      expect(new Set(outcomes.map(({ version }) => version))).toEqual(new Set([round + 1]));
    }
    expect(await titlesOf('T5')).toEqual(['First', 'Second', 'Third']);
  });

  it('goes on from a start that ended between its two writes', async () => {
    await one.desks.publishFromFile('T6', file('First'), openingTime);
    await one.desks.publishFromFile('T6', file('Second'), openingTime);
    const halfway = { $set: { policyVersion: 1, fileHash: 'hash of First' } };
    await raw.collection<{ _id: string }>('desks').updateOne({ _id: 'T6' }, halfway);
    const third = await two.desks.publishFromFile('T6', file('Third'), openingTime);
    expect(third).toEqual({ happened: 'published', version: 3 });
    expect(await titlesOf('T6')).toEqual(['First', 'Second', 'Third']);
  });

  it('has its versions read from an index', async () => {
    const { queryPlanner } = await raw.collection('policies').find({ team: 'T1' }).explain('queryPlanner');
    expect(JSON.stringify(queryPlanner.winningPlan)).toContain('"indexName":"team_1_version_1"');
    expect(JSON.stringify(queryPlanner.winningPlan)).not.toContain('COLLSCAN');
  });
});

describe('an intake channel', () => {
  it('counts from the instant it was first named, and keeps it', async () => {
    const first = await one.desks.intakeSince('T7', ['C1'], openingTime);
    expect(first).toEqual({ C1: openingTime });
    const later = await two.desks.intakeSince('T7', ['C1', 'C2'], openingTime + 5);
    expect(later).toEqual({ C1: openingTime, C2: openingTime + 5 });
  });

  it('has one instant for replicas that start together', async () => {
    const starts = Array.from({ length: 6 }, (_, i) =>
      (i % 2 ? one : two).desks.intakeSince('T8', ['C1', 'C2'], openingTime + i),
    );
    const answers = await Promise.all(starts);
    expect(new Set(answers.map((answer) => answer.C1)).size).toBe(1);
  });

  it('keeps its instant when the desk publishes', async () => {
    await one.desks.intakeSince('T9', ['C1'], openingTime);
    await one.desks.publishFromFile('T9', file('First'), openingTime + 5);
    expect(await one.desks.intakeSince('T9', ['C1'], openingTime + 9)).toEqual({ C1: openingTime });
  });
});
