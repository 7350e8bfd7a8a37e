import { owing, told } from './after-words.ts';
import type { EventOf } from './event.ts';
import type { Instant } from './instant.ts';
import type { By } from './person.ts';
import type { Ticket } from './ticket.ts';

/** The tier has taken the ticket on; only the first act of an arrival counts (1). */
export const engaged = (ticket: Ticket, at: Instant): Ticket => {
  if (ticket.engagedAt !== null) return ticket;
  return { ...ticket, engagedAt: at, unownedSince: ticket.owner === null ? at : null, takeUps: 0 };
};

export const owned = (ticket: Ticket, owner: By, at: Instant): Ticket => ({
  ...engaged(ticket, at),
  owner: { ...owner, since: at },
  unownedSince: null,
  takeUps: 0,
});

export const disowned = (ticket: Ticket, at: Instant): Ticket => ({
  ...ticket,
  owner: null,
  formerOwner: ticket.owner === null ? ticket.formerOwner : { userId: ticket.owner.userId, name: ticket.owner.name },
  unownedSince: ticket.engagedAt === null ? null : (ticket.unownedSince ?? at),
  takeUps: ticket.owner === null ? ticket.takeUps : 0,
});

export const warned = (ticket: Ticket, event: EventOf<'warned'>): Ticket => {
  switch (event.clock) {
    case 'respond':
      return { ...ticket, respondWarned: true };
    case 'hand-over':
      return { ...ticket, handOverWarned: true };
    case 'update':
      return { ...ticket, updateWarnings: event.nth };
  }
};

/** A new card in the channel of a tier, whose clocks start at its arrival. */
export const arrived = (ticket: Ticket, tier: number, at: Instant, cardCopies: readonly string[]): Ticket => ({
  ...ticket,
  tier,
  posting: ticket.posting + 1,
  cardCopies,
  arrivedAt: at,
  engagedAt: null,
  unownedSince: null,
  takeUps: 0,
  respondWarned: false,
  handOverWarned: false,
});

export const escalated = (ticket: Ticket, event: EventOf<'escalated'>): Ticket => {
  const kept = event.ownerKeeps ? ticket.owner : null;
  const moved = arrived(disowned(ticket, event.at), event.to, event.at, event.cardCopies);
  const note = event.words.note ?? null;
  const noted = { ...moved, handOverNote: note, noteMissing: note === null };
  return told(kept === null ? noted : { ...engaged({ ...noted, owner: kept }, event.at) }, event);
};

export const marked = (
  ticket: Ticket,
  event: EventOf<'managers-called' | 'acknowledged' | 'card-reposted' | 'hand-over-noted' | 'notice-undeliverable'>,
): Ticket => {
  switch (event.type) {
    case 'managers-called':
      return ticket;
    case 'acknowledged':
      return event.by === null ? ticket : { ...ticket, acknowledged: { by: event.by, step: event.step, at: event.at } };
    case 'card-reposted':
      return { ...ticket, posting: ticket.posting + 1, cardCopies: event.cardCopies };
    case 'hand-over-noted':
      return { ...ticket, handOverNote: event.words.note, noteMissing: false };
    case 'notice-undeliverable':
      if (!event.toCustomer) return ticket;
      return {
        ...ticket,
        placeLost: event.reason,
        updateOwedAt: event.at,
        updatesMissed: 0,
        updateWarnings: 0,
        owed: owing(ticket.owed, 'update'),
      };
  }
};
