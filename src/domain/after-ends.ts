import { disowned, engaged } from './after-moves.ts';
import { told } from './after-words.ts';
import type { EventOf } from './event.ts';
import type { Instant } from './instant.ts';
import { isReachable, type Ticket } from './ticket.ts';

const paused = (ticket: Ticket, at: Instant, why: 'waiting' | 'resolved' | 'closed'): Ticket => ({
  ...ticket,
  pauses: [...unpaused(ticket, at).pauses, { from: at, to: null, why }],
});

/** Closes the pause that lasts, in the same write as the exit from its state (5.4). */
const unpaused = (ticket: Ticket, at: Instant): Ticket => ({
  ...ticket,
  pauses: ticket.pauses.map((pause) => (pause.to === null ? { ...pause, to: Math.max(pause.from, at) } : pause)),
});

export const waiting = (ticket: Ticket, event: EventOf<'wait-started'>): Ticket => {
  const waits: Ticket = {
    ...paused(engaged(ticket, event.at), event.at, 'waiting'),
    status: 'waiting',
    waitingSince: event.at,
    waitingFor: event.words.need,
    waitReminders: 0,
  };
  return { ...told(waits, event), holdingUpdates: 0 };
};

export const resumed = (ticket: Ticket, at: Instant): Ticket => ({
  ...unpaused(ticket, at),
  status: 'open',
  waitingSince: null,
  waitingFor: null,
  waitReminders: 0,
  unownedSince: ticket.owner === null && ticket.engagedAt !== null ? at : null,
  takeUps: 0,
});

export const resolved = (ticket: Ticket, event: EventOf<'resolved'>): Ticket => {
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

export const closed = (ticket: Ticket, event: EventOf<'closed'>): Ticket => {
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
export const reopened = (ticket: Ticket, event: EventOf<'reopened'>): Ticket => {
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
