import type { Connection } from 'mongoose';
import { day, type Instant, minute } from '../domain/instant.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { AuditStore } from '../flows/audit-ports.ts';
import type { TicketRecord } from '../flows/ports.ts';
import { threadNames, threadsIn } from './found-by.ts';
import { reaching } from './store-unreachable-error.ts';
import { listInstant, type TicketDocument, ticketModel } from './ticket-document.ts';
import { lastNumber } from './ticket-numbers.ts';
import type { Question } from './ticket-queries.ts';
import { readingOf } from './ticket-reading.ts';

type TicketReads = Pick<AuditStore, 'ticketsAfter' | 'runningAfter' | 'ticketsOf' | 'messagesIn' | 'mendDueAt'>;

/**
 * By number alone: with a condition on anything else some servers go through all tickets. Ranges are closed: not every server
 * ends an open one at the limit, and its cost would grow with all that is beyond.
 */
export const numberedBetween = (team: string, after: number, upTo: number): Question => ({
  filter: { 'ticket.team': team, 'ticket.number': { $gt: after, $lte: upTo } },
  rest: {},
  sort: { 'ticket.team': 1, 'ticket.number': 1 },
});

/** By the sparse index of deadlines alone: a sort, or a filter, by anything else would go through all that are open. */
export const dueBetween = (from: Instant, upTo: Instant): Question => ({
  filter: { dueAt: { $gte: from, $lte: upTo } },
  rest: {},
  sort: { dueAt: 1 },
});

export const withThreads = (team: string, threads: readonly string[]): Question => ({
  filter: { foundBy: { $in: threadNames(team, threads) } },
  rest: {},
  sort: {},
});

/** What the auditor asks of the tickets: pages by an index, never all of them. */
export const auditTickets = (connection: Connection): TicketReads => {
  const tickets = ticketModel(connection);
  const read = readingOf(tickets);

  const ticketsOf: TicketReads['ticketsOf'] = async (ids) =>
    Promise.all((await tickets.find({ _id: { $in: ids } }).lean<TicketDocument[]>()).map(read));

  const ticketsAfter: TicketReads['ticketsAfter'] = async (team, number, limit) => {
    const most = numbersAtOnce * limit;
    const { filter, sort } = numberedBetween(team, number, number + most);
    const page = tickets.find({ ...filter }, { 'ticket.number': 1, 'ticket.status': 1, notices: 1 }).sort({ ...sort });
    const wanted = (await page.batchSize(most + 1).lean<Outline[]>()).filter(mayStillHappen).slice(0, limit);
    const found = await ticketsOf(wanted.map(({ _id }) => _id));
    const reached = wanted.length === limit ? (wanted.at(-1)?.ticket.number ?? number) : number + most;
    return {
      tickets: found.toSorted((one, other) => one.ticket.number - other.ticket.number),
      next: reached < (await lastNumber(connection, team)) ? reached : 0,
    };
  };

  /** In stretches that double, from those overdue to those due in many years, until there are enough. */
  const runningAfter: TicketReads['runningAfter'] = async (team, { dueAt, ids }, now, limit) => {
    const found: RunningTicket[] = [];
    let from = dueAt;
    let upTo = Math.max(now, dueAt + minute);
    for (let length = minute; found.length < limit && from < now + farthest; length *= 2) {
      const { filter, sort } = dueBetween(from, upTo);
      const most = limit + ids.length;
      const page = tickets.find({ ...filter }, { dueAt: 1, foundBy: 1, 'ticket.team': 1 }).sort({ ...sort });
      const more = await page
        .limit(most)
        .batchSize(most + 1)
        .lean<RunningTicket[]>();
      const seen = new Set([...ids, ...found.map(({ _id }) => _id)]);
      found.push(...more.filter(({ _id }) => !seen.has(_id)));
      from = upTo;
      upTo += length;
    }
    return found.map(({ _id, dueAt: due, foundBy, ticket }) => ({
      id: _id,
      dueAt: due,
      threads: ticket.team === team ? threadsIn(foundBy) : [],
    }));
  };

  const messagesIn: TicketReads['messagesIn'] = async (team, threads) => {
    const { filter } = withThreads(team, threads);
    const found = await tickets.find({ ...filter }, { foundBy: 1, 'ticket.messages.key': 1 }).lean<KnownMessages[]>();
    return new Set(
      found.flatMap((each) => [...threadsIn(each.foundBy), ...each.ticket.messages.map(({ key }) => key)]),
    );
  };

  const mendDueAt: TicketReads['mendDueAt'] = async (record: TicketRecord, dueAt) => {
    // `null` matches an absent `dueAt`.
    const asRead = { _id: record.ticket.id, version: record.version, dueAt: record.dueAt };
    const listAt = listInstant(dueAt);
    const change = dueAt === null ? { $set: { listAt }, $unset: { dueAt: 1 } } : { $set: { listAt, dueAt } };
    return (await tickets.updateOne(asRead, change)).matchedCount === 1;
  };

  return {
    ticketsAfter: (team, number, limit) => reaching(() => ticketsAfter(team, number, limit)),
    runningAfter: (team, place, now, limit) => reaching(() => runningAfter(team, place, now, limit)),
    ticketsOf: (ids) => reaching(() => ticketsOf(ids)),
    messagesIn: (team, threads) => reaching(() => messagesIn(team, threads)),
    mendDueAt: (record, dueAt) => reaching(() => mendDueAt(record, dueAt)),
  };
};

/** Most tickets are closed: so many numbers for each ticket that is wanted are gone through at the server. */
const numbersAtOnce = 10;

/** No clock runs longer. */
const farthest = 3_650 * day;

/** Of a ticket, what tells whether anything may still happen in it. */
interface Outline {
  readonly _id: string;
  readonly ticket: Pick<Ticket, 'number' | 'status'>;
  readonly notices: TicketDocument['notices'];
}

const mayStillHappen = ({ ticket, notices }: Outline): boolean =>
  ticket.status !== 'closed' || Object.keys(notices).length > 0;

interface RunningTicket {
  readonly _id: string;
  readonly dueAt: number;
  readonly foundBy?: readonly string[];
  readonly ticket: { readonly team: string };
}

interface KnownMessages {
  readonly foundBy?: readonly string[];
  readonly ticket: { readonly messages: readonly { readonly key: string }[] };
}
