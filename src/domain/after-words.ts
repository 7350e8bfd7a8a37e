import type { EventOf, TicketEvent } from './event.ts';
import type { Instant } from './instant.ts';
import { isReachable, type Owed, type Ticket, type TicketMessage } from './ticket.ts';
import { titleFrom } from './title.ts';

export const withMessage = (
  ticket: Ticket,
  event: EventOf<'customer-said'> | EventOf<'staff-said'>,
  side: TicketMessage['side'],
): Ticket => {
  const message: TicketMessage = {
    key: event.messageKey,
    at: event.at,
    by: event.by ?? { userId: '', name: '' },
    side,
    text: event.words.text,
    editedAt: null,
    removedAt: null,
    files: event.files,
  };
  const threads =
    event.type === 'customer-said' && event.joined ? [...ticket.threads, event.messageKey] : ticket.threads;
  return { ...ticket, messages: [...ticket.messages, message], threads };
};

/** Replaces a message's text everywhere it is shown; older texts stay on the timeline only (2.5). */
export const editMessage = (ticket: Ticket, key: string, change: Partial<TicketMessage>): Ticket => {
  const before = ticket.messages.find((message) => message.key === key);
  // Edits may be delivered out of order: what people see is the newest.
  if ((before?.editedAt ?? 0) > (change.editedAt ?? Number.POSITIVE_INFINITY)) return ticket;
  const messages = ticket.messages.map((message) => (message.key === key ? { ...message, ...change } : message));
  const first = ticket.messages[0];
  if (change.text === undefined || first?.key !== key || first.text !== ticket.description)
    return { ...ticket, messages };
  const wasTitle = ticket.title === titleFrom(first.text);
  const title = change.removedAt === undefined ? titleFrom(change.text) : 'Removed by the customer';
  return { ...ticket, messages, description: change.text, title: wasTitle ? title : ticket.title };
};

/**
 * A word in the customer's thread shows that a place that was given up can be reached again: Tierline speaks there itself from
 * now on, and nobody has to do it in its stead (7.5).
 */
export const placeHeard = (
  ticket: Ticket,
  { messageKey, at }: EventOf<'customer-said'> | EventOf<'staff-said'>,
): Ticket => {
  const { place, placeLost } = ticket;
  if (placeLost === null || place.kind !== 'thread' || !messageKey.startsWith(`${place.channel}:`)) return ticket;
  const askedAt = ticket.status === 'resolved' ? (ticket.askedAt ?? at) : ticket.askedAt;
  return { ...ticket, placeLost: null, updateOwedAt: null, updatesMissed: 0, owed: [], askedAt };
};

export const owing = (owed: readonly Owed[], what: Owed): readonly Owed[] =>
  owed.includes(what) ? owed : [...owed, what];

/** The customer heard something at this instant: the update clock starts afresh (7.3). */
export const heard = (ticket: Ticket, at: Instant): Ticket => ({
  ...ticket,
  toldAt: Math.max(ticket.toldAt, at),
  updateWarnings: 0,
  updatesMissed: 0,
  updateOwedAt: null,
});

export const heardIfReachable = (ticket: Ticket, at: Instant, owes: Owed): Ticket =>
  isReachable(ticket) ? heard(ticket, at) : { ...ticket, owed: owing(ticket.owed, owes) };

/** What a milestone of this kind owes the customer where only a person can reach them (7.5). */
const milestoneOwed: Readonly<Partial<Record<TicketEvent['type'], Owed>>> = {
  escalated: 'escalation',
  'wait-started': 'waiting',
  resolved: 'solved?',
  closed: 'closing',
  reopened: 'reopening',
};

/** A milestone is told in one line (7.4); its instant is the deciding write (7.3). */
export const told = (ticket: Ticket, event: TicketEvent): Ticket => {
  const owes = milestoneOwed[event.type];
  if (isReachable(ticket)) return heard(ticket, event.doneAt);
  return owes === undefined ? ticket : { ...ticket, owed: owing(ticket.owed, owes) };
};

export const wordFromStaff = (ticket: Ticket, at: Instant, owes: Owed = 'update'): Ticket => ({
  ...heardIfReachable(ticket, at, owes),
  holdingUpdates: 0,
});

export const toldByPerson = (ticket: Ticket, event: EventOf<'told'>): Ticket => {
  const heardIt = { ...heard(ticket, event.toldAt), owed: [], holdingUpdates: 0 };
  const asks = ticket.status === 'resolved' && ticket.askedAt === null;
  const again = ticket.status === 'resolved' && ticket.owed.includes('solved?');
  return asks || again ? { ...heardIt, askedAt: ticket.askedAt ?? event.toldAt } : heardIt;
};
