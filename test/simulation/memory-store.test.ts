import { memoryStore } from '../../simulation/memory-store.ts';
import { memoryTickets } from '../../simulation/memory-tickets.ts';
import { ticketStoreContract } from '../store/ticket-store-contract.ts';

/** Two processes on one set of tickets, as two replicas are. */
const tickets = memoryTickets();

describe('tickets in memory', () => {
  ticketStoreContract(async () => ({
    one: memoryStore(tickets),
    two: memoryStore(tickets),
    forget: async () => {
      for (const { ticket } of [...tickets.every()]) tickets.forget(ticket.id);
    },
  }));
});
