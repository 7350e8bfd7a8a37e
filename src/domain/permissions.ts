import type { Desk } from './desk.ts';
import { isAdmin, isManager, type Person, tiersOf } from './person.ts';
import type { Ticket } from './ticket.ts';

/** A member of the ticket's tier or a higher one, a manager or an admin: may act on it as its staff (4.1, 11). */
export const mayActOn = (person: Person, ticket: Ticket, desk: Desk): boolean =>
  mayManage(person, desk) || tiersOf(person, desk).some((tier) => tier >= ticket.tier);

export const mayManage = (person: Person, desk: Desk): boolean => isManager(person, desk) || isAdmin(person, desk);

/** Opened by or for this person; in a channel shared with another company, also by their colleagues (11). */
export const isCustomerOf = (person: Person, ticket: Ticket, desk: Desk): boolean => {
  if (person.userId === ticket.customer.userId || person.userId === ticket.openedBy.userId) return true;
  return person.team !== desk.team && person.team === companyOf(ticket);
};

/** The other company, all of whose people are this ticket's customers; `null` where it is one person's own (11). */
export const companyOf = ({ team, customer, place }: Ticket): string | null => {
  const isShared = place.kind === 'thread' && !place.channel.startsWith('D');
  return isShared && customer.team !== team ? customer.team : null;
};
