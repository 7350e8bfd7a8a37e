import type { Connection } from 'mongoose';
import type { TicketRecord, TicketStore } from '../flows/ports.ts';
import { reaching } from './store-unreachable-error.ts';
import { leaseUpdate, saidUpdate, saveUpdate } from './ticket-changes.ts';
import { documentOf, recordOf, type TicketDocument, ticketModel } from './ticket-document.ts';
import { ticketNumbers } from './ticket-numbers.ts';
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
} from './ticket-queries.ts';
import { readingOf } from './ticket-reading.ts';
import { ticketWrites } from './ticket-writes.ts';

/**
 * Tickets in MongoDB. Each method costs one round trip, but for: writes that come together, which share it, and read once
 * more when one of them was refused; `nextNumber`, one in `numbersAtOnce`; `insert` of a ticket that is there, two; `list`,
 * two when there is more than the page; `nextInstant`, two at once.
 *
 * @throws StoreUnreachableError from each method while the database cannot be reached
 */
export const ticketStore = (connection: Connection, numbersAtOnce: number) => {
  const tickets = ticketModel(connection);
  const writes = ticketWrites(connection.collection<TicketDocument>(tickets.collection.name));
  const numbers = ticketNumbers(connection, numbersAtOnce);
  const read = readingOf(tickets);

  const first = async ({ filter, rest, sort }: Question): Promise<TicketRecord | null> => {
    const document = await tickets
      .findOne({ ...filter, ...rest })
      .sort(sort)
      .lean<TicketDocument>();
    return document === null ? null : read(document);
  };

  const many = async ({ filter, rest, sort }: Question, limit: number): Promise<readonly TicketRecord[]> => {
    // With a batch of just the limit the driver asks once more, to hear that there is nothing more.
    const query = tickets
      .find({ ...filter, ...rest })
      .sort(sort)
      .limit(limit)
      .batchSize(limit + 1);
    return Promise.all((await query.lean<TicketDocument[]>()).map(read));
  };

  const list: TicketStore['list'] = async (filter, { skip, limit }) => {
    const { sort, ...question } = listed(filter);
    const conditions = { ...question.filter, ...question.rest };
    const query = tickets.find(conditions, { ticket: 1 }).sort(sort).skip(skip).limit(limit);
    const found = await query.batchSize(limit + 1).lean<Pick<TicketDocument, 'ticket'>[]>();
    const isLast = found.length < limit && (found.length > 0 || skip === 0);
    const total = isLast ? skip + found.length : await tickets.countDocuments(conditions);
    return { tickets: found.map(({ ticket }) => ticket), total };
  };

  const earliest = async (question: Question, field: 'dueAt' | 'sayAt'): Promise<number> => {
    const query = tickets.findOne(question.filter, { [field]: 1, _id: 0 }).sort(question.sort);
    const found = await query.lean<Pick<TicketDocument, 'dueAt' | 'sayAt'>>();
    return found?.[field] ?? Number.POSITIVE_INFINITY;
  };

  const nextInstant = async (): Promise<number | null> => {
    const next = Math.min(...(await Promise.all([earliest(everDue, 'dueAt'), earliest(everUnsaid, 'sayAt')])));
    return Number.isFinite(next) ? next : null;
  };

  async function* every(): AsyncIterable<TicketRecord> {
    for await (const document of tickets.find().sort({ _id: 1 }).lean<TicketDocument>().cursor())
      yield recordOf(document);
  }

  const store: TicketStore = {
    nextNumber: (team) => reaching(() => numbers.next(team)),
    // A batch that gets no answer is given up where it is sent; a write that waits for its turn is not.
    insert: (record) => reaching(() => writes.insert(documentOf(record)), null),
    load: (id) => reaching(() => first({ filter: { _id: id }, rest: {}, sort: {} })),
    byNumber: (team, number) => reaching(() => first(numbered(team, number))),
    byThread: (team, thread) => reaching(() => first(inThread(team, thread))),
    byCustomerInChannel: (team, userId, channel, since) =>
      reaching(() => first(recentOf(team, userId, channel, since))),
    save: (before, change) => reaching(() => writes.act(saveUpdate(before, change)), null),
    lease: (before, saying) => reaching(() => writes.act(leaseUpdate(before, saying)), null),
    recordSaid: (leased, saying, again = false) =>
      reaching(() => (again ? writes.act : writes.mark)(saidUpdate(leased, saying)), null),
    due: (now, limit) => reaching(() => many(dueBy(now), limit)),
    unsaid: (now, limit) => reaching(() => many(unsaidBy(now), limit)),
    list: (filter, page) => reaching(() => list(filter, page)),
    nextInstant: () => reaching(nextInstant),
    every,
  };
  return { store, models: [tickets, numbers.model] };
};
