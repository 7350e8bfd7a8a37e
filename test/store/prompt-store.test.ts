import mongoose, { type Connection } from 'mongoose';
import { day, minute, second } from '../../src/domain/instant.ts';
import { connectStore, type Store } from '../../src/store/connection.ts';
import { openingTime } from '../support/a-record.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aSilentLog } from './a-silent-log.ts';

let database: FreshDatabase;
let store: Store;
let raw: Connection;

beforeAll(async () => {
  database = await freshDatabase();
  store = await connectStore(database.uri, aSilentLog);
  raw = await mongoose.createConnection(database.uri).asPromise();
});
afterAll(async () => {
  await Promise.all([store.close(), raw.close()]);
  await database.drop();
});

describe('"Open a ticket?"', () => {
  it('is asked once per thread, however often and whoever wants to', async () => {
    const tries = Array.from({ length: 10 }, () => store.prompts.askOnce('C1:1.1', openingTime));
    expect((await Promise.all(tries)).filter((answer) => answer === 'ask')).toHaveLength(1);
    await store.prompts.asked('C1:1.1', openingTime);
    expect(await store.prompts.askOnce('C1:1.1', openingTime + day)).toBe('asked');
    expect(await store.prompts.askOnce('C1:9.9', openingTime)).toBe('ask');
  });

  it('is not asked yet while one who began may fail, and asked again, by one, after twenty seconds (14.1)', async () => {
    await store.prompts.askOnce('C1:2.2', openingTime);
    expect(await store.prompts.askOnce('C1:2.2', openingTime)).toBe('busy');
    expect(await store.prompts.askOnce('C1:2.2', openingTime + 20 * second)).toBe('busy');
    const later = openingTime + 20 * second + 1;
    const tries = await Promise.all(Array.from({ length: 10 }, () => store.prompts.askOnce('C1:2.2', later)));
    expect(tries.toSorted()).toEqual(['ask-again', ...Array.from({ length: 9 }, () => 'busy')]);
    await store.prompts.asked('C1:2.2', later);
    expect(await store.prompts.askOnce('C1:2.2', later + minute)).toBe('asked');
  });

  it('is asked at once by the next where nothing was asked', async () => {
    await store.prompts.askOnce('C1:4.4', openingTime);
    await store.prompts.notAsked('C1:4.4');
    expect(await store.prompts.askOnce('C1:4.4', openingTime)).toBe('ask');
  });

  it('is forgotten by the database after 30 days', async () => {
    await store.prompts.askOnce('C1:3.3', openingTime);
    const prompts = raw.collection<{ _id: string }>('prompts');
    expect(await prompts.findOne({ _id: 'C1:3.3' })).toMatchObject({ forgetAt: new Date(openingTime + 30 * day) });
    expect(await prompts.indexes()).toContainEqual(
      expect.objectContaining({ key: { forgetAt: 1 }, expireAfterSeconds: 0 }),
    );
  });
});
