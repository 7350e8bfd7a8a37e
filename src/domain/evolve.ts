import { closed, reopened, resolved, resumed, waiting } from './after-ends.ts';
import { arrived, disowned, engaged, escalated, marked, owned, warned } from './after-moves.ts';
import { opened } from './after-opening.ts';
import {
  editMessage,
  heard,
  heardIfReachable,
  owing,
  placeHeard,
  told,
  toldByPerson,
  withMessage,
  wordFromStaff,
} from './after-words.ts';
import type { TicketEvent } from './event.ts';
import type { Ticket } from './ticket.ts';

/**
 * The ticket after something happened to it (9.1). Pure and complete: a ticket is its events, replayed.
 *
 * @throws when the first event is not `opened`: such a timeline is broken
 */
export const evolve = (before: Ticket | null, event: TicketEvent): Ticket => {
  if (event.type === 'opened') return opened(event);
  if (before === null) throw new Error(`Replaying a ticket failed: its first event is '${event.type}'`);
  const after = applied(before, event);
  const moved = after.tier !== before.tier || after.status !== before.status || !sameOwner(before, after);
  return moved ? { ...after, step: before.step + 1 } : after;
};

export const evolveAll = (before: Ticket | null, events: readonly TicketEvent[]): Ticket | null =>
  events.reduce<Ticket | null>(evolve, before);

const sameOwner = (a: Ticket, b: Ticket): boolean => (a.owner?.userId ?? null) === (b.owner?.userId ?? null);

const applied = (ticket: Ticket, event: Exclude<TicketEvent, { type: 'opened' }>): Ticket => {
  switch (event.type) {
    case 'customer-said':
      return placeHeard(withMessage(ticket, event, 'customer'), event);
    case 'staff-said': {
      const told = wordFromStaff(placeHeard(withMessage(ticket, event, 'staff'), event), event.at);
      return event.engages ? engaged(told, event.at) : told;
    }
    case 'message-edited':
      return editMessage(ticket, event.messageKey, { text: event.words.text, editedAt: event.at });
    case 'message-removed':
      return editMessage(ticket, event.messageKey, { text: '', removedAt: event.at });
    case 'message-separated':
      // The thread below it stays: what was answered there before is still this ticket's.
      return { ...ticket, messages: ticket.messages.filter((message) => message.key !== event.messageKey) };
    case 'noted':
      return event.by === null
        ? ticket
        : { ...ticket, notes: [...ticket.notes, { at: event.at, by: event.by, text: event.words.text }] };
    case 'triaged':
      return { ...ticket, ...event.after, guessed: false, retimedAt: event.at };
    case 'claimed':
      return told(owned(ticket, event.owner, event.at), event);
    case 'taken-over':
      return owned(ticket, event.to, event.at);
    case 'assigned': {
      const assigned = owned(ticket, event.to, event.at);
      return event.from === null ? told(assigned, event) : assigned;
    }
    case 'released':
      return disowned(ticket, event.at);
    case 'warned':
      return warned(ticket, event);
    case 'response-missed':
      return engaged(ticket, event.at);
    case 'take-up-missed':
      return { ...ticket, takeUps: event.count };
    case 'escalated':
      return escalated(ticket, event);
    case 'managers-called':
    case 'acknowledged':
    case 'card-reposted':
    case 'hand-over-noted':
    case 'notice-undeliverable':
      return marked(ticket, event);
    case 'handed-back':
      return engaged(arrived(disowned(ticket, event.at), event.to, event.at, event.cardCopies), event.at);
    case 'updated':
      return { ...engaged(wordFromStaff(ticket, event.doneAt, 'update'), event.at), expectedAt: event.expectedAt };
    case 'holding-update-sent':
      return { ...heard(ticket, event.doneAt), holdingUpdates: ticket.holdingUpdates + 1 };
    case 'update-missed':
      return {
        ...ticket,
        updatesMissed: event.count,
        updateWarnings: 0,
        owed: owing(ticket.owed, 'update'),
      };
    case 'told':
      return toldByPerson(ticket, event);
    case 'wait-started':
      return waiting(ticket, event);
    case 'resumed':
      return resumed(ticket, event.at);
    case 'wait-reminded':
      return { ...ticket, waitReminders: event.count };
    case 'resolved':
      return resolved(ticket, event);
    case 'confirmation-asked':
      return event.again === 'reminder'
        ? { ...heardIfReachable(ticket, event.doneAt, 'solved?'), confirmations: event.count }
        : { ...ticket, askedAt: event.at, confirmations: 0 };
    case 'closed':
      return closed(ticket, event);
    case 'reopened':
      return reopened(ticket, event);
  }
};
