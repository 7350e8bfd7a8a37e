import type { Desk } from '../domain/desk.ts';
import type { Ticket } from '../domain/ticket.ts';
import { type Message, message, saying } from './message.ts';
import { ticketList } from './ticket-list.ts';

/** A mention or direct message by staff is answered with their work (2.6). @param total of their open tickets, shown or not */
export const staffGreeting = (name: string, tickets: readonly Ticket[], total: number, desk: Desk): Message => {
  const hello = saying([`Hello ${name}. `, total === 0 ? 'You have no open tickets.' : 'This is what you have:']);
  if (total === 0) return hello;
  const list = ticketList(
    {
      tickets,
      total,
      page: 0,
      perPage: Math.max(1, tickets.length),
      of: 'mine',
      heading: 'Your open tickets',
      reader: 'staff',
    },
    desk,
  );
  return message(`${hello.text} ${list.text}`, [...hello.blocks, ...list.blocks]);
};
