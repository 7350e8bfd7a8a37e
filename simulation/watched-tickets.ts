import { dueAtOf } from '../src/domain/clocks.ts';
import { evolveAll } from '../src/domain/evolve.ts';
import type { Instant } from '../src/domain/instant.ts';
import type { Policy } from '../src/domain/policy.ts';
import type { Ticket } from '../src/domain/ticket.ts';
import { eventsOf, noHash, sealEvents } from '../src/domain/timeline.ts';
import type { Change, TicketRecord } from '../src/flows/ports.ts';
import type { Breakage } from './breakages.ts';
import { type MemoryTickets, memoryTickets } from './memory-tickets.ts';
import type { Witness } from './witness.ts';

/** The tickets that all processes share, with someone looking on. */
export interface WatchedTickets extends MemoryTickets {
  /** A change as a mistake made on purpose would have it; else as it is. */
  spoiled(before: TicketRecord, change: Change): Change;
}

export interface WatchedParts {
  readonly witness: Witness;
  readonly policy: (version: number) => Policy;
  readonly broken: ReadonlySet<Breakage>;
  readonly trace: (line: string) => void;
  /** Some ticket now wants something at this instant. */
  readonly wanted: (instant: Instant) => void;
}

export const watchedTickets = ({ witness, policy, broken, trace, wanted }: WatchedParts): WatchedTickets => {
  const tickets = memoryTickets({
    guardsVersion: !broken.has('no-version-guard'),
    guardsNumbers: !broken.has('numbers-twice'),
  });
  let numbersTaken = 0;

  const wants = (id: string): void => {
    const record = tickets.load(id);
    if (record?.dueAt != null) wanted(record.dueAt);
    if (record?.sayAt != null) wanted(record.sayAt);
  };

  return {
    ...tickets,
    nextNumber: (team) => {
      numbersTaken += 1;
      const isAgain = broken.has('numbers-twice') && numbersTaken % 10 === 0;
      return isAgain ? numbersTaken - 1 : tickets.nextNumber(team);
    },
    insert: (record) => {
      const outcome = tickets.insert(record);
      trace(`insert ${record.ticket.id} ${outcome}`);
      if (outcome === 'stored') {
        witness.inserted(record);
        wants(record.ticket.id);
      }
      return outcome;
    },
    save: (before, change) => {
      const stored = tickets.load(before.ticket.id);
      const landed = tickets.save(before, change);
      trace(`save ${before.ticket.id} ${before.version} ${landed} ${change.entries.at(-1)?.hash ?? ''}`);
      if (landed && stored !== null) {
        witness.saved(stored, change);
        wants(before.ticket.id);
      }
      return landed;
    },
    lease: (before, saying) => {
      const landed = tickets.lease(before, saying);
      trace(`lease ${before.ticket.id} ${saying.by} ${landed}`);
      if (landed) wants(before.ticket.id);
      return landed;
    },
    recordSaid: (leased, saying) => {
      const stored = tickets.load(leased.ticket.id);
      const landed = tickets.recordSaid(leased, saying);
      trace(`said ${leased.ticket.id} ${saying.said.join(' ')} ${landed}`);
      if (landed && stored !== null) {
        witness.recordedSaid(stored, saying);
        wants(leased.ticket.id);
      }
      return landed;
    },
    spoiled: (before, change) => {
      const numbers = policy(change.ticket.policyVersion);
      if (broken.has('pause-left-open')) return withOpenPause(before.ticket, change, numbers);
      if (broken.has('deadline-from-now')) return datedNow(before, change, numbers);
      return change;
    },
  };
};

/** Escalating ends a wait, and this forgets to end its pause. */
const withOpenPause = (before: Ticket, change: Change, policy: Policy): Change => {
  const escalates = change.ticket.posting > before.posting;
  if (before.status !== 'waiting' || !escalates) return change;
  const pauses = change.ticket.pauses.map((pause, index, all) =>
    index === all.length - 1 ? { ...pause, to: null } : pause,
  );
  const ticket = { ...change.ticket, pauses };
  return { ...change, ticket, dueAt: dueAtOf(ticket, policy) };
};

/** Steps are dated to when they were done, so that whatever they start is counted from then. */
const datedNow = (before: TicketRecord, change: Change, policy: Policy): Change => {
  const events = eventsOf(change.entries, { ...before.words, ...change.words });
  const late = events.map((event) => (event.by === null ? { ...event, at: Math.max(event.at, event.doneAt) } : event));
  const last = before.entries.at(-1);
  let salts = 0;
  const sealed = sealEvents(late, { seq: last?.seq ?? 0, hash: last?.hash ?? noHash }, () => `salt ${salts++}`);
  const ticket = evolveAll(before.ticket, late) ?? change.ticket;
  return { ...change, ...sealed, ticket, dueAt: dueAtOf(ticket, policy) };
};
