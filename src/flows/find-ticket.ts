import { isCustomerOf, mayManage } from '../domain/permissions.ts';
import { isStaff, type Person } from '../domain/person.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Ports, TicketRecord } from './ports.ts';

type Reading = Pick<Ports, 'desks' | 'tickets'>;

/** Staff and admins read every ticket, customers their own (11). */
const mayRead = ({ desks }: Pick<Ports, 'desks'>, person: Person, ticket: Ticket): boolean =>
  isStaff(person, desks.desk()) || mayManage(person, desks.desk()) || isCustomerOf(person, ticket, desks.desk());

/** A ticket by its number; `null` where there is none, and where this person may not know of it (11). */
export const findTicket = async (ports: Reading, reader: Person, number: number): Promise<TicketRecord | null> =>
  readable(ports, reader, await ports.tickets.byNumber(ports.desks.desk().team, number));

/** The same by its id, as buttons carry it. */
export const findTicketById = async (ports: Reading, reader: Person, id: string): Promise<TicketRecord | null> =>
  readable(ports, reader, await ports.tickets.load(id));

/** By a thread (`channel:ts`) that belongs to it. */
export const findTicketByThread = async (
  ports: Reading,
  reader: Person,
  thread: string,
): Promise<{ readonly isThere: boolean; readonly record: TicketRecord | null }> => {
  const found = await ports.tickets.byThread(ports.desks.desk().team, thread);
  return { isThere: found !== null, record: await readable(ports, reader, found) };
};

/** A ticket to be shown, for whoever presses a button on it: its policy is known after this. */
export const loadTicket = async ({ desks, tickets }: Reading, id: string): Promise<TicketRecord | null> => {
  const record = await tickets.load(id);
  if (record !== null) await desks.know(record.ticket.policyVersion);
  return record;
};

const readable = async (ports: Reading, reader: Person, record: TicketRecord | null): Promise<TicketRecord | null> => {
  if (record === null || !mayRead(ports, reader, record.ticket)) return null;
  await ports.desks.know(record.ticket.policyVersion);
  return record;
};
