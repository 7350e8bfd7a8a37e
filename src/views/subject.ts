import type { Desk } from '../domain/desk.ts';
import type { EventOf, EventType, TicketEvent } from '../domain/event.ts';
import type { Policy } from '../domain/policy.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { ButtonValue } from './button-value.ts';

/** Everything a message about a ticket is made from, as it is when it is said. */
export interface Subject {
  readonly ticket: Ticket;
  /** The whole timeline; `notice.seq` counts from 1. */
  readonly events: readonly TicketEvent[];
  readonly desk: Desk;
  /** The ticket's own policy. */
  readonly policy: Policy;
}

/** What the ticket's buttons carry. */
export const carried = ({ ticket }: Subject): ButtonValue => ({ ticketId: ticket.id, step: ticket.step });

/** The event a notice is about. @throws when the timeline has no such entry: notice and ticket do not belong together */
export const eventAt = (subject: Subject, seq: number): TicketEvent => {
  const event = subject.events[seq - 1];
  if (event === undefined) {
    throw new Error(`Finding entry ${seq} of ticket '${subject.ticket.id}' failed: it has ${subject.events.length}`);
  }
  return event;
};

const isEventOf = <T extends EventType>(event: TicketEvent, type: T): event is EventOf<T> => event.type === type;

/** The event, known to be of this type. @throws when it is another: the planner wrote a notice that fits no message */
export const mustBe = <T extends EventType>(event: TicketEvent, type: T): EventOf<T> => {
  if (!isEventOf(event, type)) throw new Error(`Making a message failed: it is about '${event.type}', not '${type}'`);
  return event;
};
