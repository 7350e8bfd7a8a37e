import { setTimeout as pause } from 'node:timers/promises';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { mongo } from 'mongoose';
import { rounded } from './figures.ts';
import type { Server } from './server.ts';

/** More at once as long as that helps: on the fallback it soon does not, and 50 stall it. */
const candidates = [1, 5, 10, 20, 50];
/** Milliseconds in which it must have stopped: where it stalls it never does. */
const stopLimit = 3_000;
/** More than it does in one trial. */
const jobs = 600;

/** One job a ticket, each doing one update: how many are done in a second. */
export const agendaPerSecond = async (server: Server, concurrency: number, seconds: number): Promise<number> => {
  const trial = seconds * 1000;
  const database = await server.fresh('agenda');
  const client = new mongo.MongoClient(database.uri, { writeConcern: { w: 'majority', journal: true } });
  await client.connect();
  try {
    const db = client.db();
    const tickets = db.collection<{ _id: string; version: number }>('tickets');
    const ids = Array.from({ length: jobs }, (_, index) => `T1:${index}`);
    await tickets.insertMany(ids.map((_id) => ({ _id, version: 1 })));
    let done = 0;
    const agenda = new Agenda({
      backend: new MongoBackend({ address: database.uri }),
      processEvery: 100,
      maxConcurrency: concurrency,
      defaultConcurrency: concurrency,
      defaultLockLimit: concurrency,
    });
    await agenda.ready;
    agenda.define<{ id: string }>('deadline', async ({ attrs }) => {
      await tickets.updateOne({ _id: attrs.data.id, version: 1 }, { $set: { version: 2, tier: 2 } });
      done += 1;
    });
    await schedule(db, ids);
    const startedAt = performance.now();
    await agenda.start();
    while (done < jobs && performance.now() - startedAt < trial) await pause(5);
    const rate = (done / (performance.now() - startedAt)) * 1000;
    await Promise.race([agenda.stop(), pause(stopLimit, null, { ref: false })]);
    return rate;
  } finally {
    await client.close();
    await database.drop();
  }
};

/** As Agenda writes them itself, but together, and outside the measure. */
const schedule = async (db: mongo.Db, ids: readonly string[]): Promise<void> => {
  const due = new Date(Date.now() - 1000);
  await db.collection('agendaJobs').insertMany(
    ids.map((id) => ({
      name: 'deadline',
      type: 'normal',
      priority: 0,
      data: { id },
      nextRunAt: due,
      lockedAt: null,
      shouldSaveResult: false,
    })),
  );
};

/** The concurrency that suits it best on this server. */
export const bestConcurrency = async (
  server: Server,
  seconds: number,
  say: (line: string) => void,
): Promise<number> => {
  let best = { concurrency: 1, rate: 0 };
  for (const concurrency of candidates) {
    const rate = await agendaPerSecond(server, concurrency, seconds);
    say(`Agenda at concurrency ${concurrency}: ${rounded(rate)}/s`);
    if (rate <= best.rate) break;
    best = { concurrency, rate };
  }
  return best.concurrency;
};
