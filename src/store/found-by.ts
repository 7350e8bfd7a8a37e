import type { Status, Ticket } from '../domain/ticket.ts';
import type { TicketFilter, TicketRecord } from '../flows/ports.ts';
import { threadsOf } from '../flows/threads-of.ts';

/** A list of one workspace: of all its tickets, a tier's, an owner's, or a customer's or their company's. */
type ListOf = 'all' | 'tier' | 'owner' | 'customer';

const listName = (of: ListOf, team: string, whose: string | number, status: Status): string =>
  [of, team, whose, status].join(' ');

/**
 * The names under which a ticket is found: its lists and its threads. One index over them answers for all: each further
 * index would be written with every save.
 */
export const foundBy = (record: Pick<TicketRecord, 'ticket' | 'anchors'>): readonly string[] => [
  ...listsWith(record.ticket),
  ...threadNames(record.ticket.team, threadsOf(record)),
];

export const threadName = (team: string, thread: string): string => ['thread', team, thread].join(' ');

export const threadNames = (team: string, threads: readonly string[]): readonly string[] =>
  threads.map((thread) => threadName(team, thread));

/** The threads (`channel:ts`) among such names. */
export const threadsIn = (names: readonly string[] = []): readonly string[] =>
  names.flatMap((name) => {
    const [kind, , thread] = name.split(' ');
    return kind === 'thread' && thread !== undefined ? [thread] : [];
  });

const listsWith = ({ team, tier, status, owner, customer }: Ticket): readonly string[] => {
  // A customer's ticket is also their company's, where that is another than the desk's (11).
  const customers = [customer.userId, customer.team === team ? null : customer.team].filter((each) => each !== null);
  return [
    listName('all', team, '', status),
    listName('tier', team, tier, status),
    ...(owner === null ? [] : [listName('owner', team, owner.userId, status)]),
    ...customers.map((each) => listName('customer', team, each, status)),
  ];
};

/** The shortest lists that hold all of what is asked for. */
export const listsFor = (filter: TicketFilter): readonly string[] => {
  const [of, whose] = shortest(filter);
  return filter.statuses.map((status) => listName(of, filter.team, whose, status));
};

const shortest = ({ customer, company, owner, tier }: TicketFilter): readonly [ListOf, string | number] => {
  if (customer !== undefined) return ['customer', company ?? customer];
  if (owner !== undefined) return ['owner', owner];
  return tier === undefined ? ['all', ''] : ['tier', tier];
};
