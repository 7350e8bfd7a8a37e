import { mayManage } from '../domain/permissions.ts';
import { isStaff, type Person } from '../domain/person.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Ports, TicketFilter } from './ports.ts';

/** Which tickets: one's own work, a tier's, everybody's, or those a customer opened. */
export type Listing = { readonly of: 'mine' | 'all' | 'customer' } | { readonly of: 'tier'; readonly tier: number };

export interface Listed {
  readonly tickets: readonly Ticket[];
  readonly total: number;
}

export const perPage = 10;

/**
 * A page of tickets by nearest deadline, ten at a time (12).
 *
 * @param page from 0
 * @returns `null` for a list that only staff may see
 */
export const listTickets = async (
  { desks, tickets }: Pick<Ports, 'desks' | 'tickets'>,
  reader: Person,
  listing: Listing,
  page: number,
): Promise<Listed | null> => {
  const desk = desks.desk();
  const seesAll = isStaff(reader, desk) || mayManage(reader, desk);
  if (listing.of !== 'customer' && !seesAll) return null;
  return tickets.list(filterOf(desk.team, reader, listing), { skip: page * perPage, limit: perPage });
};

/** Customers also see what was closed: they may want it open again. */
const filterOf = (team: string, person: Person, listing: Listing): TicketFilter => {
  const statuses = ['open', 'waiting'] as const;
  switch (listing.of) {
    case 'mine':
      return { team, owner: person.userId, statuses };
    case 'tier':
      return { team, tier: listing.tier, statuses };
    case 'all':
      return { team, statuses };
    case 'customer':
      return {
        team,
        customer: person.userId,
        ...(person.team === team ? {} : { company: person.team }),
        statuses: ['open', 'waiting', 'resolved', 'closed'],
      };
  }
};
