import type { TicketStore } from '../src/flows/ports.ts';
import type { Breakage } from './breakages.ts';
import type { Line } from './line.ts';
import type { WatchedTickets } from './watched-tickets.ts';

/** The store as one process reaches it: every answer comes later, or wrong, or never. */
export const createStoreThroughLine = (
  tickets: WatchedTickets,
  { ask }: Line,
  broken: ReadonlySet<Breakage>,
): TicketStore => ({
  nextNumber: (team) => ask(() => tickets.nextNumber(team)),
  insert: (record) => ask(() => tickets.insert(record)),
  load: (id) => ask(() => tickets.load(id)),
  byNumber: (team, number) => ask(() => tickets.byNumber(team, number)),
  byThread: (team, thread) => ask(() => tickets.byThread(team, thread)),
  byCustomerInChannel: (team, userId, channel, since) =>
    ask(() => tickets.byCustomerInChannel(team, userId, channel, since)),
  save: (before, change) => ask(() => tickets.save(before, tickets.spoiled(before, change))),
  lease: (before, saying) =>
    broken.has('lease-never-renewed') && before.saying?.by === saying.by
      ? ask(() => true)
      : ask(() => tickets.lease(before, saying)),
  recordSaid: (leased, saying) => ask(() => tickets.recordSaid(leased, saying)),
  due: (now, limit) => ask(() => tickets.due(now, limit)),
  unsaid: (now, limit) => ask(() => tickets.unsaid(now, limit)),
  list: (filter, page) => ask(() => tickets.list(filter, page)),
  nextInstant: () => ask(() => tickets.nextInstant()),
  every: async function* () {
    yield* tickets.every();
  },
});
