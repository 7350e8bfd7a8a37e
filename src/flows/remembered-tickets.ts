import type { RememberedTickets, TicketRecord, TicketStore } from './ports.ts';
import { afterChange, afterSaying } from './ticket-after.ts';

/**
 * Remembers the tickets that this process wrote last, which spares the read before a guarded write and before saying.
 * Only what was surely written is remembered, never what was read: an answer that comes late would put back notices that
 * have been said since. What turns out to be out of date, or may be, is forgotten.
 *
 * @param most how many tickets; the one untouched for longest is forgotten first
 */
export const rememberedTickets = (store: TicketStore, most: number): RememberedTickets => {
  const records = new Map<string, TicketRecord>();

  const remember = (record: TicketRecord): void => {
    const { id } = record.ticket;
    records.delete(id);
    records.set(id, record);
    const [oldest] = records.keys();
    if (records.size > most && oldest !== undefined) records.delete(oldest);
  };

  /** Answers may overtake each other: the newer version stays. */
  const rememberNewer = (record: TicketRecord): void => {
    if (record.version > (records.get(record.ticket.id)?.version ?? 0)) remember(record);
  };

  const rememberAsNew = (record: TicketRecord): void => {
    if (record.version >= (records.get(record.ticket.id)?.version ?? 0)) remember(record);
  };

  /** A write that failed, or may have: what is remembered is not what is stored. */
  const written = async <T>(id: string, write: Promise<T>, landed: (outcome: T) => boolean): Promise<T> => {
    try {
      const outcome = await write;
      if (!landed(outcome)) records.delete(id);
      return outcome;
    } catch (error) {
      records.delete(id);
      throw error;
    }
  };

  return {
    ...store,
    recall: (id) => records.get(id) ?? null,
    insert: (record) =>
      written(record.ticket.id, store.insert(record), (outcome) => {
        if (outcome === 'stored') rememberNewer(record);
        return true;
      }),
    save: (before, change) =>
      written(before.ticket.id, store.save(before, change), (saved) => {
        if (saved) rememberNewer(afterChange(before, change));
        return saved;
      }),
    lease: (before, saying) =>
      written(before.ticket.id, store.lease(before, saying), (leased) => {
        if (leased) rememberAsNew({ ...before, saying, sayAt: saying.until });
        return leased;
      }),
    recordSaid: (leased, saying, again) =>
      written(leased.ticket.id, store.recordSaid(leased, saying, again), (recorded) => {
        if (recorded) rememberAsNew(afterSaying(leased, saying));
        return recorded;
      }),
  };
};
