import fc from 'fast-check';
import { memoryStore } from '../../simulation/memory-store.ts';
import { memoryTickets } from '../../simulation/memory-tickets.ts';
import { hour } from '../../src/domain/instant.ts';
import type { Saying } from '../../src/flows/ports.ts';
import { wantedInstants } from '../../src/flows/wanted-instants.ts';
import { aChange, aNotice, aRecord, openingTime } from '../support/a-record.ts';

const step = fc.record({
  number: fc.constantFrom(1, 2, 3),
  act: fc.constantFrom('insert', 'save', 'end', 'lease', 'said'),
  /** The write lands, and its answer is lost on the way back. */
  isLost: fc.boolean(),
  isAsked: fc.boolean(),
  minutes: fc.integer({ min: 1, max: 600 }),
});

describe('what is wanted next', () => {
  it('is kept from what is written as the store itself would tell it, whatever gets lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const stored = memoryTickets();
        const store = memoryStore(stored);
        let isLost = false;
        const answered = async <T>(write: Promise<T>): Promise<T> => {
          const outcome = await write;
          if (isLost) throw new Error('no answer');
          return outcome;
        };
        const instants = wantedInstants({
          ...store,
          insert: (record) => answered(store.insert(record)),
          save: (before, change) => answered(store.save(before, change)),
          lease: (before, saying) => answered(store.lease(before, saying)),
          recordSaid: (leased, saying) => answered(store.recordSaid(leased, saying)),
        });
        const { tickets } = instants;
        for (const { number, act, minutes, isAsked, ...faults } of steps) {
          isLost = faults.isLost;
          const at = openingTime + minutes * 60_000;
          const fresh = aRecord({ ticket: { number }, dueAt: at });
          const record = stored.load(fresh.ticket.id);
          const saying = { by: 'us', until: at };
          const notices = [aNotice({ id: `n${minutes}` })];
          const write = async (): Promise<unknown> => {
            if (record === null) return act === 'insert' && tickets.insert(fresh);
            switch (act) {
              case 'insert':
                return tickets.insert(fresh);
              case 'save':
                return tickets.save(record, aChange(record, { notices, dueAt: at, saying, sayAt: at }));
              case 'end':
                return tickets.save(record, aChange(record, { dueAt: null, saying: null, sayAt: null }));
              case 'lease':
                return tickets.lease(record, saying);
              case 'said':
                return tickets.recordSaid(record, saidOf(Object.keys(record.notices)));
            }
          };
          await write().catch(() => {});
          if (!isAsked) continue;
          const { dueAt, sayAt } = await instants.wanted(openingTime);
          const next = Math.min(dueAt ?? Number.POSITIVE_INFINITY, sayAt ?? Number.POSITIVE_INFINITY);
          expect(next).toBe(stored.nextInstant() ?? Number.POSITIVE_INFINITY);
          expect(instants.mayBeUnsaid(at)).toBe(stored.unsaid(at, 1).length > 0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is looked up again when its time has come and it is still there', async () => {
    const stored = memoryTickets();
    const { tickets, wanted } = wantedInstants(memoryStore(stored));
    const record = aRecord();
    await tickets.insert(record);
    expect(await wanted(openingTime)).toEqual({ dueAt: record.dueAt, sayAt: null });
    // A write that was given up lands after all.
    stored.save(record, aChange(record, { dueAt: openingTime + 2 * hour }));
    expect(await wanted(openingTime)).toEqual({ dueAt: record.dueAt, sayAt: null });
    expect(await wanted(openingTime + hour)).toEqual({ dueAt: openingTime + 2 * hour, sayAt: null });
  });
});

const saidOf = (said: readonly string[]): Saying => ({
  said,
  withdrawn: [],
  postponed: [],
  anchors: {},
  sayAt: null,
  saying: null,
});
