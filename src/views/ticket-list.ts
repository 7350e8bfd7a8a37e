import type { Desk } from '../domain/desk.ts';
import { type Ticket, ticketName } from '../domain/ticket.ts';
import { actionIds, pageBlockId } from './ids.ts';
import { customerName, customerStatusText, nameOf, priorityNames, shortTitle, statusText, tierName } from './labels.ts';
import { at, bold, type Line, lineText } from './line.ts';
import { actions, bullets, button, type Message, message, paragraph, rich, saying, withBlocks } from './message.ts';

/** A page of tickets as the store found them (9.4). */
export interface TicketPage {
  readonly tickets: readonly Ticket[];
  readonly total: number;
  /** From 0. */
  readonly page: number;
  readonly perPage: number;
  /** What the list is of, for the buttons of the other pages: "mine", "tier-2", "all", "customer". */
  readonly of: string;
  /** The list's heading: "Your open tickets". */
  readonly heading: string;
  /** Customers see no names of others, no owners' tiers' inner state. */
  readonly reader: 'customer' | 'staff';
}

/** A paged list of tickets; an empty one says so kindly (12). */
export const ticketList = (list: TicketPage, desk: Desk): Message => {
  if (list.total === 0 || list.tickets.length === 0) return emptyList(list);
  const pages = Math.max(1, Math.ceil(list.total / list.perPage));
  const head: Line = [bold(list.heading), ` · ${list.total}${pages > 1 ? `, page ${list.page + 1} of ${pages}` : ''}`];
  const rows = list.tickets.map((ticket) => (list.reader === 'staff' ? staffRow(ticket, desk) : customerRow(ticket)));
  const names = list.tickets.map(ticketName).join(', ');
  const said = message(`${lineText(head)}: ${names}.`, [rich(paragraph(head), bullets(rows))]);
  const turns = [
    ...(list.page > 0 ? [button('Back', actionIds.listBack)] : []),
    ...(list.page + 1 < pages ? [button('More', actionIds.listOn)] : []),
  ];
  return turns.length === 0 ? said : withBlocks(said, actions(turns, pageBlockId(list.of, list.page)));
};

const emptyList = ({ reader, total, heading }: TicketPage): Message => {
  if (total > 0) return saying(['There is nothing on this page any more. Please look at the list anew.']);
  return reader === 'customer'
    ? saying(['You have no tickets with us. If something is wrong, just tell us.'])
    : saying([bold(heading), ': none']);
};

const staffRow = (ticket: Ticket, desk: Desk): Line => [
  bold(ticketName(ticket)),
  ` · ${priorityNames[ticket.priority]} · ${shortTitle(ticket, 80)} · ${tierName(desk, ticket.tier)} · `,
  `${statusText(ticket)}${ticket.owner === null ? '' : ` by ${nameOf(ticket.owner)}`} · ${customerName(ticket)}, opened `,
  at(ticket.openedAt),
];

const customerRow = (ticket: Ticket): Line => [
  bold(ticketName(ticket)),
  ` · ${shortTitle(ticket, 80)} · ${customerStatusText(ticket)}, opened `,
  at(ticket.openedAt),
];
