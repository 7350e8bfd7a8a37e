import type { Status, Ticket } from '../domain/ticket.ts';
import type { TicketFilter } from '../flows/ports.ts';

/** A list of one workspace: of all its tickets, a tier's, an owner's, or a customer's or their company's. */
type ListOf = 'all' | 'tier' | 'owner' | 'customer';

/** One index over these names answers for every list: each further index would be written with every save. */
const listName = (of: ListOf, team: string, whose: string | number, status: Status): string =>
  [of, team, whose, status].join(' ');

/** The lists in which a ticket stands. */
export const listsWith = ({ team, tier, status, owner, customer }: Ticket): readonly string[] => {
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
