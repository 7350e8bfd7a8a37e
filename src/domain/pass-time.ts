import { clocksOf, type Mark, type RunningClock } from './clocks.ts';
import { type Context, cardCopiesAt, stepAt } from './context.ts';
import type { Happening, TicketEvent, WarnedClock } from './event.ts';
import { evolve } from './evolve.ts';
import { tiersOfUser } from './person.ts';
import type { Ticket } from './ticket.ts';

/**
 * All that is due by now, oldest first, each step dated to its due instant: a ticket may climb several tiers at
 * once (5.8). Of the same reminder missed several times in a row only the last is kept (14.5).
 */
export const passTime = (ticket: Ticket, context: Context): readonly TicketEvent[] => {
  const events: TicketEvent[] = [];
  let current = ticket;
  for (;;) {
    const next = nextDue(current, context);
    if (next === null) return events;
    const event = stepAt(next.mark.at, happeningOf(current, next.mark, next.clock, context), context);
    const last = events.at(-1);
    if (last !== undefined && repeats(last, event)) events.pop();
    events.push(event);
    current = evolve(current, event);
  }
};

interface Due {
  readonly mark: Mark;
  readonly clock: RunningClock;
}

const nextDue = (ticket: Ticket, context: Context): Due | null => {
  const clocks = clocksOf(ticket, context.policy);
  const due = clocks
    .flatMap((clock) => clock.marks.map((mark) => ({ mark, clock })))
    .filter(({ mark, clock }) => mark.at <= context.now && !isStale(mark, clock, clocks, context));
  return due.reduce<Due | null>((first, each) => (first === null || each.mark.at < first.mark.at ? each : first), null);
};

/** A warning is stale when what it warns of is due too (5.8). */
const isStale = (mark: Mark, clock: RunningClock, clocks: readonly RunningClock[], { now }: Context): boolean => {
  if (mark.does === 'ask-again')
    return clocks.some(({ name, dueAt }) => name === 'close' && dueAt !== null && dueAt <= now);
  const deadline = clock.marks.at(-1);
  return deadline !== undefined && deadline !== mark && deadline.at <= now;
};

const repeats = (last: TicketEvent, event: TicketEvent): boolean =>
  last.type === event.type &&
  (event.type === 'take-up-missed' ||
    event.type === 'update-missed' ||
    event.type === 'wait-reminded' ||
    event.type === 'confirmation-asked');

const happeningOf = (ticket: Ticket, mark: Mark, clock: RunningClock, context: Context): Happening => {
  switch (mark.does) {
    case 'warn-respond':
      return warning('respond', mark, clock);
    case 'warn-hand-over':
      return warning('hand-over', mark, clock);
    case 'warn-update':
      return warning('update', mark, clock);
    case 'miss-response':
      return { type: 'response-missed', tier: ticket.tier, nobodysBreach: clock.retimed };
    case 'miss-take-up':
      return { type: 'take-up-missed', tier: ticket.tier, count: ticket.takeUps + 1 };
    case 'escalate':
      return timedEscalation(ticket, context);
    case 'send-holding-update':
      return { type: 'holding-update-sent' };
    case 'miss-update':
      return { type: 'update-missed', count: ticket.updatesMissed + 1 };
    case 'remind-waiting':
      return { type: 'wait-reminded', count: ticket.waitReminders + 1 };
    case 'ask-again':
      return { type: 'confirmation-asked', again: 'reminder', count: ticket.confirmations + 1 };
    case 'close-unconfirmed':
      return { type: 'closed', outcome: 'unconfirmed', forCustomer: false, words: {} };
  }
};

const warning = (clock: WarnedClock, mark: Mark, running: RunningClock): Happening => ({
  type: 'warned',
  clock,
  dueAt: running.dueAt ?? mark.at,
  nth: mark.nth ?? 1,
});

const timedEscalation = (ticket: Ticket, { desk }: Context): Happening => {
  const to = ticket.tier + 1;
  const ownerKeeps = ticket.owner !== null && tiersOfUser(ticket.owner.userId, desk).includes(to);
  return {
    type: 'escalated',
    from: ticket.tier,
    to,
    why: 'deadline',
    ownerKeeps,
    cardCopies: cardCopiesAt(desk, to),
    words: {},
  };
};
