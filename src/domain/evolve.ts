import type { EventOf, TicketEvent } from './event.ts';
import type { Instant } from './instant.ts';
import type { By } from './person.ts';
import { isReachable, type Owed, type Ticket, type TicketMessage } from './ticket.ts';
import { titleFrom } from './title.ts';

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
      return withMessage(ticket, event, 'customer');
    case 'staff-said': {
      const told = wordFromStaff(withMessage(ticket, event, 'staff'), event.at);
      return event.engages ? engaged(told, event.at) : told;
    }
    case 'message-edited':
      return editMessage(ticket, event.messageKey, { text: event.words.text, editedAt: event.at });
    case 'message-removed':
      return editMessage(ticket, event.messageKey, { text: '', removedAt: event.at });
    case 'message-separated':
      return {
        ...ticket,
        messages: ticket.messages.filter((message) => message.key !== event.messageKey),
        threads: ticket.threads.filter((thread) => thread !== event.messageKey),
      };
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

const opened = (event: EventOf<'opened'>): Ticket => {
  const by = event.by ?? { userId: '', name: '' };
  const reachable = event.place.kind !== 'none';
  const { title, description, name, contact } = event.words;
  return {
    id: event.ticketId,
    team: event.team,
    number: event.number,
    policyVersion: event.policyVersion,
    source: event.source,
    openedAt: event.at,
    openedBy: by,
    customer: { ...event.customer, name, contact: contact ?? null },
    place: event.place,
    placeLost: null,
    title,
    description,
    kind: event.kind,
    service: event.service,
    guessed: event.guessed,
    impact: event.impact,
    urgency: event.urgency,
    priority: event.priority,
    status: 'open',
    outcome: null,
    tier: 1,
    owner: null,
    formerOwner: null,
    step: 0,
    posting: 1,
    cardCopies: event.cardCopies,
    arrivedAt: event.at,
    engagedAt: null,
    unownedSince: null,
    respondWarned: false,
    handOverWarned: false,
    takeUps: 0,
    pauses: [],
    retimedAt: null,
    toldAt: reachable ? event.doneAt : event.at,
    updateWarnings: 0,
    updatesMissed: 0,
    updateOwedAt: null,
    holdingUpdates: 0,
    owed: reachable ? [] : ['receipt'],
    expectedAt: null,
    waitingSince: null,
    waitingFor: null,
    waitReminders: 0,
    resolvedAt: null,
    resolvedBy: null,
    resolution: null,
    askedAt: null,
    confirmations: 0,
    closedAt: null,
    handOverNote: null,
    noteMissing: false,
    acknowledged: null,
    messages:
      event.messageKey === null
        ? []
        : [
            {
              key: event.messageKey,
              at: event.at,
              by,
              side: 'customer',
              text: description,
              editedAt: null,
              removedAt: null,
              files: event.files,
            },
          ],
    notes: [],
    threads: event.threads,
  };
};

const withMessage = (
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
const editMessage = (ticket: Ticket, key: string, change: Partial<TicketMessage>): Ticket => {
  const messages = ticket.messages.map((message) => (message.key === key ? { ...message, ...change } : message));
  const first = ticket.messages[0];
  if (change.text === undefined || first?.key !== key || first.text !== ticket.description)
    return { ...ticket, messages };
  const wasTitle = ticket.title === titleFrom(first.text);
  const title = change.removedAt === undefined ? titleFrom(change.text) : 'Removed by the customer';
  return { ...ticket, messages, description: change.text, title: wasTitle ? title : ticket.title };
};

/** The tier has taken the ticket on; only the first act of an arrival counts (1). */
const engaged = (ticket: Ticket, at: Instant): Ticket => {
  if (ticket.engagedAt !== null) return ticket;
  return { ...ticket, engagedAt: at, unownedSince: ticket.owner === null ? at : null, takeUps: 0 };
};

const owned = (ticket: Ticket, owner: By, at: Instant): Ticket => ({
  ...engaged(ticket, at),
  owner: { ...owner, since: at },
  unownedSince: null,
  takeUps: 0,
});

const disowned = (ticket: Ticket, at: Instant): Ticket => ({
  ...ticket,
  owner: null,
  formerOwner: ticket.owner === null ? ticket.formerOwner : { userId: ticket.owner.userId, name: ticket.owner.name },
  unownedSince: ticket.engagedAt === null ? null : (ticket.unownedSince ?? at),
  takeUps: ticket.owner === null ? ticket.takeUps : 0,
});

const warned = (ticket: Ticket, event: EventOf<'warned'>): Ticket => {
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
const arrived = (ticket: Ticket, tier: number, at: Instant, cardCopies: readonly string[]): Ticket => ({
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

const escalated = (ticket: Ticket, event: EventOf<'escalated'>): Ticket => {
  const kept = event.ownerKeeps ? ticket.owner : null;
  const moved = arrived(disowned(ticket, event.at), event.to, event.at, event.cardCopies);
  const note = event.words.note ?? null;
  const noted = { ...moved, handOverNote: note, noteMissing: note === null };
  return told(kept === null ? noted : { ...engaged({ ...noted, owner: kept }, event.at) }, event);
};

const marked = (
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

const owing = (owed: readonly Owed[], what: Owed): readonly Owed[] => (owed.includes(what) ? owed : [...owed, what]);

/** The customer heard something at this instant: the update clock starts afresh (7.3). */
const heard = (ticket: Ticket, at: Instant): Ticket => ({
  ...ticket,
  toldAt: Math.max(ticket.toldAt, at),
  updateWarnings: 0,
  updatesMissed: 0,
  updateOwedAt: null,
});

const heardIfReachable = (ticket: Ticket, at: Instant, owes: Owed): Ticket =>
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
const told = (ticket: Ticket, event: TicketEvent): Ticket => {
  const owes = milestoneOwed[event.type];
  if (isReachable(ticket)) return heard(ticket, event.doneAt);
  return owes === undefined ? ticket : { ...ticket, owed: owing(ticket.owed, owes) };
};

const wordFromStaff = (ticket: Ticket, at: Instant, owes: Owed = 'update'): Ticket => ({
  ...heardIfReachable(ticket, at, owes),
  holdingUpdates: 0,
});

const toldByPerson = (ticket: Ticket, event: EventOf<'told'>): Ticket => {
  const heardIt = { ...heard(ticket, event.toldAt), owed: [], holdingUpdates: 0 };
  const asks = ticket.status === 'resolved' && ticket.askedAt === null;
  const again = ticket.status === 'resolved' && ticket.owed.includes('solved?');
  return asks || again ? { ...heardIt, askedAt: ticket.askedAt ?? event.toldAt } : heardIt;
};

const paused = (ticket: Ticket, at: Instant, why: 'waiting' | 'resolved' | 'closed'): Ticket => ({
  ...ticket,
  pauses: [...unpaused(ticket, at).pauses, { from: at, to: null, why }],
});

/** Closes the pause that lasts, in the same write as the exit from its state (5.4). */
const unpaused = (ticket: Ticket, at: Instant): Ticket => ({
  ...ticket,
  pauses: ticket.pauses.map((pause) => (pause.to === null ? { ...pause, to: Math.max(pause.from, at) } : pause)),
});

const waiting = (ticket: Ticket, event: EventOf<'wait-started'>): Ticket => {
  const waits: Ticket = {
    ...paused(engaged(ticket, event.at), event.at, 'waiting'),
    status: 'waiting',
    waitingSince: event.at,
    waitingFor: event.words.need,
    waitReminders: 0,
  };
  return { ...told(waits, event), holdingUpdates: 0 };
};

const resumed = (ticket: Ticket, at: Instant): Ticket => ({
  ...unpaused(ticket, at),
  status: 'open',
  waitingSince: null,
  waitingFor: null,
  waitReminders: 0,
  unownedSince: ticket.owner === null && ticket.engagedAt !== null ? at : null,
  takeUps: 0,
});

const resolved = (ticket: Ticket, event: EventOf<'resolved'>): Ticket => {
  const on = engaged(ticket.status === 'waiting' ? resumed(ticket, event.at) : ticket, event.at);
  const done: Ticket = {
    ...paused(on, event.at, 'resolved'),
    status: 'resolved',
    resolvedAt: event.at,
    resolvedBy: event.by,
    resolution: event.words.message,
    askedAt: isReachable(ticket) ? event.at : null,
    confirmations: 0,
    holdingUpdates: 0,
  };
  return told(done, event);
};

const closed = (ticket: Ticket, event: EventOf<'closed'>): Ticket => {
  const on = ticket.status === 'waiting' ? resumed(ticket, event.at) : ticket;
  const done: Ticket = {
    ...paused(on, event.at, 'closed'),
    status: 'closed',
    outcome: event.outcome,
    closedAt: event.at,
    updateOwedAt: null,
  };
  return told(done, event);
};

/** Open again in its tier, nobody's, with what was left on its clocks (5.6, 8.2). */
const reopened = (ticket: Ticket, event: EventOf<'reopened'>): Ticket => {
  const again: Ticket = {
    ...disowned(unpaused(ticket, event.at), event.at),
    status: 'open',
    outcome: null,
    resolvedAt: null,
    resolvedBy: null,
    resolution: null,
    askedAt: null,
    confirmations: 0,
    closedAt: null,
    unownedSince: ticket.engagedAt === null ? null : event.at,
    takeUps: 0,
    toldAt: event.doneAt,
    updateWarnings: 0,
    updatesMissed: 0,
    updateOwedAt: null,
    holdingUpdates: 0,
  };
  return told(again, event);
};
