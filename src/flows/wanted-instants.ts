import type { Instant } from '../domain/instant.ts';
import type { TicketRecord, TicketStore } from './ports.ts';

/** When something next wants to be done, and when to be said; `null` where nothing does. */
export interface Wanted {
  readonly dueAt: Instant | null;
  readonly sayAt: Instant | null;
}

export interface WantedInstants {
  readonly tickets: TicketStore;
  wanted(now: Instant): Promise<Wanted>;
  /** Whether anything may be unsaid at an instant, as far as is known without asking. */
  mayBeUnsaid(now: Instant): boolean;
  /** To be read anew: something was written past `tickets`. */
  forget(): void;
}

/** One reading of all tickets, and what was written since it began. */
interface Reading {
  readonly instants: Map<string, Wanted>;
  readonly read: Promise<void>;
  isRead: boolean;
}

/**
 * Knows when each ticket next wants something: read once, then kept from what this process writes. Whoever moves time over many
 * deadlines asks at each, and a database that sorts by reading every ticket would take longer for that than for all else. Right
 * only where no other process writes; nothing is kept before it is first asked.
 */
export const wantedInstants = (store: TicketStore): WantedInstants => {
  let current: Reading | null = null;

  const forget = (): void => {
    current = null;
  };

  const known = async (): Promise<Wanted> => {
    const mine = current ?? begin();
    await mine.read;
    // What was written past it meanwhile is not in it.
    if (mine !== current) return known();
    mine.isRead = true;
    const all = [...mine.instants.values()];
    return { dueAt: earliest(all.map(({ dueAt }) => dueAt)), sayAt: earliest(all.map(({ sayAt }) => sayAt)) };
  };

  const begin = (): Reading => {
    const instants = new Map<string, Wanted>();
    const begun: Reading = { instants, isRead: false, read: readInto(instants) };
    begun.read.catch(() => {
      if (current === begun) forget();
    });
    current = begun;
    return begun;
  };

  /** What is written meanwhile is newer than what is read. */
  const readInto = async (instants: Map<string, Wanted>): Promise<void> => {
    for await (const { ticket, dueAt, sayAt } of store.every())
      if (!instants.has(ticket.id)) instants.set(ticket.id, { dueAt, sayAt });
  };

  const wanted = async (now: Instant): Promise<Wanted> => {
    const next = await known();
    if ((next.dueAt ?? now + 1) > now && (next.sayAt ?? now + 1) > now) return next;
    // What is still wanted when its time has come was perhaps done by a write that was given up, and landed after the reading.
    forget();
    return known();
  };

  const mayBeUnsaid = (now: Instant): boolean =>
    current?.isRead !== true || [...current.instants.values()].some(({ sayAt }) => sayAt !== null && sayAt <= now);

  /** Where a write fails nobody knows what is stored. */
  const kept = async <T>(write: Promise<T>, refusal: T, id: string, { dueAt, sayAt }: Wanted): Promise<T> => {
    try {
      const outcome = await write;
      if (outcome !== refusal) current?.instants.set(id, { dueAt, sayAt });
      return outcome;
    } catch (error) {
      forget();
      throw error;
    }
  };

  return {
    tickets: {
      ...store,
      insert: (record) => kept(store.insert(record), 'exists', record.ticket.id, record),
      save: (before, change) => kept(store.save(before, change), false, before.ticket.id, change),
      lease: (before, saying) =>
        kept(store.lease(before, saying), false, before.ticket.id, { dueAt: before.dueAt, sayAt: saying.until }),
      recordSaid: (leased: TicketRecord, saying, again) =>
        kept(store.recordSaid(leased, saying, again), false, leased.ticket.id, {
          dueAt: leased.dueAt,
          sayAt: saying.sayAt,
        }),
    },
    wanted,
    mayBeUnsaid,
    forget,
  };
};

const earliest = (instants: readonly (Instant | null)[]): Instant | null =>
  instants.reduce((first, each) => (first === null || (each !== null && each < first) ? each : first), null);
