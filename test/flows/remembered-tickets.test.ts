import fc from 'fast-check';
import { memoryStore } from '../../simulation/memory-store.ts';
import { memoryTickets } from '../../simulation/memory-tickets.ts';
import type { RememberedTickets, Saying, TicketRecord } from '../../src/flows/ports.ts';
import { rememberedTickets } from '../../src/flows/remembered-tickets.ts';
import { ticketStoreContract } from '../store/ticket-store-contract.ts';
import { aChange, aNotice, aRecord, openingTime } from '../support/a-record.ts';

describe('tickets with a memory of those written last', () => {
  const tickets = memoryTickets();
  ticketStoreContract(async () => ({
    one: rememberedTickets(memoryStore(tickets), 100),
    two: rememberedTickets(memoryStore(tickets), 100),
    forget: async () => {
      for (const { ticket } of [...tickets.every()]) tickets.forget(ticket.id);
    },
  }));
});

const saidOf = (record: TicketRecord, said: readonly string[]): Saying => ({
  said,
  postponed: [],
  anchors: { 'card:1': { channel: 'C1', ts: `${record.version}` } },
  withdrawn: [],
  sayAt: null,
  saying: null,
});

/** What two processes may do to a few tickets, each from what it recalls or reads. */
const step = fc.record({
  by: fc.constantFrom(0, 1),
  number: fc.constantFrom(1, 2, 3),
  act: fc.constantFrom('insert', 'save', 'lease', 'said'),
  from: fc.constantFrom('recalled', 'read'),
});

describe('what a process recalls', () => {
  it('is the ticket as it is stored, or is refused by the guard; and never more than it was told to keep (14.2)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const tickets = memoryTickets();
        const processes = [0, 1].map(() => rememberedTickets(memoryStore(tickets), 2));
        let notices = 0;
        for (const { by, number, act, from } of steps) {
          const process = processes[by];
          if (process === undefined) throw new Error('there are two');
          const fresh = aRecord({ ticket: { number } });
          const { id } = fresh.ticket;
          const record = from === 'recalled' ? process.recall(id) : await process.load(id);
          if (act === 'insert') await process.insert(fresh);
          if (record === null) continue;
          const saying = { by: `process ${by}`, until: openingTime + record.version };
          const unsaid = Object.keys(record.notices);
          notices += 1;
          if (act === 'save') {
            const notice = aNotice({ id: `n${notices}` });
            await process.save(record, aChange(record, { notices: [notice], saying, sayAt: saying.until }));
          }
          // Only what waits to be said is ever leased.
          if (act === 'lease' && unsaid.length > 0) await process.lease(record, saying);
          if (act === 'said' && unsaid.length > 0 && record.saying?.by === saying.by)
            await process.recordSaid(record, saidOf(record, unsaid));
          await Promise.all(processes.map((each) => expectStoredOrGuarded(each, id)));
          for (const each of processes) expect([1, 2, 3].filter((n) => recalls(each, n)).length).toBeLessThanOrEqual(2);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

const recalls = (process: RememberedTickets, number: number): boolean =>
  process.recall(aRecord({ ticket: { number } }).ticket.id) !== null;

const expectStoredOrGuarded = async (process: RememberedTickets, id: string): Promise<void> => {
  const recalled = process.recall(id);
  const stored = await process.load(id);
  if (recalled === null || stored === null) return;
  const isCurrent =
    recalled.version === stored.version &&
    recalled.sayAt === stored.sayAt &&
    recalled.saying?.by === stored.saying?.by &&
    recalled.saying?.until === stored.saying?.until;
  if (isCurrent) expect(recalled).toEqual(stored);
};
