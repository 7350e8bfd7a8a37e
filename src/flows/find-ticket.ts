import { isCustomerOf, mayManage } from '../domain/permissions.ts';
import { isStaff, type Person } from '../domain/person.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Ports, TicketRecord } from './ports.ts';

type Reading = Pick<Ports, 'desks' | 'tickets'>;

/** Staff and admins read every ticket, customers their own (11). */
export const mayRead = ({ desks }: Pick<Ports, 'desks'>, person: Person, ticket: Ticket): boolean =>
  isStaff(person, desks.desk()) || mayManage(person, desks.desk()) || isCustomerOf(person, ticket, desks.desk());

/** A ticket by its number; `null` where there is none, and where this person may not know of it (11). */
export const findTicket = async (ports: Reading, reader: Person, number: number): Promise<TicketRecord | null> =>
  readable(ports, reader, await ports.tickets.byNumber(ports.desks.desk().team, number));

/** The same by its id, as buttons carry it. */
export const findTicketById = async (ports: Reading, reader: Person, id: string): Promise<TicketRecord | null> =>
  readable(ports, reader, await ports.tickets.load(id));

const readable = (ports: Reading, reader: Person, record: TicketRecord | null): TicketRecord | null =>
  record !== null && mayRead(ports, reader, record.ticket) ? record : null;
