import type { IndexDefinition, IndexOptions } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import type { TicketFilter } from '../flows/ports.ts';
import { listsFor, threadName } from './found-by.ts';

/** What is asked of the tickets. Beside each question stands the index that answers it; a test holds them together. */
export interface Question {
  /** What an index finds. */
  readonly filter: Conditions;
  /** What is looked at in the few documents it found. */
  readonly rest: Conditions;
  readonly sort: Readonly<Record<string, 1 | -1>>;
}

type Conditions = Readonly<Record<string, unknown>>;

interface Index {
  readonly keys: IndexDefinition;
  readonly options: IndexOptions;
}

const byNumberIndex: Index = { keys: { 'ticket.team': 1, 'ticket.number': 1 }, options: { unique: true } };

export const numbered = (team: string, number: number): Question => ({
  filter: { 'ticket.team': team, 'ticket.number': number },
  rest: {},
  sort: {},
});

const foundByIndex: Index = { keys: { foundBy: 1 }, options: {} };

/** Newest first (8.3). By instant, not by number: replicas take numbers in blocks. */
export const inThread = (team: string, thread: string): Question => ({
  filter: { foundBy: threadName(team, thread) },
  rest: {},
  sort: { 'ticket.openedAt': -1 },
});

/** Open tickets of a customer whose place is in a channel, newest first (2.4). */
export const recentOf = (team: string, userId: string, channel: string, since: Instant): Question => ({
  filter: { foundBy: { $in: listsFor({ team, customer: userId, statuses: ['open', 'waiting'] }) } },
  rest: { 'ticket.openedAt': { $gte: since }, 'ticket.place.channel': channel },
  sort: { 'ticket.openedAt': -1 },
});

const dueIndex: Index = { keys: { dueAt: 1 }, options: { sparse: true } };
const unsaidIndex: Index = { keys: { sayAt: 1 }, options: { sparse: true } };

export const dueBy = (now: Instant): Question => ({ filter: { dueAt: { $lte: now } }, rest: {}, sort: { dueAt: 1 } });
export const unsaidBy = (now: Instant): Question => ({
  filter: { sayAt: { $lte: now } },
  rest: {},
  sort: { sayAt: 1 },
});

/** The range is what lets a sparse index serve: it leaves out the tickets that have no such instant. */
export const everDue: Question = dueBy(Number.MAX_SAFE_INTEGER);
export const everUnsaid: Question = unsaidBy(Number.MAX_SAFE_INTEGER);

/**
 * Nearest deadline first, those without one last, then the newest number. Sorted in memory: an index in this order would be
 * written by every save, to spare the sorting of some hundred open tickets.
 */
export const listed = (filter: TicketFilter): Question => {
  const { customer, company, owner, tier } = filter;
  return {
    filter: { foundBy: { $in: listsFor(filter) } },
    rest: {
      ...(owner === undefined ? {} : { 'ticket.owner.userId': owner }),
      ...(tier === undefined ? {} : { 'ticket.tier': tier }),
      // Of the company's tickets those in shared channels, and one's own (11).
      ...(company === undefined
        ? {}
        : { $or: [{ 'ticket.customer.userId': customer }, { 'ticket.place.channel': { $regex: '^[^D]' } }] }),
    },
    sort: { listAt: 1, 'ticket.number': -1 },
  };
};

/** Each costs every write a little; there is none that no question above needs. */
export const ticketIndexes: readonly Index[] = [byNumberIndex, foundByIndex, dueIndex, unsaidIndex];
