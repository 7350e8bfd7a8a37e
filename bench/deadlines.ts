import type { mongo } from 'mongoose';
import { hour, type Instant } from '../src/domain/instant.ts';
import { expireDeadlines } from '../src/flows/expire-deadlines.ts';
import type { TicketRecord } from '../src/flows/ports.ts';
import { rememberedTickets } from '../src/flows/remembered-tickets.ts';
import type { TicketDocument } from '../src/store/ticket-document.ts';
import { agendaPerSecond, bestConcurrency } from './agenda.ts';
import type { Arguments } from './arguments.ts';
import { median, rounded } from './figures.ts';
import { type FilledStore, openFilledStore } from './filled-store.ts';
import { quietPorts } from './quiet-ports.ts';
import { alike, ripeTicket } from './ripe-tickets.ts';
import { measureSaying, type Saying } from './saying.ts';
import type { Server } from './server.ts';

/** Monday, 10 o'clock UTC. */
export const openedAt: Instant = Date.UTC(2027, 0, 11, 10);

export interface Deadlines {
  /** Timed escalations decided and saved, a second. */
  readonly tierline: { readonly perSecond: number };
  /** A bare `bulkWrite` of as many guarded updates, 200 at a time. */
  readonly bulkWrite: { readonly perSecond: number };
  readonly agenda: { readonly perSecond: number; readonly concurrency: number };
  readonly ratioToBulkWrite: number;
  readonly ratioToAgenda: number;
  /** What follows an escalation, measured by itself. */
  readonly saying: Saying;
}

/** As many as the desk carries out at once. */
const batch = 200;

/** Decides and saves what is due at an instant. @returns milliseconds and how many moved */
export const sweep = async ({ store }: FilledStore, now: Instant) => {
  const ports = quietPorts(rememberedTickets(store.tickets, 2_000), () => now);
  const startedAt = performance.now();
  const moved = await expireDeadlines(ports);
  return { ms: performance.now() - startedAt, moved };
};

const sweptPerSecond = async (filled: FilledStore, ripe: TicketRecord, due: number): Promise<number> => {
  const { ms, moved } = await sweep(filled, ripe.dueAt ?? 0);
  if (moved.length !== due) throw new Error(`Sweeping failed: ${moved.length} of ${due} tickets moved`);
  return (due / ms) * 1000;
};

/** As guarded and as durable, and with nothing decided. */
const bulkPerSecond = async ({ tickets }: FilledStore, ripe: TicketRecord, due: number): Promise<number> => {
  const ids = await tickets.find({}, { projection: { _id: 1 } }).toArray();
  const startedAt = performance.now();
  for (let from = 0; from < due; from += batch) {
    const updates = ids.slice(from, from + batch).map(({ _id }) => escalation(_id, ripe));
    const { matchedCount } = await tickets.bulkWrite(updates, { ordered: false });
    if (matchedCount !== updates.length) throw new Error('Writing in bulk failed: not every ticket was there');
  }
  return (due / (performance.now() - startedAt)) * 1000;
};

const escalation = (id: string, { version, dueAt }: TicketRecord): mongo.AnyBulkWriteOperation<TicketDocument> => ({
  updateOne: {
    filter: { _id: id, version },
    update: { $set: { version: version + 1, 'ticket.tier': 2, dueAt: (dueAt ?? 0) + hour } },
  },
});

/** In a database of its own, filled with tickets that are all due at once. */
const onDueTickets = async <T>(
  server: Server,
  due: number,
  work: (filled: FilledStore, ripe: TicketRecord) => Promise<T>,
): Promise<T> => {
  const database = await server.fresh('deadlines');
  const filled = await openFilledStore(database.uri);
  try {
    const ripe = await ripeTicket(filled.store.tickets, openedAt);
    await filled.fill(due, (index) => alike(ripe, index + 1));
    return await work(filled, ripe);
  } finally {
    await filled.close();
    await database.drop();
  }
};

/** Timed escalations, against a bare `bulkWrite` and against Agenda with its MongoDB backend; in alternating rounds. */
export const measureDeadlines = async (
  server: Server,
  { rounds, due, agendaSeconds }: Arguments,
  say: (line: string) => void,
): Promise<Deadlines> => {
  const concurrency = await bestConcurrency(server, agendaSeconds, say);
  const rates = { tierline: [] as number[], bulk: [] as number[], agenda: [] as number[] };
  for (let round = 1; round <= rounds; round += 1) {
    const tierline = await onDueTickets(server, due, (filled, ripe) => sweptPerSecond(filled, ripe, due));
    const bulk = await onDueTickets(server, due, (filled, ripe) => bulkPerSecond(filled, ripe, due));
    const agenda = await agendaPerSecond(server, concurrency, agendaSeconds);
    rates.tierline.push(tierline);
    rates.bulk.push(bulk);
    rates.agenda.push(agenda);
    say(`round ${round}: tierline ${rounded(tierline)}/s, bulkWrite ${rounded(bulk)}/s, Agenda ${rounded(agenda)}/s`);
  }
  const ratioTo = (peer: readonly number[]): number =>
    rounded(median(rates.tierline.map((own, round) => own / (peer[round] ?? Number.NaN))));
  return {
    tierline: { perSecond: rounded(median(rates.tierline)) },
    bulkWrite: { perSecond: rounded(median(rates.bulk)) },
    agenda: { perSecond: rounded(median(rates.agenda)), concurrency },
    ratioToBulkWrite: ratioTo(rates.bulk),
    ratioToAgenda: ratioTo(rates.agenda),
    saying: await measureSaying(server, Math.min(batch, due)),
  };
};
