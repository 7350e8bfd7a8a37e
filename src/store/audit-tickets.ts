import type { Connection } from 'mongoose';
import type { AuditStore } from '../flows/audit-ports.ts';
import type { TicketRecord } from '../flows/ports.ts';
import { reaching } from './store-unreachable-error.ts';
import { listInstant, recordOf, type TicketDocument, ticketModel } from './ticket-document.ts';

type TicketReads = Pick<AuditStore, 'ticketsAfter' | 'runningAfter' | 'ticketsOf' | 'messagesIn' | 'mendDueAt'>;

/** What the auditor asks of the tickets: pages by an index, never all of them. One round trip each. */
export const auditTickets = (connection: Connection): TicketReads => {
  const tickets = ticketModel(connection);

  /** The ids of a workspace's tickets begin with its own id and a colon. */
  const ticketsAfter: TicketReads['ticketsAfter'] = async (team, id, limit) => {
    const ofTeam = { _id: { $gt: id === '' ? `${team}:` : id, $lt: `${team};` } };
    const page = tickets
      .find(ofTeam)
      .sort({ _id: 1 })
      .limit(limit)
      .batchSize(limit + 1);
    return (await page.lean<TicketDocument[]>()).map(recordOf);
  };

  /** By the sparse index of deadlines alone: a sort, or a filter, by anything else would go through all that are open. */
  const runningAfter: TicketReads['runningAfter'] = async (team, { dueAt, ids }, limit) => {
    const wanted = { dueAt: 1, threads: 1, 'ticket.team': 1 };
    const page = tickets
      .find({ dueAt: { $gte: dueAt }, _id: { $nin: ids } }, wanted)
      .sort({ dueAt: 1 })
      .limit(limit)
      .batchSize(limit + 1);
    const found = await page.lean<RunningTicket[]>();
    return found.map((each) => ({
      id: each._id,
      dueAt: each.dueAt,
      threads: each.ticket.team === team ? each.threads : [],
    }));
  };

  const ticketsOf: TicketReads['ticketsOf'] = async (ids) =>
    (await tickets.find({ _id: { $in: ids } }).lean<TicketDocument[]>()).map(recordOf);

  const messagesIn: TicketReads['messagesIn'] = async (team, threads) => {
    const found = await tickets
      .find({ 'ticket.team': team, threads: { $in: threads } }, { threads: 1, 'ticket.messages.key': 1 })
      .lean<KnownMessages[]>();
    return new Set(found.flatMap((each) => [...each.threads, ...each.ticket.messages.map(({ key }) => key)]));
  };

  const mendDueAt: TicketReads['mendDueAt'] = async (record: TicketRecord, dueAt) => {
    // `null` matches an absent `dueAt`.
    const asRead = { _id: record.ticket.id, version: record.version, dueAt: record.dueAt };
    const listAt = listInstant(dueAt);
    const change = dueAt === null ? { $set: { listAt }, $unset: { dueAt: 1 } } : { $set: { listAt, dueAt } };
    return (await tickets.updateOne(asRead, change)).matchedCount === 1;
  };

  return {
    ticketsAfter: (team, id, limit) => reaching(() => ticketsAfter(team, id, limit)),
    runningAfter: (team, place, limit) => reaching(() => runningAfter(team, place, limit)),
    ticketsOf: (ids) => reaching(() => ticketsOf(ids)),
    messagesIn: (team, threads) => reaching(() => messagesIn(team, threads)),
    mendDueAt: (record, dueAt) => reaching(() => mendDueAt(record, dueAt)),
  };
};

interface RunningTicket {
  readonly _id: string;
  readonly dueAt: number;
  readonly threads: readonly string[];
  readonly ticket: { readonly team: string };
}

interface KnownMessages {
  readonly threads: readonly string[];
  readonly ticket: { readonly messages: readonly { readonly key: string }[] };
}
