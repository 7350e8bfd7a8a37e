import type { TicketStore } from '../src/flows/ports.ts';
import type { MemoryTickets } from './memory-tickets.ts';

/** The tickets in memory as the flows know a store; what the simulator's replicas use runs through faults besides. */
export const memoryStore = (tickets: MemoryTickets): TicketStore => ({
  nextNumber: async (team) => tickets.nextNumber(team),
  insert: async (record) => tickets.insert(record),
  load: async (id) => tickets.load(id),
  byNumber: async (team, number) => tickets.byNumber(team, number),
  byThread: async (team, thread) => tickets.byThread(team, thread),
  byCustomerInChannel: async (team, userId, channel, since) =>
    tickets.byCustomerInChannel(team, userId, channel, since),
  save: async (before, change) => tickets.save(before, change),
  lease: async (before, saying) => tickets.lease(before, saying),
  recordSaid: async (leased, saying) => tickets.recordSaid(leased, saying),
  due: async (now, limit) => tickets.due(now, limit),
  unsaid: async (now, limit) => tickets.unsaid(now, limit),
  list: async (filter, page) => tickets.list(filter, page),
  nextInstant: async () => tickets.nextInstant(),
  every: async function* () {
    yield* tickets.every();
  },
});
